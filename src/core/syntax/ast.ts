import type { LineMap } from '../text/lineMap.ts';
import type { Problem } from '../text/problem.ts';
import type { Span, SpannedText } from '../text/span.ts';

/**
 * The tree of one version of one document. Every character belongs to exactly one block; nodes hold no run-time state.
 * Texts are as written: templates (`{{x}}`) inside them are found by `templatesIn` when somebody needs them.
 */
export interface HttpDocument {
  readonly text: string;
  readonly lines: LineMap;
  readonly blocks: readonly Block[];
  /** All `@name = value` lines of the file, in order of appearance. */
  readonly variables: readonly VariableNode[];
  /** Problems of the syntax alone; features add those that need variables or files. */
  readonly problems: readonly Problem[];
}

/** What stands between two separators. A block without `request` sends nothing. */
export interface Block {
  readonly kind: 'request' | 'empty' | 'response-sample';
  /** From the separator line (or the start of the file) to the next separator line. */
  readonly span: Span;
  readonly separator: Span | undefined;
  /** Display title of `### title`, trimmed of `#` and blanks; absent when empty. */
  readonly title: SpannedText | undefined;
  readonly tags: readonly TagNode[];
  readonly variables: readonly VariableNode[];
  readonly imports: readonly ImportNode[];
  /** Constructs that are recognised and not run (scripts, assertions, `{{ js }}` blocks), and JetBrains handlers. */
  readonly scripts: readonly ScriptNode[];
  /** `>> path`, `>>! path` and `<> path` after the body. */
  readonly outputs: readonly OutputNode[];
  readonly request: RequestNode | undefined;
  readonly problems: readonly Problem[];
}

/** A block that has a request: what a lens stands above. */
export interface RequestBlock extends Block {
  readonly kind: 'request';
  readonly request: RequestNode;
}

/** `# @name value`, `// @name = value`. */
export interface TagNode {
  /** Key in kebab-case, for example `no-redirect` for `# @noRedirect`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: SpannedText | undefined;
  readonly span: Span;
}

/** `@name = value`, `@name := value`. */
export interface VariableNode {
  readonly name: SpannedText;
  /** Trimmed; escapes (`\n`, `\t`, `\r`, `\\`) not yet applied. */
  readonly value: SpannedText;
  readonly lazy: boolean;
  readonly span: Span;
}

/** `import path`, `run path`, `run #name`. */
export interface ImportNode {
  readonly keyword: 'import' | 'run';
  readonly target: SpannedText;
  readonly span: Span;
}

export interface ScriptNode {
  /** `handler` is JetBrains' `> {% %}` or `> file`; `pre-script` its `< {% %}`; `js-block` httpYac's `{{ … }}`; `assertion` its `??`. */
  readonly kind: 'pre-script' | 'handler' | 'js-block' | 'assertion';
  /** The source between the markers, or the path when `isFile`. */
  readonly source: SpannedText;
  readonly isFile: boolean;
  readonly span: Span;
}

export interface OutputNode {
  /** `>>` saves and numbers an existing file, `>>!` overwrites, `<>` is a reference to an earlier response (ignored). */
  readonly marker: '>>' | '>>!' | '<>';
  readonly path: SpannedText;
  readonly span: Span;
}

/** The kinds other than `http`, `graphql` and `curl` are recognised and never sent. */
export type RequestKind = 'http' | 'graphql' | 'curl' | 'grpc' | 'websocket' | 'sse' | 'mqtt' | 'amqp' | 'rsocket';

export interface RequestNode {
  readonly kind: RequestKind;
  /** From the request line to the end of the body; trailing scripts and outputs excluded. */
  readonly span: Span;
  readonly line: Span;
  /** As written; `GET` (span empty, at the target's start) when implicit. */
  readonly method: SpannedText;
  readonly methodImplicit: boolean;
  /**
   * The target with its continuation lines joined, as written otherwise. Its span covers all its lines, the HTTP version excluded;
   * `pieces` give the source of each joined part, in order, so that an offset in `text` maps back to the file.
   */
  readonly target: SpannedText;
  readonly targetPieces: readonly SpannedText[];
  readonly httpVersion: SpannedText | undefined;
  readonly headers: readonly HeaderNode[];
  readonly body: BodyNode | undefined;
  /**
   * Decoded command line of a `curl` block, which has neither `headers` nor `body`: they are in here. Its `method` and `target` are what
   * the command says.
   */
  readonly curl: CurlCommand | undefined;
}

/** `Name: value`; a macro (`{{…}}` alone on its line) or httpYac spread has `kind` accordingly and an empty name. */
export interface HeaderNode {
  readonly kind: 'field' | 'macro' | 'spread';
  readonly name: SpannedText;
  /** Trimmed; folded lines joined with one space. */
  readonly value: SpannedText;
  readonly span: Span;
}

/**
 * Body parts in order; put one behind the other they are the body without the blank lines around it (C13). Text parts hold lines as
 * written, comment lines included: whether those are sent depends on the media type (C1). The line break behind a file part begins the
 * text part that follows it.
 */
export interface BodyNode {
  readonly span: Span;
  readonly parts: readonly BodyPart[];
}

export type BodyPart =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | {
      readonly kind: 'file';
      readonly path: SpannedText;
      /** `<@`: placeholders in the file are replaced; the encoding is what stands behind `@`, for example `latin1`. */
      readonly substitute: boolean;
      readonly encoding: string | undefined;
      readonly span: Span;
    };

/** What a curl command line says, options decoded; anything not understood is a problem on the block. */
export interface CurlCommand {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  /** Data arguments in order; `file` names an `@file`. */
  readonly data: readonly CurlData[];
  readonly getWithData: boolean;
  readonly user: string | undefined;
  /** `--digest`: what becomes of `user`. */
  readonly digest: boolean;
  /** `--aws-sigv4`: `provider[:provider[:region[:service]]]`. */
  readonly awsSigv4: string | undefined;
  readonly cookie: string | undefined;
  readonly cookieFile: string | undefined;
  readonly form: readonly { readonly name: string; readonly value: string; readonly file: boolean }[];
  readonly insecure: boolean;
  readonly followRedirects: boolean;
  readonly proxy: string | undefined;
  readonly compressed: boolean;
  readonly head: boolean;
  readonly maxTimeSeconds: number | undefined;
  readonly connectTimeoutSeconds: number | undefined;
  readonly maxRedirects: number | undefined;
  readonly retry: number | undefined;
  readonly http2: boolean;
  /** `--proxy-user`: `user:password` for the proxy alone. */
  readonly proxyUser: string | undefined;
  /** Paths, beside the file. */
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly cacert: string | undefined;
  /** `--pass`: what opens the key. */
  readonly passphrase: string | undefined;
}

/** `json` also asks for `Content-Type` and `Accept: application/json` where these are not given. */
export interface CurlData {
  readonly kind: 'data' | 'raw' | 'binary' | 'urlencode' | 'json';
  /** The text, or the path when `file`; for `urlencode` the argument as written (`name=content`, `name@path`). */
  readonly value: string;
  readonly file: boolean;
}
