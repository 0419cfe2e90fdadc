import type { HopView } from '../protocol/exchangeView.ts';
import { CodeText } from './codeText.tsx';
import { size } from './format.ts';
import { useView } from './viewContext.ts';
import type { Selection } from './viewState.ts';

interface RequestTabProps {
  readonly hop: HopView;
  readonly selection: Selection;
  readonly onSelect: (change: Partial<Selection>) => void;
}

/** The raw truth: what went over the wire, and beside it what stands in the file. */
export function RequestTab({ hop, selection, onSelect }: RequestTabProps) {
  const { text } = useView();
  const form = hop.asWritten === undefined ? 'sent' : selection.request;
  return (
    <>
      <div class="tools">
        {hop.asWritten !== undefined && (
          <div role="group" aria-label={text('requestModes')} class="modes">
            <button type="button" aria-pressed={form === 'sent'} onClick={() => onSelect({ request: 'sent' })}>
              {text('asSent')}
            </button>
            <button type="button" aria-pressed={form === 'written'} onClick={() => onSelect({ request: 'written' })}>
              {text('asWritten')}
            </button>
          </div>
        )}
        {form === 'sent' && <span class="hint">{text('rawTruth')}</span>}
      </div>
      <BodyNote hop={hop} isShown={form === 'sent'} />
      <RequestText key={`${hop.number} ${form}`} hop={hop} form={form} wrap={selection.wrap} />
    </>
  );
}

function BodyNote({ hop: { requestBody }, isShown }: { readonly hop: HopView; readonly isShown: boolean }) {
  const { text } = useView();
  if (!isShown || requestBody?.truncated !== true) return null;
  const key = requestBody.text === '' ? 'requestBodyBytes' : 'requestBodyCut';
  return <p class="cut">{text(key, size(requestBody.bytes))}</p>;
}

function RequestText({ hop, form, wrap }: { hop: HopView; form: Selection['request']; wrap: boolean }) {
  const { text } = useView();
  const sent = hop.requestBody === undefined ? hop.requestHead : `${hop.requestHead}\n\n${hop.requestBody.text}`;
  const shown = form === 'sent' ? sent : (hop.asWritten ?? '');
  const label = text(form === 'sent' ? 'requestText' : 'writtenText');
  return <CodeText text={shown} language="http" wrap={wrap} searches={0} label={label} />;
}
