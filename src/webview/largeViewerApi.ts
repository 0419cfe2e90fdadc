import type { BodyAnswer, BodyAsk, BodyForm } from '../core/body/bodyAsk.ts';
import type { Text } from './viewContext.ts';
import type { CodeLanguage } from './viewerApi.ts';

/** What the shell asks of the viewer of large bodies (dist/largeViewer.js), which is a script of its own that loads when it is needed. */
export interface LargeViewerOptions {
  readonly ask: (ask: BodyAsk) => Promise<BodyAnswer>;
  readonly text: Text;
  readonly form: BodyForm;
  readonly language: CodeLanguage;
  /** Bytes of the body that are kept. */
  readonly size: number;
  /** Accessible name of the text. */
  readonly label: string;
  /** Something is on the screen. */
  readonly onReady: () => void;
}

export interface LargeViewer {
  setForm(form: BodyForm): void;
  openFind(at: 'find' | 'line'): void;
  destroy(): void;
}

export type CreateLargeViewer = (parent: HTMLElement, options: LargeViewerOptions) => LargeViewer;

export type LoadLargeViewer = () => Promise<CreateLargeViewer>;
