import type { ExchangeView, HopView, ProblemView } from '../protocol/exchangeView.ts';
import { Icon } from './icons.tsx';
import { Secret, useReveal } from './secret.tsx';
import { useView } from './viewContext.ts';
import { shortened, VisibleText } from './visibleText.tsx';

/** What went wrong and the next step; the problems with their places; what the send left behind. Nothing when there is nothing to say. */
export function Outcome({ exchange, hop }: { readonly exchange: ExchangeView; readonly hop: HopView | undefined }) {
  return (
    <>
      <Failure exchange={exchange} />
      <Problems problems={exchange.problems} />
      <Offers exchange={exchange} />
      <Warnings texts={[...exchange.warnings, ...(hop?.warnings ?? [])]} />
      <Captured key={exchange.id} captured={exchange.captured} />
      <Saved names={exchange.saved ?? []} />
      <SessionChange exchange={exchange} />
    </>
  );
}

function Failure({ exchange }: { readonly exchange: ExchangeView }) {
  if (exchange.failure === undefined) return null;
  const { message, hint } = exchange.failure;
  return (
    <section class={exchange.state === 'cancelled' ? 'notice calm' : 'notice bad'} role="alert">
      <Icon name={exchange.state === 'cancelled' ? 'blocked' : 'error'} />
      <div>
        <p class="message">
          <VisibleText text={shortened(message)} />
        </p>
        <p>{hint}</p>
      </div>
    </section>
  );
}

function Problems({ problems }: { readonly problems: readonly ProblemView[] }) {
  const { text, post } = useView();
  if (problems.length === 0) return null;
  return (
    <section class="problems">
      <h2 id="problems-title">{text('problems')}</h2>
      <ul aria-labelledby="problems-title">
        {problems.map(({ code, severity, message, line, column }) => (
          <li key={`${line}:${column}:${code}`} class={severity}>
            <Icon name={severityIcons[severity]} />
            <span class="message">
              <VisibleText text={shortened(message)} />
            </span>
            <button type="button" class="link" onClick={() => post({ type: 'showProblem', line, column })}>
              {text('problemPlace', line)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const severityIcons = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

function Offers({ exchange }: { readonly exchange: ExchangeView }) {
  const { text, post } = useView();
  if (exchange.offers.length === 0) return null;
  return (
    <section class="offers" aria-label={text('nextSteps')}>
      {exchange.offers.map(({ command, label }) => (
        <button
          key={command}
          type="button"
          class="primary"
          onClick={() => post({ type: 'offer', id: exchange.id, command })}
        >
          {label}
        </button>
      ))}
    </section>
  );
}

function Warnings({ texts }: { readonly texts: readonly string[] }) {
  const { text } = useView();
  if (texts.length === 0) return null;
  return (
    <section class="notice warn" aria-label={text('warnings')}>
      <Icon name="warning" />
      <div>
        {texts.map((warning) => (
          <p key={warning}>
            <VisibleText text={shortened(warning)} />
          </p>
        ))}
      </div>
    </section>
  );
}

function Captured({ captured }: Pick<ExchangeView, 'captured'>) {
  const { text } = useView();
  const reveal = useReveal(
    captured.some(({ secret }) => secret),
    'show',
  );
  if (captured.length === 0) return null;
  return (
    <section class="captured" aria-label={text('captured')}>
      <Icon name="check" />
      <p>
        {text('captured')}:{' '}
        {captured.map(({ name, value, secret }) => (
          <span key={name} class="pair">
            <span class="key">{name}</span> = <Secret value={value} hidden={secret && !reveal.isRevealed} />
          </span>
        ))}
      </p>
      {reveal.button}
    </section>
  );
}

function Saved({ names }: { readonly names: readonly string[] }) {
  const { text } = useView();
  if (names.length === 0) return null;
  return (
    <section class="captured" aria-label={text('saved')}>
      <Icon name="check" />
      <p>
        {text('saved')}:{' '}
        {names.map((name) => (
          <span key={name} class="pair">
            {name}
          </span>
        ))}
      </p>
    </section>
  );
}

/** `+2 cookies`, each of them on demand, and the way back. */
function SessionChange({ exchange }: { readonly exchange: ExchangeView }) {
  const { text, post } = useView();
  const change = exchange.sessionChange;
  if (change === undefined) return null;
  return (
    <section class={change.undone ? 'changed undone' : 'changed'} aria-label={text('sessionChange')}>
      <Icon name={change.undone ? 'blocked' : 'check'} />
      <details>
        <summary>
          {text('sessionChange')}: {change.short}
          {change.undone && ` (${text('undone')})`}
        </summary>
        <ul>
          {change.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
      {!change.undone && (
        <button type="button" class="link" onClick={() => post({ type: 'undoChange', id: exchange.id })}>
          {text('undo')}
        </button>
      )}
    </section>
  );
}
