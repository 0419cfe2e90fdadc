import { Component, type ComponentChildren } from 'preact';
import { useView } from './viewContext.ts';

interface BoundaryProps {
  /** What is drawn: with the next one it is tried again. */
  readonly of: unknown;
  readonly children: ComponentChildren;
}

interface BoundaryState {
  readonly of: unknown;
  readonly isBroken: boolean;
}

/** Says so in words when something cannot be drawn, for example what another version has kept: a blank page would say nothing. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { of: this.props.of, isBroken: false };

  static override getDerivedStateFromProps({ of }: BoundaryProps, before: BoundaryState): BoundaryState {
    return before.of === of ? before : { of, isBroken: false };
  }

  static override getDerivedStateFromError(): Partial<BoundaryState> {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { text } = useView();
  return (
    <main class="empty">
      <h1 class="sr-only">{text('response')}</h1>
      <p role="alert">{text('cannotDraw')}</p>
    </main>
  );
}
