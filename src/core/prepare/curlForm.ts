import type { CurlCommand } from '../syntax/ast.ts';
import { multipartBoundary } from './bodyMediaType.ts';
import type { BodyPiece } from './requestBody.ts';

/** What a `-F` argument needs of the request that is being prepared. */
export interface FormSource {
  /** Replaces placeholders of a text of the body. */
  text(written: string): Promise<string>;
  file(path: string): Promise<BodyPiece | undefined>;
  /** 32 hexadecimal digits nobody can guess (CVE-2025-22150). */
  randomBoundary(): string;
}

/**
 * The parts of `curl -F` as `multipart/form-data` (RFC 7578), in the order written (SESSION P12). A Content-Type that is
 * `written` keeps its boundary, and gets one where it has none, as curl does it.
 */
export async function curlForm(
  form: CurlCommand['form'],
  source: FormSource,
  written?: string,
): Promise<{ readonly pieces: readonly BodyPiece[]; readonly contentType: string }> {
  const own = multipartBoundary(written);
  const boundary = own ?? `------------------------${source.randomBoundary()}`;
  const pieces: BodyPiece[] = [];
  for (const field of form) {
    const part = partOf(field);
    const name = await source.text(field.name);
    pieces.push(utf8(`--${boundary}\r\n${headOf(name, part).join('\r\n')}\r\n\r\n`));
    const content = part.isFile ? await source.file(part.content) : utf8(await source.text(part.content));
    if (content) pieces.push(content);
    pieces.push(utf8('\r\n'));
  }
  pieces.push(utf8(`--${boundary}--\r\n`));
  const type = written ?? 'multipart/form-data';
  return { pieces, contentType: own === undefined ? `${type}; boundary=${boundary}` : type };
}

interface Part {
  readonly content: string;
  readonly isFile: boolean;
  readonly type: string | undefined;
  readonly filename: string | undefined;
  readonly headers: readonly string[];
}

/** `content;type=T;filename=F;headers="Name: value"` as curl(1) has it. Text without such an option is whole, semicolons and all. */
function partOf({ value, file }: CurlCommand['form'][number]): Part {
  const [content = '', ...options] = value.split(/;(?=\s*(?:type|filename|headers)=)/);
  const said = options.map((option) => {
    const equals = option.indexOf('=');
    return [option.slice(0, equals).trim(), unquoted(option.slice(equals + 1))] as const;
  });
  const option = (name: string): string | undefined => said.find(([key]) => key === name)?.[1];
  return {
    content: file ? unquoted(content) : content,
    isFile: file,
    type: option('type') ?? (file ? 'application/octet-stream' : undefined),
    filename: option('filename') ?? (file ? content.split(/[\\/]/).at(-1) : undefined),
    headers: said.filter(([key]) => key === 'headers').map(([, line]) => line),
  };
}

function headOf(name: string, { filename, type, headers }: Part): readonly string[] {
  const file = filename === undefined ? '' : `; filename="${quoted(filename)}"`;
  return [
    `Content-Disposition: form-data; name="${quoted(name)}"${file}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    // A line break here would begin another header, or the content.
    ...headers.map((line) => line.replace(/[\r\n]+/g, ' ')),
  ];
}

/** curl(1): a quoted value may hold semicolons; a backslash takes the next character as it is. */
function unquoted(text: string): string {
  const inner = /^\s*"((?:[^"\\]|\\.)*)"\s*$/s.exec(text)?.[1];
  return inner === undefined ? text : inner.replace(/\\(.)/gs, '$1');
}

/** WHATWG HTML "multipart/form-data encoding algorithm": what would end the quoted name is escaped. */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
