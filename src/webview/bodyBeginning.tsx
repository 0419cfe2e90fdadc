import { useEffect, useMemo } from 'preact/hooks';
import type { BodyView } from '../protocol/exchangeView.ts';
import { firstLines } from './largeText.tsx';
import { PlainText } from './plainText.tsx';
import { useView } from './viewContext.ts';

interface BodyBeginningProps {
  readonly body: Extract<BodyView, { kind: 'text' }>;
  readonly isRaw: boolean;
}

/** The first lines of a large text while the rest of it comes; what can be done with a body has to wait for all of it. */
export function BodyBeginning({ body, isRaw }: BodyBeginningProps) {
  const { text, loadLargeViewer } = useView();
  useEffect(() => {
    // It is needed in a moment; trouble is told then.
    loadLargeViewer().catch(() => undefined);
  }, []);
  const { language } = body;
  const lines = firstLines(isRaw ? body.text : (body.pretty ?? body.text));
  // They are the same each time that the size so far is told.
  const drawn = useMemo(
    () => <PlainText text={lines} language={language} wrap={false} label={text('bodyText')} />,
    [lines, language],
  );
  return (
    <div class="code-box">
      <p class="cut">{text('beginning')}</p>
      {drawn}
    </div>
  );
}
