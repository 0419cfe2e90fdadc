import { formEncode, type MergePair } from '../../src/core/session/merge.ts';
import { type CaseObject, objectOr, only } from './caseFile.ts';

/** A request of the case format as a person writes it in a file, with the texts that its placeholders stand for. */
export interface WrittenRequest {
  readonly text: string;
  readonly variables: readonly (readonly [name: string, value: string])[];
  /** Content of the body files, by absolute path. */
  readonly files: Readonly<Record<string, string>>;
}

const supported = [
  'url',
  'base',
  'method',
  'headers',
  'params',
  'cookies',
  'auth',
  'body',
  'bodySource',
  'bodyOffset',
  'bodySize',
  'bodyFile',
  'json',
  'form',
  'multipart',
  'httpVersion',
];

interface Part {
  readonly name: string;
  readonly content: string;
  readonly filename?: string;
  readonly contentType?: string;
  readonly headers?: readonly (readonly [string, string])[];
}

/** Values go into the file as placeholders, so that no blank, quote or line break of theirs is taken for syntax. */
export function writtenRequest(request: CaseObject): WrittenRequest {
  only(request, supported, 'request');
  const written = writtenWithoutAuth(request);
  const auth = authTagOf(objectOr(request['auth']));
  const text = auth.line === undefined ? written.text : `${auth.line}\n${written.text}`;
  return { ...written, text, variables: [...auth.variables, ...written.variables] };
}

/** `# @auth` with a placeholder for every value. */
function authTagOf(auth: CaseObject): { readonly line?: string; readonly variables: WrittenRequest['variables'] } {
  const { type, username = '', password = '', token = '', ...others } = auth as Readonly<Record<string, string>>;
  only(others, [], 'auth of a request');
  if (type === undefined) return { variables: [] };
  if (type === 'none') return { line: '# @auth none', variables: [] };
  if (type === 'bearer') return { line: '# @auth bearer {{token}}', variables: [['token', token]] };
  return {
    line: `# @auth ${type} {{username}} {{password}}`,
    variables: [
      ['username', username],
      ['password', password],
    ],
  };
}

function writtenWithoutAuth(request: CaseObject): WrittenRequest {
  const { json, form, multipart, body } = request;
  const raw: [string, string][] = typeof body === 'string' ? [['--data-raw', body]] : [];
  if (form !== undefined) {
    const pairs = expanded(form as MergePair[]);
    // A raw body beside a form is what curl refuses as well: two bodies.
    if (raw.length > 0)
      return curl(request, [...raw, ...pairs.map((pair): [string, string] => ['-F', pair.join('=')])]);
    return curl(request, [['--data', formEncode(pairs)]]);
  }
  if (multipart !== undefined) {
    const parts = multipart as Part[];
    if (raw.length === 0 && hasBoundary(request)) return block(request, multipartBody(request, parts));
    const written = curl(request, [...raw, ...parts.map(formOption)]);
    return { ...written, variables: [...written.variables, ...partVariables(parts)], files: partFiles(parts) };
  }
  // requests' `json` counts only where there is no other body (SESSION P9).
  if (json !== undefined && body === undefined) return curl(request, [['--json', JSON.stringify(json)]]);
  return block(request, bodyOf(request));
}

function hasBoundary(request: CaseObject): boolean {
  const type = headersOf(request).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return /boundary=/i.test(type ?? '');
}

/** Whether the body is one that no file can hold; then it is put on the prepared request. */
export function isBodyInCode({ bodySource, bodySize }: CaseObject): boolean {
  return bodySource === 'stream' || typeof bodySize === 'number';
}

interface WrittenBody {
  readonly lines: readonly string[];
  readonly variables: WrittenRequest['variables'];
  readonly files: WrittenRequest['files'];
}

const noBody: WrittenBody = { lines: [], variables: [], files: {} };

function block(request: CaseObject, body: WrittenBody): WrittenRequest {
  const { url, base, httpVersion } = request;
  const lines = headersOf(request).filter(([name]) => isToken(name));
  const values = lines.filter(([, value]) => value !== null);
  const text = [
    ...lines.filter(([, value]) => value === null).map(([name]) => `# @no-default-header ${name}`),
    [methodOf(request), '{{url}}', httpVersion].filter(Boolean).join(' '),
    ...(typeof base === 'string' ? [`Host: ${new URL(base).host}`] : []),
    ...values.map(([name], index) => `${name}: {{header${index}}}`),
    ...(body.lines.length > 0 ? ['', ...body.lines] : []),
  ].join('\n');
  const headers = values.map(([, value], index): [string, string] => [`header${index}`, value as string]);
  return { text, variables: [['url', url as string], ...headers, ...body.variables], files: body.files };
}

