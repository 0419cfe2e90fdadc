import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { BodyView, PartView } from '../protocol/exchangeView.ts';
import { size } from './format.ts';
import { moveFocus } from './roving.ts';
import { useView } from './viewContext.ts';
import { LongText, shortened, VisibleText } from './visibleText.tsx';
import { bodyModes, type BodyMode } from './viewState.ts';

interface PartsBodyProps {
  readonly parts: readonly PartView[];
  /** A part may be of any kind, and have parts itself. */
  readonly renderBody: RenderBody;
}

type RenderBody = (body: Exclude<BodyView, { kind: 'empty' }>, mode: BodyMode) => VNode;

/** The parts of a multipart body: a list of them, and the one that is selected. */
export function PartsBody({ parts, renderBody }: PartsBodyProps) {
  const { text } = useView();
  const [selected, setSelected] = useState(0);
  const part = parts[selected] ?? parts[0];
  if (!part) return <p class="nothing">{text('noParts')}</p>;
  return (
    <div class="parts-box">
      <ol
        class="parts-list"
        role="list"
        aria-label={text('bodyParts')}
        onKeyDown={(event) => moveFocus(event, '.part-pick', false)}
      >
        {parts.map((each, index) => (
          <li key={index}>
            <button
              type="button"
              class={index === selected ? 'part-pick selected' : 'part-pick'}
              aria-current={index === selected}
              tabIndex={index === selected ? 0 : -1}
              onClick={() => setSelected(index)}
              onFocus={() => setSelected(index)}
            >
              <span class="part-title">
                <VisibleText text={shortened(each.title)} />
              </span>{' '}
              <span class="part-facts">{factsOf(each)}</span>
            </button>
          </li>
        ))}
      </ol>
      <Part key={selected} part={part} renderBody={renderBody} />
    </div>
  );
}

function factsOf({ body }: PartView): string {
  return body.kind === 'empty' ? size(0) : `${body.mediaType} ${size(body.bytes)}`.trim();
}

function Part({ part, renderBody }: { readonly part: PartView; readonly renderBody: RenderBody }) {
  const { text, post } = useView();
  const { body, headers } = part;
  const modes = bodyModes(body);
  const [chosen, setMode] = useState<BodyMode>();
  const mode = chosen ?? modes[0];
  return (
    <section class="part" aria-label={part.title}>
      <dl class="part-headers">
        {headers.map(({ name, value }, index) => (
          <div key={index}>
            <dt>
              <VisibleText text={name} />
            </dt>
            <dd>
              <LongText text={value} />
            </dd>
          </div>
        ))}
      </dl>
      <div class="tools">
        <div role="group" aria-label={text('bodyModes')} class="modes">
          {modes.map((each) => (
            <button key={each} type="button" aria-pressed={each === mode} onClick={() => setMode(each)}>
              {text(each)}
            </button>
          ))}
        </div>
        {body.kind === 'text' && (
          <button
            type="button"
            class="at-end"
            title={text('copyPartTitle')}
            onClick={() => post({ type: 'copyText', text: body.text })}
          >
            {text('copy')}
          </button>
        )}
      </div>
      {body.kind === 'empty' || mode === undefined ? (
        <p class="nothing">{text('emptyPart')}</p>
      ) : (
        renderBody(body, mode)
      )}
    </section>
  );
}
