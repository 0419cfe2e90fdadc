import { base64Of } from '../core/text/base64.ts';
import { bodyFromFile, type CurlBody, type CurlCommand, type CurlOption } from './curlCommand.ts';

/** For bash. A body that no argument can hold (bytes that are no text, or too many) is piped into it. */
export function bashCommand({ url, options, body }: CurlCommand): string {
  const { before, options: ofBody } = bodyArguments(body);
  return `${before}curl ${[quoted(url), ...options.map(written), ...ofBody].join(' \\\n  ')}`;
}

const short: Readonly<Record<string, string>> = { header: '-H', request: '-X' };

function written({ name, value }: CurlOption): string {
  const option = short[name] ?? `--${name}`;
  return value === undefined ? option : `${option} ${quoted(value, name === 'header' ? 'latin-1' : 'utf-8')}`;
}

interface BodyArguments {
  /** A pipe that ends in curl, or nothing. */
  readonly before: string;
  readonly options: readonly string[];
}

/** Linux takes no argument of more than 128 KiB (MAX_ARG_STRLEN); printf is built into bash and has no such limit. */
const argumentLimit = 100_000;

function bodyArguments(body: CurlBody): BodyArguments {
  switch (body.kind) {
    case 'none':
      return { before: '', options: [] };
    case 'file':
      return { before: `# ${bodyFromFile}\n`, options: [`--data-binary '@body'`] };
    case 'bytes':
      return {
        before: `printf %s ${quoted(base64Of(body.bytes))} | base64 -d | `,
        options: ['--data-binary @-'],
      };
    case 'text': {
      const shown = quoted(body.text);
      if (shown.length > argumentLimit) return { before: `printf %s ${shown} | `, options: ['--data-binary @-'] };
      return { before: '', options: [`--data-raw ${shown}`] };
    }
  }
}

/** One word for bash: bare when it is harmless, in single quotes when it is printable, else in `$'…'` with escapes. */
function quoted(text: string, encoding: 'utf-8' | 'latin-1' = 'utf-8'): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const unsafe = encoding === 'latin-1' ? /[^\x20-\x7e]/ : /[\0-\x09\x0b-\x1f\x7f]/;
  if (!unsafe.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text.replace(/[\\'\0-\x1f\x7f-\xff]/g, (character) => escapedCharacter(character, encoding));
  return `$'${escaped}'`;
}

/** Three octal digits: unlike `\x` they cannot swallow a digit that follows. */
function escapedCharacter(character: string, encoding: 'utf-8' | 'latin-1'): string {
  if (character === '\\' || character === "'") return `\\${character}`;
  if (character === '\n') return String.raw`\n`;
  const code = character.charCodeAt(0);
  return code > 0x7f && encoding === 'utf-8' ? character : `\\${code.toString(8).padStart(3, '0')}`;
}
