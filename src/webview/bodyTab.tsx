import { useState } from 'preact/hooks';
import type { BodyView, ExchangeView, HopView } from '../protocol/exchangeView.ts';
import { CodeText } from './codeText.tsx';
import { HexBody, ImageBody } from './binaryBody.tsx';
import { StreamBody } from './streamBody.tsx';
import { useView } from './viewContext.ts';
import { bodyModes, type BodyMode, type Selection } from './viewState.ts';

interface BodyTabProps {
  readonly exchange: ExchangeView;
  readonly hop: HopView;
  readonly selection: Selection;
  readonly onSelect: (change: Partial<Selection>) => void;
}

export function BodyTab(props: BodyTabProps) {
  const { text } = useView();
  const { exchange, hop } = props;
  if (hop.body === undefined && hop.stream !== undefined) {
    const isRunning = exchange.state === 'running';
    return <StreamBody key={hop.number} stream={hop.stream} startedAt={exchange.startedAt} isRunning={isRunning} />;
  }
  if (hop.body === undefined) {
    return <p class="nothing">{text(exchange.state === 'running' ? 'noBodyYet' : 'noBody')}</p>;
  }
  if (hop.body.kind === 'empty') return <p class="nothing">{text('emptyBody')}</p>;
  return <FilledBody key={`${exchange.id} ${hop.number}`} {...props} body={hop.body} />;
}

type Filled = Exclude<BodyView, { kind: 'empty' }>;

function FilledBody({ exchange, hop, selection, onSelect, body }: BodyTabProps & { readonly body: Filled }) {
  const { text } = useView();
  const [searches, setSearches] = useState(0);
  const modes = [...(hop.stream ? ['stream' as const] : []), ...bodyModes(body)];
  const mode = modes.find((each) => each === selection.body) ?? modes[0] ?? 'raw';
  const isCode = mode === 'pretty' || mode === 'raw';
  return (
    <>
      <div class="tools">
        <div role="group" aria-label={text('bodyModes')} class="modes">
          {modes.map((each) => (
            <button key={each} type="button" aria-pressed={each === mode} onClick={() => onSelect({ body: each })}>
              {text(each)}
            </button>
          ))}
        </div>
        <span class={isCode ? 'media-type of-text' : 'media-type'} title={body.mediaType}>
          {body.mediaType || text('unknownType')}
        </span>
        {isCode && (
          <>
            <button type="button" onClick={() => setSearches(searches + 1)}>
              {text('search')}
            </button>
            <button type="button" aria-pressed={selection.wrap} onClick={() => onSelect({ wrap: !selection.wrap })}>
              {text('wrap')}
            </button>
          </>
        )}
        <BodyCommands exchange={exchange} hop={hop} isText={body.kind === 'text'} />
      </div>
      {body.kind !== 'image' && body.cut !== undefined && <p class="cut">{body.cut}</p>}
      {mode === 'stream' && hop.stream ? (
        <StreamBody stream={hop.stream} startedAt={exchange.startedAt} isRunning={false} />
      ) : (
        <Shown body={body} mode={mode} wrap={selection.wrap} searches={searches} />
      )}
    </>
  );
}

function BodyCommands({ exchange, hop, isText }: { exchange: ExchangeView; hop: HopView; isText: boolean }) {
  const { text, post } = useView();
  const at = { id: exchange.id, hop: hop.number };
  return (
    <>
      {isText && (
        <button type="button" title={text('copyTitle')} onClick={() => post({ type: 'copyBody', ...at })}>
          {text('copy')}
        </button>
      )}
      <button type="button" title={text('saveTitle')} onClick={() => post({ type: 'saveBody', ...at })}>
        {text('save')}
      </button>
      <button type="button" title={text('openTitle')} onClick={() => post({ type: 'openBody', ...at })}>
        {text('open')}
      </button>
    </>
  );
}

interface ShownProps {
  readonly body: Filled;
  readonly mode: BodyMode;
  readonly wrap: boolean;
  readonly searches: number;
}

function Shown({ body, mode, wrap, searches }: ShownProps) {
  const { text } = useView();
  if (body.kind !== 'text') return mode === 'hex' ? <HexBody body={body} /> : <ImageBody body={body} />;
  if (mode === 'image') return <ImageBody body={body} />;
  const shown = mode === 'pretty' ? (body.pretty ?? body.text) : body.text;
  return <CodeText text={shown} language={body.language} wrap={wrap} searches={searches} label={text('bodyText')} />;
}
