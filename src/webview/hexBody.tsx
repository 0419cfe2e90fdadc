import { useMemo } from 'preact/hooks';
import { hexRow, hexRowBytes } from '../core/body/hexRow.ts';
import { bytesOf } from './bytesOf.ts';
import { useView } from './viewContext.ts';
import { VirtualRows } from './virtualRows.tsx';

/** Bytes as they are: offset, sixteen of them, and what of them is ASCII. */
export function HexBody({ base64 }: { readonly base64: string }) {
  const { text } = useView();
  const bytes = useMemo(() => bytesOf(base64), [base64]);
  return (
    <VirtualRows
      class="hex"
      tabIndex={0}
      role="region"
      aria-label={text('bodyText')}
      count={Math.ceil(bytes.length / hexRowBytes)}
      renderRow={(row) => (
        <div key={row} class="hex-row">
          {hexRow(bytes.subarray(row * hexRowBytes, (row + 1) * hexRowBytes), row * hexRowBytes)}
        </div>
      )}
    />
  );
}
