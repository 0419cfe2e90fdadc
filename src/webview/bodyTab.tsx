import { useMemo, useState } from 'preact/hooks';
import { prettyText } from '../core/body/prettyText.ts';
import type { ExchangeView, HopView } from '../protocol/exchangeView.ts';
import { BodyBeginning } from './bodyBeginning.tsx';
import { BodyTools } from './bodyTools.tsx';
import { FilterBar, type Filter } from './filterBar.tsx';
import { ShownBody, type FilledBody } from './shownBody.tsx';
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
  if (hop.body === undefined && hop.beginning !== undefined) {
    return <BodyBeginning body={hop.beginning} isRaw={props.selection.body === 'raw'} />;
  }
  if (hop.body === undefined) {
    return <p class="nothing">{text(exchange.state === 'running' ? 'noBodyYet' : 'noBody')}</p>;
  }
  if (hop.body.kind === 'empty') return <p class="nothing">{text('emptyBody')}</p>;
  return <Filled key={`${exchange.id} ${hop.number}`} {...props} body={hop.body} />;
}

function Filled({ exchange, hop, selection, onSelect, body }: BodyTabProps & { readonly body: FilledBody }) {
  const [searches, setSearches] = useState(0);
  const [filter, setFilter] = useState<Filter>({ path: '' });
  const { shown, places } = useFiltered(body, filter);
  // Only the first screen of a text in a file is here: what is made of a whole text is not made of that.
  const isLarge = hop.stored !== undefined && shown === body;
  const forms = bodyModes(shown).filter((form) => !isLarge || largeModes.includes(form));
  const modes = [...(hop.stream ? ['stream' as const] : []), ...forms];
  const mode = modes.find((each) => each === selection.body) ?? modes[0] ?? 'raw';
  const filtered = body.kind === 'text' && mode !== 'stream' ? filteredLanguage(body) : undefined;
  return (
    <>
      <BodyTools
        exchange={exchange}
        hop={hop}
        body={body}
        modes={modes}
        mode={mode}
        wrap={selection.wrap}
        onSelect={onSelect}
        onSearch={() => setSearches(searches + 1)}
      >
        {filtered && (
          <FilterBar
            id={exchange.id}
            hop={hop.number}
            isStored={hop.stored !== undefined}
            language={filtered}
            filter={filter}
            onFilter={setFilter}
          />
        )}
      </BodyTools>
      {body.kind !== 'image' && body.cut !== undefined && <p class="cut">{body.cut}</p>}
      {body.kind === 'text' && body.flaw !== undefined && <p class="cut">{body.flaw}</p>}
      {mode === 'stream' && hop.stream ? (
        <StreamBody stream={hop.stream} startedAt={exchange.startedAt} isRunning={false} />
      ) : (
        <ShownBody
          large={isLarge ? { exchange: exchange.id, hop } : undefined}
          key={places ? filter.path : ''}
          body={shown}
          mode={mode}
          wrap={selection.wrap}
          searches={searches}
          places={places}
          onFilter={filtered && ((path) => setFilter({ path }))}
        />
      )}
    </>
  );
}

/** What shows a body of any size, or needs nothing of it. */
const largeModes: readonly BodyMode[] = ['pretty', 'raw', 'hex', 'document'];

function filteredLanguage({ language }: Extract<FilledBody, { kind: 'text' }>): 'json' | 'xml' | undefined {
  return language === 'json' || language === 'xml' ? language : undefined;
}

/** The body, or what a filter found in it: a text of its own, in the same forms. */
function useFiltered(body: FilledBody, { path, result }: Filter) {
  return useMemo((): { readonly shown: FilledBody; readonly places?: readonly string[] } => {
    if (body.kind !== 'text' || path.trim() === '' || result?.kind !== 'found') return { shown: body };
    const { language, mediaType, bytes } = body;
    const pretty = prettyText(result.text, language === 'xml' ? 'xml' : 'json', false);
    const shown = { kind: 'text', language, mediaType, bytes, text: result.text } as const;
    return { shown: pretty === undefined ? shown : { ...shown, pretty }, places: result.places };
  }, [body, path, result]);
}
