/** A call of curl before any shell: names and values as curl gets them. */
export interface CurlCommand {
  readonly url: string;
  readonly options: readonly CurlOption[];
  readonly body: CurlBody;
}

/** A long option without its dashes. Characters of a header are bytes (Latin-1), those of everything else are UTF-8. */
export interface CurlOption {
  readonly name: string;
  readonly value?: string;
}

export type CurlBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  /** No text, so that no argument can hold it. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Read from a file when it was sent: its path is the user's to fill in. */
  | { readonly kind: 'file' };

/** Words above a command whose body the user must put in. */
export const bodyFromFile = 'The body was read from a file; put its path after the @.';

/** The bytes of header lines. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
