import { useMemo } from 'preact/hooks';
import { highlight } from './highlight.ts';
import type { CodeLanguage } from './viewerApi.ts';
import { VisibleText } from './visibleText.tsx';

interface PlainTextProps {
  readonly text: string;
  readonly language: CodeLanguage;
  readonly wrap: boolean;
  readonly label: string;
  readonly onCursor?: ((place: number) => void) | undefined;
}

/** A text with line numbers, drawn at once. The numbers are drawn by the style sheet, so that copying leaves them behind. */
export function PlainText({ text, language, wrap, label, onCursor }: PlainTextProps) {
  const lines = useMemo(() => highlight(text.split(/\r\n|\r|\n/), language), [text, language]);
  return (
    <pre
      class={wrap ? 'code wrap' : 'code'}
      tabIndex={0}
      role="region"
      aria-label={label}
      onMouseUp={(event) => onCursor?.(placeOfSelection(event.currentTarget))}
    >
      {lines.map((tokens, index) => (
        <span key={index} class="line">
          {tokens.map((token, at) =>
            token.kind ? (
              <span key={at} class={`tok-${token.kind}`}>
                <VisibleText text={token.text} />
              </span>
            ) : (
              <VisibleText key={at} text={token.text} />
            ),
          )}
          {index < lines.length - 1 && '\n'}
        </span>
      ))}
    </pre>
  );
}

/** How many characters stand before what was clicked. */
function placeOfSelection(box: HTMLElement): number {
  const selection = getSelection();
  if (!selection?.focusNode || !box.contains(selection.focusNode)) return 0;
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(selection.focusNode, selection.focusOffset);
  return String(before).length;
}
