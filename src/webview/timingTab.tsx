import type { FactView, HopView, PhaseView } from '../protocol/exchangeView.ts';
import type { StringKey } from '../protocol/strings.ts';
import { duration, size } from './format.ts';
import { place, segments } from './timeBar.tsx';
import { useView } from './viewContext.ts';
import { LongText } from './visibleText.tsx';

export function TimingTab({ hop }: { readonly hop: HopView }) {
  const { text } = useView();
  return (
    <div class="sheet" tabIndex={0} role="region" aria-label={text('tabTiming')}>
      <Waterfall hop={hop} />
      <p class="hint">{text('hopBegan', hop.number, duration(hop.startMs))}</p>
      <Facts title={text('connection')} facts={hop.connection} />
      <Facts title={text('tls')} facts={hop.tls} />
      {hop.status !== undefined && <Facts title={text('sizes')} facts={sizeFacts(hop, text)} />}
    </div>
  );
}

const phaseWords = {
  queue: 'phaseQueue',
  dns: 'phaseDns',
  connect: 'phaseConnect',
  tls: 'phaseTls',
  send: 'phaseSend',
  wait: 'phaseWait',
  download: 'phaseDownload',
} as const satisfies Record<PhaseView['name'], StringKey>;

/** The phases of one hop, each where it began, in numbers and as bars on the hop's own axis. */
function Waterfall({ hop }: { readonly hop: HopView }) {
  const { text } = useView();
  if (hop.phases.length === 0) return <p class="nothing">{text('noPhases')}</p>;
  const axis = Math.max(hop.totalMs, 0.001);
  return (
    <table class="waterfall" aria-label={text('waterfall', hop.number)}>
      <thead class="sr-only">
        <tr>
          <th scope="col">{text('phase')}</th>
          <th scope="col">{text('start')}</th>
          <th scope="col">{text('duration')}</th>
        </tr>
      </thead>
      <tbody>
        {segments(hop, 0).map(({ name, from, ms }) => (
          <tr key={name}>
            <th scope="row">{name === 'total' ? text('total') : text(phaseWords[name])}</th>
            <td class="bar">
              <span class="track" aria-hidden="true">
                <span class={`segment phase-${name}`} style={place(from, ms, axis)} />
              </span>
              <span class="sr-only">{duration(from)}</span>
            </td>
            <td class="ms">{duration(ms)}</td>
          </tr>
        ))}
        <tr class="total">
          <th scope="row">{text('total')}</th>
          <td class="bar" />
          <td class="ms">{duration(hop.totalMs)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function sizeFacts(hop: HopView, text: ReturnType<typeof useView>['text']): FactView[] {
  const sent = hop.requestBody;
  return [
    { label: text('onTheWire'), value: size(hop.wireBytes) },
    { label: text('decodedSize'), value: size(hop.decodedBytes) },
    ...(sent ? [{ label: text('requestBodySize'), value: size(sent.bytes) }] : []),
  ];
}

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly FactView[] }) {
  if (facts.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <dl class="facts">
        {facts.map(({ label, value }, index) => (
          <div key={index}>
            <dt>{label}</dt>
            <dd>
              <LongText text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
