import type { ComponentChildren } from 'preact';
import type { ExchangeView, HopView } from '../protocol/exchangeView.ts';
import { EncodingMenu } from './encodingMenu.tsx';
import type { FilledBody } from './shownBody.tsx';
import { useView } from './viewContext.ts';
import type { BodyMode, Selection } from './viewState.ts';

interface BodyToolsProps {
  readonly exchange: ExchangeView;
  readonly hop: HopView;
  readonly body: FilledBody;
  readonly modes: readonly BodyMode[];
  readonly mode: BodyMode;
  readonly wrap: boolean;
  readonly onSelect: (change: Partial<Selection>) => void;
  readonly onSearch: () => void;
  /** The filter. */
  readonly children: ComponentChildren;
}

/** The row above a body: its forms, what it is, and what can be done with it. */
export function BodyTools({ exchange, hop, body, modes, mode, wrap, onSelect, onSearch, children }: BodyToolsProps) {
  const { text, post } = useView();
  const at = { id: exchange.id, hop: hop.number };
  const isCode = mode === 'pretty' || mode === 'raw';
  return (
    <div class="tools">
      <div role="group" aria-label={text('bodyModes')} class="modes">
        {modes.map((each) => (
          <button key={each} type="button" aria-pressed={each === mode} onClick={() => onSelect({ body: each })}>
            {text(each)}
          </button>
        ))}
        {body.kind === 'text' && body.language === 'html' && (
          <button type="button" title={text('previewTitle')} onClick={() => post({ type: 'previewBody', ...at })}>
            {text('preview')}
          </button>
        )}
      </div>
      <span class={children ? 'media-type of-text' : 'media-type'} title={body.mediaType}>
        {body.mediaType || text('unknownType')}
      </span>
      {children}
      {mode !== 'image' && mode !== 'play' && mode !== 'document' && <EncodingMenu {...at} body={body} />}
      {(isCode || mode === 'tree') && (
        <button type="button" onClick={onSearch}>
          {text('search')}
        </button>
      )}
      {(isCode || mode === 'parts') && (
        <button type="button" aria-pressed={wrap} onClick={() => onSelect({ wrap: !wrap })}>
          {text('wrap')}
        </button>
      )}
      <Commands at={at} body={body} />
    </div>
  );
}

function Commands({ at, body }: { readonly at: { id: string; hop: number }; readonly body: FilledBody }) {
  const { text, post } = useView();
  return (
    <>
      {body.kind === 'text' && (
        <button type="button" title={text('copyTitle')} onClick={() => post({ type: 'copyBody', ...at })}>
          {text('copy')}
        </button>
      )}
      <button type="button" title={text('saveTitle')} onClick={() => post({ type: 'saveBody', ...at })}>
        {text('save')}
      </button>
      {isForOthers(body) ? (
        <button type="button" title={text('openOutsideTitle')} onClick={() => post({ type: 'openOutside', ...at })}>
          {text('openOutside')}
        </button>
      ) : (
        <button type="button" title={text('openTitle')} onClick={() => post({ type: 'openBody', ...at })}>
          {text('open')}
        </button>
      )}
    </>
  );
}

/** What an editor shows nothing of, and another program draws. */
function isForOthers(body: FilledBody): boolean {
  return body.kind === 'image' || /^(?:audio|video)\/|^application\/pdf$/.test(body.mediaType);
}
