import { useEffect, useState } from 'preact/hooks';
import type { BodyView } from '../protocol/exchangeView.ts';
import { size } from './format.ts';
import { bytesOf } from './bytesOf.ts';
import { useView } from './viewContext.ts';

type Drawable = Extract<BodyView, { kind: 'image' | 'binary' | 'text' }>;
type Playable = Extract<BodyView, { kind: 'binary' }>;

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
        {seen === 'broken' && text(body.kind === 'text' ? 'imageBrokenText' : 'imageBroken')}
        {typeof seen === 'object' && text('imageFacts', mediaType, seen.width, seen.height, size(bytes))}
      </figcaption>
    </figure>
  );
}

function sourceOf(body: Drawable): string {
  if (body.kind === 'text')
    return `data:${body.mediaType};charset=utf-8,${encodeURIComponent(body.text.toWellFormed())}`;
  return `data:${body.mediaType};base64,${body.base64}`;
}

/** Sound and film, played by the browser; never by themselves. */
export function PlayBody({ body }: { readonly body: Playable }) {
  const { text } = useView();
  const [source, setSource] = useState<string>();
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([bytesOf(body.base64)], { type: body.mediaType }));
    setSource(url);
    return () => URL.revokeObjectURL(url);
  }, [body.base64]);
  const common = { controls: true, src: source, 'aria-label': text('mediaLabel'), onError: () => setBroken(true) };
  return (
    <figure class="picture">
      {!isBroken &&
        source !== undefined &&
        (body.mediaType.startsWith('video/') ? <video {...common} /> : <audio {...common} />)}
      <figcaption>{isBroken ? text('mediaBroken') : `${body.mediaType} · ${size(body.bytes)}`}</figcaption>
    </figure>
  );
}
