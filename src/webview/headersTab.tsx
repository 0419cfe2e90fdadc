import { useState } from 'preact/hooks';
import type { HeaderView, HopView } from '../protocol/exchangeView.ts';
import { Secret, useReveal } from './secret.tsx';
import { useView } from './viewContext.ts';
import { VisibleText } from './visibleText.tsx';

export function HeadersTab({ hop }: { readonly hop: HopView }) {
  const { text } = useView();
  const { responseHeaders, requestHeaders, trailers } = hop;
  const reveal = useReveal([...responseHeaders, ...requestHeaders, ...trailers].some(({ secret }) => secret));
  return (
    <div class="sheet" tabIndex={0} role="region" aria-label={text('tabHeaders')}>
      {reveal.button}
      <HeaderTable title={text('responseHeaders')} headers={responseHeaders} isRevealed={reveal.isRevealed} />
      {trailers.length > 0 && (
        <HeaderTable title={text('trailers')} headers={trailers} isRevealed={reveal.isRevealed} />
      )}
      <HeaderTable title={text('requestHeaders')} headers={requestHeaders} isRevealed={reveal.isRevealed} />
    </div>
  );
}

interface HeaderTableProps {
  readonly title: string;
  readonly headers: readonly HeaderView[];
  readonly isRevealed: boolean;
}

/** Our choice: more lines than this are drawn when somebody asks for them. */
const manyHeaders = 500;

/** Lines in the order and spelling of the wire, repeats included. */
function HeaderTable({ title, headers, isRevealed }: HeaderTableProps) {
  const { text } = useView();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? headers : headers.slice(0, manyHeaders);
  return (
    <section>
      <h2>{title}</h2>
      {headers.length === 0 ? (
        <p class="nothing">{text('noHeaders')}</p>
      ) : (
        <table class="pairs" aria-label={title}>
          <thead class="sr-only">
            <tr>
              <th scope="col">{text('name')}</th>
              <th scope="col">{text('value')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, value, secret, masked }, index) => (
              <tr key={index}>
                <th scope="row">
                  <VisibleText text={name} />
                </th>
                <td>
                  <Secret value={value} masked={masked} hidden={secret && !isRevealed} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < headers.length && (
        <button type="button" class="link more" onClick={() => setWhole(true)}>
          {text('showAllHeaders', headers.length)}
        </button>
      )}
    </section>
  );
}
