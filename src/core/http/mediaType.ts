/** A Content-Type value taken apart (RFC 9110 8.3.1). */
export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string;
  /** Parameters in order, names in lower case, quotes undone; of a repeated name the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const essencePattern = /^\s*([!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+)\s*(?:;|,|$)/;
const parameterPattern = /;\s*([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^;,\s]*))/g;

/** `undefined` when the header is absent or does not begin with `type/subtype`. */
export function parseMediaType(contentType: string | undefined): MediaType | undefined {
  const essence = essencePattern.exec(contentType ?? '')?.[1];
  if (contentType === undefined || essence === undefined) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of contentType.matchAll(parameterPattern)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, '$1') ?? plain);
  }
  return { essence: essence.toLowerCase(), parameters };
}

/** `application/json`, `text/json` and everything with the suffix `+json` (RFC 6839 3.1). */
export function isJson({ essence }: MediaType): boolean {
  return essence.endsWith('+json') || essence === 'application/json' || essence === 'text/json';
}

export function isXml({ essence }: MediaType): boolean {
  return essence.endsWith('+xml') || essence === 'application/xml' || essence === 'text/xml';
}

export function isHtml({ essence }: MediaType): boolean {
  return essence === 'text/html' || essence === 'application/xhtml+xml';
}

/** Server-sent events (HTML Standard 9.2). */
export function isEventStream(mediaType: MediaType | undefined): boolean {
  return mediaType?.essence === 'text/event-stream';
}

const textual = new Set([
  'application/javascript',
  'application/ecmascript',
  'application/x-javascript',
  'application/x-www-form-urlencoded',
  'application/yaml',
  'application/x-yaml',
  'application/toml',
  'application/graphql',
  'application/sql',
  'application/x-ndjson',
  'application/jsonl',
  'application/x-sh',
  'message/http',
]);

/** What is meant to be read, as far as the type says. */
export function isText(mediaType: MediaType): boolean {
  const { essence } = mediaType;
  return essence.startsWith('text/') || isJson(mediaType) || isXml(mediaType) || textual.has(essence);
}
