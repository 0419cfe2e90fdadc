import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { BodyForm } from '../core/body/bodyAsk.ts';
import type { HopView } from '../protocol/exchangeView.ts';
import type { LargeViewer } from './largeViewerApi.ts';
import { PlainText } from './plainText.tsx';
import { useView } from './viewContext.ts';
import type { CodeLanguage } from './viewerApi.ts';

export interface LargeTextProps {
  /** Id of the exchange. */
  readonly exchange: string;
  readonly hop: HopView;
  /** The beginning, drawn until the viewer has more: of a text, or what else stands for it. */
  readonly start: string | JSX.Element;
  readonly form: BodyForm;
  readonly language: CodeLanguage;
  readonly searches: number;
}

/** Our choice: more lines than the largest screen has. Each costs the page some milliseconds, and they stand for a moment only. */
const startLines = 100;

/** A text that lies in a file: its first screen at once, and all of it as soon as its viewer is there. */
export function LargeText({ exchange, hop, start, form, language, searches }: LargeTextProps) {
  const { text, loadLargeViewer, askBody } = useView();
  const box = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<LargeViewer>();
  const [isReady, setReady] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let created: LargeViewer | undefined;
    let isGone = false;
    const show = async (): Promise<void> => {
      const create = await loadLargeViewer();
      if (isGone || !box.current) return;
      const ask = askBody(exchange, hop.number);
      const size = hop.stored?.bytes ?? 0;
      const onReady = (): void => setReady(true);
      created = create(box.current, { ask, text, form, language, size, label: text('bodyText'), onReady });
      setViewer(created);
    };
    show().catch(() => setFailed(true));
    return () => {
      isGone = true;
      created?.destroy();
    };
  }, []);
  const shown = useMemo(() => (failed || typeof start !== 'string' ? start : firstLines(start)), [failed, start]);
  useEffect(() => viewer?.setForm(form), [viewer, form]);
  useEffect(() => {
    if (searches > 0) viewer?.openFind('find');
  }, [viewer, searches]);
  return (
    <div class="code-box">
      {!isReady &&
        (typeof shown === 'string' ? (
          <PlainText text={shown} language={language} wrap={false} label={text('bodyText')} />
        ) : (
          shown
        ))}
      {failed && <p class="cut">{text('largeFailed')}</p>}
      <div ref={box} class={isReady ? 'viewer' : 'viewer waiting'} />
    </div>
  );
}

/** As many as a screen may have. */
export function firstLines(text: string): string {
  return text.split('\n', startLines).join('\n');
}
