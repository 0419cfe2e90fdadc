import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { StringKey } from '../protocol/strings.ts';
import { useView } from './viewContext.ts';
import { LongText } from './visibleText.tsx';

export interface Reveal {
  readonly isRevealed: boolean;
  /** Absent when there is nothing to reveal. */
  readonly button: VNode | undefined;
}

/** One switch for the secrets of one part of the view. It is never kept: what is shown again is hidden again. */
export function useReveal(hasSecrets: boolean, label: StringKey = 'reveal'): Reveal {
  const { text } = useView();
  const [isRevealed, setRevealed] = useState(false);
  const button = hasSecrets ? (
    <button
      type="button"
      class="reveal"
      aria-pressed={isRevealed}
      title={text(isRevealed ? 'hideTitle' : 'revealTitle')}
      onClick={() => setRevealed(!isRevealed)}
    >
      {text(label)}
    </button>
  ) : undefined;
  return { isRevealed, button };
}

/** A value, or dots of a fixed number in its place: their number tells nothing. `masked` keeps what is no secret, such as a scheme. */
export function Secret({ value, hidden, masked }: { value: string; hidden: boolean; masked?: string | undefined }) {
  const { text } = useView();
  if (!hidden || value === '')
    return (
      <span class="value">
        <LongText text={value} />
      </span>
    );
  return (
    <span class="value hidden-value" title={text('hidden')}>
      {masked ?? '••••••'}
    </span>
  );
}
