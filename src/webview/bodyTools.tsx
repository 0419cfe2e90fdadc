import type { ComponentChildren } from 'preact';
import type { ExchangeView, HopView } from '../protocol/exchangeView.ts';
import { EncodingMenu } from './encodingMenu.tsx';
import type { FilledBody } from './shownBody.tsx';
import { ToolButton } from './toolButton.tsx';
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
      {(isCode || mode === 'tree' || (mode === 'hex' && hop.stored)) && (
        <ToolButton icon="search" label={text('search')} onClick={onSearch} />
      )}
      {((isCode && !hop.stored) || mode === 'parts') && (
        <ToolButton icon="wrap" label={text('wrap')} pressed={wrap} onClick={() => onSelect({ wrap: !wrap })} />
      )}
      <Commands at={at} body={body} />
    </div>
  );
}

function Commands({ at, body }: { readonly at: { id: string; hop: number }; readonly body: FilledBody }) {
  const { text, post } = useView();
  const outside = isForOthers(body);
  return (
    <>
      {body.kind === 'text' && (
        <ToolButton
          icon="copy"
          label={text('copy')}
          title={text('copyTitle')}
          onClick={() => post({ type: 'copyBody', ...at })}
        />
      )}
      <ToolButton
        icon="save"
        label={text('save')}
        title={text('saveTitle')}
        onClick={() => post({ type: 'saveBody', ...at })}
      />
      <ToolButton
        icon="open"
        label={text(outside ? 'openOutside' : 'open')}
        title={text(outside ? 'openOutsideTitle' : 'openTitle')}
        onClick={() => post({ type: outside ? 'openOutside' : 'openBody', ...at })}
      />
    </>
  );
}

/** What an editor shows nothing of, and another program draws. */
function isForOthers(body: FilledBody): boolean {
  return body.kind === 'image' || /^(?:audio|video)\/|^application\/pdf$/.test(body.mediaType);
}
