/** Layers of names, strongest first: runtime (captures, prompts, `--var`), block and file, environment. C7 orders file and environment. */
export interface Binding {
  readonly name: string;
  /** Raw text; may hold placeholders of its own when `template` is true. */
  readonly value: string;
  readonly template: boolean;
  readonly layer: 'override' | 'session' | 'block' | 'file' | 'environment';
  /** In words with place, for example `http-client.env.json › dev`, `@host, line 3`, `captured from login`. */
  readonly origin: string;
  readonly secret: boolean;
  /** Where it is defined, for go to definition. */
  readonly location?: { readonly path: string; readonly offset: number };
}

export interface VariableScope {
  /** The binding that wins, and those it shadows, strongest first. */
  lookup(name: string): { readonly winner: Binding; readonly shadowed: readonly Binding[] } | undefined;
  /** All names in sight, each once, for completion. */
  names(): readonly string[];
}
