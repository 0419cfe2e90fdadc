import { useEffect, useMemo, useState } from 'preact/hooks';
import type { BodyView } from '../protocol/exchangeView.ts';
import { useView } from './viewContext.ts';
import { VisibleText } from './visibleText.tsx';
import { VirtualRows } from './virtualRows.tsx';

type TextBody = Extract<BodyView, { kind: 'text' }>;

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Rows of fields as a table. What reads CSV is a chunk of its own. */
export function CsvBody({ body }: { readonly body: TextBody }) {
  const { text, loadCsv } = useView();
  const [table, setTable] = useState<Table | 'failed'>();
  useEffect(() => {
    let isGone = false;
    const done = (read: Table | 'failed'): void => {
      if (!isGone) setTable(read);
    };
    loadCsv().then(
      ({ readCsv }) => {
        const [header = [], ...rows] = readCsv(body.text, body.mediaType.includes('tab-separated') ? '\t' : undefined);
        done({ header, rows });
      },
      () => done('failed'),
    );
    return () => {
      isGone = true;
    };
  }, [body.text]);
  if (table === undefined) return <p class="nothing">{text('readingTable')}</p>;
  if (table === 'failed') return <p class="nothing">{text('tableFailed')}</p>;
  return <TableRows {...table} />;
}

/** Names and values of a form (URL Standard 5.1). */
export function FormBody({ body }: { readonly body: TextBody }) {
  const { text } = useView();
  const rows = useMemo(() => [...new URLSearchParams(body.text.trim())].map((pair) => [...pair]), [body.text]);
  return <TableRows header={[text('name'), text('value')]} rows={rows} />;
}

function TableRows({ header, rows }: Table) {
  const { text } = useView();
  const columns = useMemo(() => columnWidths(header, rows), [header, rows]);
  const style = { gridTemplateColumns: columns.map((width) => `${width}ch`).join(' ') };
  const numberWidth = String(rows.length).length;
  return (
    <>
      <VirtualRows
        class="table"
        role="table"
        tabIndex={0}
        aria-label={text('bodyTable')}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        count={rows.length}
        header={
          <div class="rows-head table-row" role="row" aria-rowindex={1} style={withNumber(style, numberWidth)}>
            <span class="table-number" aria-hidden="true" />
            {columns.map((_, column) => (
              <span key={column} role="columnheader" title={header[column]}>
                <VisibleText text={header[column] ?? ''} />
              </span>
            ))}
          </div>
        }
        renderRow={(index) => (
          <div
            key={index}
            class="table-row"
            role="row"
            aria-rowindex={index + 2}
            style={withNumber(style, numberWidth)}
          >
            <span class="table-number" aria-hidden="true">
              {index + 1}
            </span>
            {columns.map((_, column) => (
              <span key={column} role="cell" title={rows[index]?.[column]?.slice(0, 2000)}>
                <VisibleText text={rows[index]?.[column]?.slice(0, 500) ?? ''} />
              </span>
            ))}
          </div>
        )}
      />
      <p class="table-facts">{text('tableFacts', rows.length, columns.length)}</p>
    </>
  );
}

function withNumber({ gridTemplateColumns }: { gridTemplateColumns: string }, digits: number) {
  return { gridTemplateColumns: `calc(${digits}ch + 22px) ${gridTemplateColumns}` };
}

/** Our choices: how many rows tell how wide a column is, and how wide it may be. */
const sampled = 200;
const widest = 48;
const mostColumns = 500;

function columnWidths(header: readonly string[], rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of [header, ...rows.slice(0, sampled)]) {
    for (const [column, field] of row.slice(0, mostColumns).entries()) {
      widths[column] = Math.max(widths[column] ?? 4, Math.min(widest, field.length + 3));
    }
  }
  return widths;
}
