import type { ComponentChildren } from 'preact';
import type { CookieKeyView, CookiesView, HopView } from '../protocol/exchangeView.ts';
import type { StringKey } from '../protocol/strings.ts';
import { Secret, useReveal } from './secret.tsx';
import { useView } from './viewContext.ts';
import { shortened, VisibleText } from './visibleText.tsx';

/** What went along, what was set, and what was refused and why. */
export function CookiesTab({ hop }: { readonly hop: HopView }) {
  const { text } = useView();
  const { sent, set, refused } = hop.cookies;
  const reveal = useReveal(sent.length + set.length + refused.length > 0);
  const isHidden = !reveal.isRevealed;
  return (
    <div class="sheet" tabIndex={0} role="region" aria-label={text('tabCookies')}>
      {reveal.button}
      <Group
        title="cookiesSent"
        none="noneSent"
        columns={['name', 'value', 'scope']}
        rows={sent.map((cookie, index) => (
          <tr key={index}>
            <CookieName name={cookie.name} cookieKey={cookie.key} />
            <td>
              <Secret value={cookie.value} hidden={isHidden} />
            </td>
            <td class="words">{cookie.scope}</td>
          </tr>
        ))}
      />
      <Group
        title="cookiesSet"
        none="noneSet"
        columns={['name', 'value', 'rules']}
        rows={set.map((cookie, index) => (
          <tr key={index} class={cookie.action}>
            <CookieName name={cookie.name} cookieKey={cookie.key} />
            <td>
              <SetValue cookie={cookie} isHidden={isHidden} />
            </td>
            <td class="words">{cookie.attributes}</td>
          </tr>
        ))}
      />
      <Group
        title="cookiesRefused"
        none="noneRefused"
        columns={['name', 'reason']}
        rows={refused.map((cookie, index) => (
          <tr key={index}>
            <CookieName name={cookie.name} />
            <td class="words refused">
              <VisibleText text={shortened(cookie.message)} />
              <span class="raw">
                {text('setCookieLine')}:{' '}
                <Secret value={cookie.raw} masked={withoutValue(cookie.raw)} hidden={isHidden} />
              </span>
            </td>
          </tr>
        ))}
      />
    </div>
  );
}

interface GroupProps {
  readonly title: StringKey;
  readonly none: StringKey;
  readonly columns: readonly StringKey[];
  readonly rows: readonly ComponentChildren[];
}

function Group({ title, none, columns, rows }: GroupProps) {
  const { text } = useView();
  return (
    <section class={`group ${title}`}>
      <h2>
        {text(title)} <span class="count">{rows.length}</span>
      </h2>
      {rows.length === 0 ? (
        <p class="nothing">{text(none)}</p>
      ) : (
        <table class="cookies" aria-label={text(title)}>
          <thead class="sr-only">
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {text(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{rows}</tbody>
        </table>
      )}
    </section>
  );
}

/** The name leads to the cookie in the session panel; a pair of the file's own has no place there. */
function CookieName({ name, cookieKey }: { name: string; cookieKey?: CookieKeyView | undefined }) {
  const { text, post } = useView();
  const shown = name === '' ? text('namelessCookie') : name;
  if (cookieKey === undefined)
    return (
      <th scope="row">
        <VisibleText text={shortened(shown)} />
      </th>
    );
  return (
    <th scope="row">
      <button
        type="button"
        class="link"
        title={text('showCookie', shown)}
        onClick={() => post({ type: 'showCookie', key: cookieKey })}
      >
        <VisibleText text={shortened(shown)} />
      </button>
    </th>
  );
}

const actionWords = {
  added: 'actionAdded',
  updated: 'actionUpdated',
  unchanged: 'actionUnchanged',
  deleted: 'actionDeleted',
} as const satisfies Record<CookiesView['set'][number]['action'], StringKey>;

/** `old → new`, and a word for what was done. */
function SetValue({ cookie, isHidden }: { readonly cookie: CookiesView['set'][number]; readonly isHidden: boolean }) {
  const { text } = useView();
  const { action, value, previous } = cookie;
  const showsOld = previous !== undefined && action !== 'unchanged';
  return (
    <>
      {showsOld && <Secret value={previous} hidden={isHidden} />}
      {showsOld && action !== 'deleted' && ' → '}
      {action !== 'deleted' && <Secret value={value} hidden={isHidden} />}{' '}
      <span class="action">({text(actionWords[action])})</span>
    </>
  );
}

/** `sid=••••••; Domain=ads.test`: what explains the refusal stays in sight. */
function withoutValue(raw: string): string {
  return raw.replace(/^([^=;]*=)?[^;]*/, (_, name: string | undefined) => `${name ?? ''}••••••`);
}
