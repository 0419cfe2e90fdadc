/** What the shell asks of the code viewer (dist/viewer.js), which is a script of its own that loads when it is needed. */
export interface CodeText {
  readonly text: string;
  readonly language: CodeLanguage;
}

export type CodeLanguage = 'json' | 'xml' | 'html' | 'css' | 'javascript' | 'yaml' | 'graphql' | 'http' | 'plain';

export interface ViewerOptions extends CodeText {
  readonly wrap: boolean;
  /** For the viewer's style elements. */
  readonly nonce: string;
  /** Accessible name of the text. */
  readonly label: string;
  /** The viewer's own words in the user's language, by their English form. */
  readonly phrases: Readonly<Record<string, string>>;
  /** The cursor was moved by hand to this place of the text. */
  readonly onCursor: (place: number) => void;
}

export interface CodeViewer {
  show(code: CodeText): void;
  setWrap(wrap: boolean): void;
  openSearch(): void;
  destroy(): void;
}

export type CreateViewer = (parent: HTMLElement, options: ViewerOptions) => CodeViewer;

/** Loads the viewer's script once. Rejects when it cannot be loaded; the plain text stays then. */
export type LoadViewer = () => Promise<{ readonly create: CreateViewer; readonly nonce: string }>;

/** Loads what reads tables of fields. */
export type LoadCsv = () => Promise<{ readonly readCsv: (text: string, delimiter: string | undefined) => string[][] }>;
