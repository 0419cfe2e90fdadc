import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { size } from './format.ts';
import { useView } from './viewContext.ts';

/**
 * Characters that nobody sees and that may change how others are read: controls, marks and overrides of direction, spaces without width. The
 * line break and the tabulator do what is expected of them.
 */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]/;

/** A text of a stranger: what cannot be seen is named in its place. Copying gives the text as it is. */
export function VisibleText({ text }: { readonly text: string }): VNode {
  if (!unseen.test(text)) return <>{text}</>;
  return (
    <>
      {text.split(new RegExp(`(${unseen.source})`)).map((piece, index) =>
        index % 2 === 0 ? (
          piece
        ) : (
          <span key={index} class="unseen" data-code={codeOf(piece)} title={codeOf(piece)}>
            {piece}
          </span>
        ),
      )}
    </>
  );
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Our choice: more than this of one value is shown when somebody asks for it. */
const longValue = 8000;

/** A value of any length: of a very long one the beginning, and the rest on demand. */
export function LongText({ text: value }: { readonly text: string }): VNode {
  const { text } = useView();
  const [isWhole, setWhole] = useState(false);
  if (isWhole || value.length <= longValue) return <VisibleText text={value} />;
  return (
    <>
      <VisibleText text={value.slice(0, longValue)} />…{' '}
      <button type="button" class="link more" onClick={() => setWhole(true)}>
        {text('showRest', size(value.length))}
      </button>
    </>
  );
}

/** For names and titles, where nobody can ask for more. */
export function shortened(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
