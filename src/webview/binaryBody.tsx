import { useMemo, useState } from 'preact/hooks';
import type { BodyView } from '../protocol/exchangeView.ts';
import { size } from './format.ts';
import { bytesOf, hexDump } from './hexDump.ts';
import { useView } from './viewContext.ts';

type Bytes = Extract<BodyView, { base64: string }>;
type Drawable = Extract<BodyView, { kind: 'image' | 'binary' | 'text' }>;

export function HexBody({ body }: { readonly body: Bytes }) {
  const { text } = useView();
  const dump = useMemo(() => hexDump(bytesOf(body.base64)), [body.base64]);
  return (
    <pre class="hex" tabIndex={0} role="region" aria-label={text('bodyText')}>
      {dump}
    </pre>
  );
}

/** An image as such: nothing in it can run or load anything, not even in SVG, because it is drawn by an img element. */
export function ImageBody({ body }: { readonly body: Drawable }) {
  const { text } = useView();
  const [seen, setSeen] = useState<{ width: number; height: number } | 'broken'>();
  const { mediaType, bytes } = body;
  return (
    <figure class="picture">
      <img
        src={sourceOf(body)}
        alt={text('imageAlt')}
        onLoad={({ currentTarget }) =>
          setSeen({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
        }
        onError={() => setSeen('broken')}
      />
      <figcaption>
        {seen === 'broken' && text('imageBroken')}
        {typeof seen === 'object' && text('imageFacts', mediaType, seen.width, seen.height, size(bytes))}
      </figcaption>
    </figure>
  );
}

function sourceOf(body: Drawable): string {
  if (body.kind === 'text') return `data:${body.mediaType};charset=utf-8,${encodeURIComponent(body.text)}`;
  return `data:${body.mediaType};base64,${body.base64}`;
}