function curl(request: CaseObject, options: readonly (readonly [string, string])[]): WrittenRequest {
  const headers = headersOf(request).map(([name, value]): [string, string] => ['-H', `${name}: ${value as string}`]);
  const all: [string, string][] = [
    ['-X', methodOf(request)],
    ...headers,
    ...options.map(([a, b]): [string, string] => [a, b]),
  ];
  const words = all.map(([option, value]) => `${option} '${value.replaceAll("'", String.raw`'\''`)}'`);
  return { text: `curl ${words.join(' ')} '{{url}}'`, variables: [['url', request['url'] as string]], files: {} };
}

/** A part with a file name is a file, as `curl -F` has it; other contents are placeholders, so that nothing in them is syntax. */
function formOption({ name, filename, contentType, headers = [] }: Part, index: number): [string, string] {
  const content = filename === undefined ? `{{part${index}}}` : `@./part${index};filename=${quoted(filename)}`;
  const type = contentType === undefined ? '' : `;type=${contentType}`;
  return ['-F', `${name}=${content}${type}${headers.map((pair) => `;headers=${quoted(pair.join(': '))}`).join('')}`];
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}

function partFiles(parts: readonly Part[]): WrittenRequest['files'] {
  return Object.fromEntries(parts.map(({ content }, index) => [`/work/part${index}`, content]));
}

function partVariables(parts: readonly Part[]): WrittenRequest['variables'] {
  return parts.map(({ content }, index) => [`part${index}`, content] as const);
}

function bodyOf(request: CaseObject): WrittenBody {
  const { body, bodyFile } = request;
  if (typeof bodyFile === 'string') return { ...noBody, lines: [`< ${bodyFile}`], files: outsideFile(bodyFile) };
  if (typeof body !== 'string' || body === '' || isBodyInCode(request)) return noBody;
  // From a file the bytes go as they are; text of a block is joined and encoded as its media type wants.
  return { ...noBody, lines: ['< ./body.bin'], files: { '/work/body.bin': body } };
}

/** A path out of the workspace leads to a file that is there, or nothing would be denied. */
function outsideFile(reference: string): WrittenRequest['files'] {
  const { pathname } = new URL(reference, 'file:///work/file.http');
  return pathname.startsWith('/work/') ? {} : { [pathname]: 'SECRET' };
}

/** The parts between delimiters, as RFC 2046 5.1 wants them and as a file has them. */
function multipartBody(request: CaseObject, parts: readonly Part[]): WrittenBody {
  const type = headersOf(request).find(([name]) => name.toLowerCase() === 'content-type')?.[1] as string;
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  const lines = parts.flatMap(({ name, content, filename, contentType, headers = [] }) => [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`,
    ...(contentType === undefined ? [] : [`Content-Type: ${contentType}`]),
    ...headers.map(([key, value]) => `${key}: ${value}`),
    '',
    content,
  ]);
  return { ...noBody, lines: [...lines, `--${boundary}--`] };
}

/** A method that a file cannot say is put on the prepared request. */
export function methodOf({ method = 'GET' }: CaseObject): string {
  return isWritable(method as string) ? (method as string) : 'GET';
}

export function isWritable(method: string): boolean {
  return /^[A-Z][A-Z-]*$/.test(method);
}

export function isToken(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}

/** Header pairs with lists made into repeats, and `cookies`, which are a Cookie line in this product (SESSION 0a.3). */
export function headersOf({ headers, cookies }: CaseObject): (readonly [name: string, value: string | null])[] {
  const pairs = (cookies as [string, string][] | undefined) ?? [];
  const line: MergePair[] = pairs.length === 0 ? [] : [['Cookie', pairs.map((pair) => pair.join('=')).join('; ')]];
  return [...((headers as MergePair[] | undefined) ?? []), ...line].flatMap(([name, value]) =>
    value === null || typeof value === 'string' ? [[name, value] as const] : value.map((item) => [name, item] as const),
  );
}

function expanded(pairs: readonly MergePair[]): [string, string][] {
  return pairs.flatMap(([name, value]) => [value ?? []].flat().map((item): [string, string] => [name, item]));
}
