import { useMemo } from 'preact/hooks';
import { highlight } from './highlight.ts';
import type { CodeLanguage } from './viewerApi.ts';
import { VisibleText } from './visibleText.tsx';

interface PlainTextProps {
  readonly text: string;
  readonly language: CodeLanguage;
  readonly wrap: boolean;
  readonly label: string;
}

/** A text with line numbers, drawn at once. The numbers are drawn by the style sheet, so that copying leaves them behind. */
export function PlainText({ text, language, wrap, label }: PlainTextProps) {
  const lines = useMemo(() => highlight(text.split(/\r\n|\r|\n/), language), [text, language]);
  return (
    <pre class={wrap ? 'code wrap' : 'code'} tabIndex={0} role="region" aria-label={label}>
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
