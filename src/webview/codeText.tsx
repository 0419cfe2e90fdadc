import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { PlainText } from './plainText.tsx';
import { useView } from './viewContext.ts';
import type { CodeText as Code, CodeViewer } from './viewerApi.ts';

interface CodeTextProps extends Code {
  readonly wrap: boolean;
  readonly label: string;
  /** Counts up with every click on Search; a search wants the viewer, however short the text. */
  readonly searches: number;
  /** A place in the text was clicked, or the cursor was moved there. */
  readonly onCursor?: ((place: number) => void) | undefined;
}

/** Our choice: what fits on a screen is drawn at once and needs neither folding nor virtual lines. */
const plainLimit = { characters: 4000, lines: 45 } as const;
const firstLines = 200;

/** A short text as it is; a long one in the code viewer, with its first lines shown until that has loaded. */
export function CodeText(props: CodeTextProps) {
  const { text, language, wrap, label, searches } = props;
  const [isViewer, setViewer] = useState(false);
  const [failed, setFailed] = useState(false);
  const wantsViewer = searches > 0 || isLong(text);
  useEffect(() => setViewer(false), [wantsViewer]);
  return (
    <div class="code-box">
      {(!isViewer || failed) && (
        <PlainText
          text={wantsViewer && !failed ? firstScreen(text) : text}
          language={language}
          wrap={wrap}
          label={label}
          onCursor={props.onCursor}
        />
      )}
      {wantsViewer && !failed && <Viewer {...props} onReady={() => setViewer(true)} onFailed={() => setFailed(true)} />}
    </div>
  );
}

interface ViewerProps extends CodeTextProps {
  readonly onReady: () => void;
  readonly onFailed: () => void;
}

function Viewer({ text, language, wrap, label, searches, onCursor, onReady, onFailed }: ViewerProps) {
  const { text: words, loadViewer } = useView();
  const box = useRef<HTMLDivElement>(null);
  const moved = useRef(onCursor);
  moved.current = onCursor;
  const [viewer, setViewer] = useState<CodeViewer>();
  useEffect(() => {
    let created: CodeViewer | undefined;
    let isGone = false;
    loadViewer().then(({ create, nonce }) => {
      if (isGone || !box.current) return;
      const phrases = { Find: words('findInBody'), 'Fold line': words('fold'), 'Unfold line': words('unfold') };
      created = create(box.current, {
        text,
        language,
        wrap,
        label,
        nonce,
        phrases,
        onCursor: (place) => moved.current?.(place),
      });
      setViewer(created);
      onReady();
    }, onFailed);
    return () => {
      isGone = true;
      created?.destroy();
    };
  }, []);
  useLayoutEffect(() => viewer?.show({ text, language }), [viewer, text, language]);
  useLayoutEffect(() => viewer?.setWrap(wrap), [viewer, wrap]);
  useEffect(() => {
    if (searches > 0) viewer?.openSearch();
  }, [viewer, searches]);
  return <div ref={box} class="viewer" />;
}

function isLong(text: string): boolean {
  return text.length > plainLimit.characters || text.split('\n', plainLimit.lines + 1).length > plainLimit.lines;
}

function firstScreen(text: string): string {
  return text.slice(0, 20_000).split('\n', firstLines).join('\n');
}
