import { base64Of } from '../core/text/base64.ts';
import { bodyFromFile, type CurlBody, type CurlCommand } from './curlCommand.ts';

/**
 * For PowerShell 5.1 and later. Everything goes to curl as a config file through the pipe: how PowerShell hands quotes to programs differs
 * between its versions, and nothing in a single-quoted here-string means anything to it.
 */
export function powerShellCommand({ url, options, body }: CurlCommand): string {
  const headers = options.flatMap(({ name, value }) => (name === 'header' && value !== undefined ? [value] : []));
  const hasLatin = headers.some((line) => !isAscii(line));
  const { before, line, after } = bodyParts(body, hasLatin);
  const lines = [
    entry('url', url),
    ...options.map(({ name, value }) => entry(name, value)),
    ...(line === undefined ? [] : [line]),
  ];
  const config = lines.join('\n');
  return [
    ...before,
    ...(isAscii(config) ? [] : [`$OutputEncoding = ${encodings[hasLatin ? 'latin1' : 'utf8']}`]),
    `@'\n${config}\n'@ | curl.exe --config -${after}`,
  ].join('\n');
}

/** What a pipe to a program is written in; PowerShell 5.1 would write ASCII, and put question marks for the rest. */
const encodings = {
  utf8: '[Text.UTF8Encoding]::new($false)',
  latin1: '[Text.Encoding]::GetEncoding(28591)',
} as const;

interface BodyParts {
  readonly before: readonly string[];
  /** Of the config file. */
  readonly line?: string;
  /** Behind the command. */
  readonly after: string;
}

function bodyParts(body: CurlBody, hasLatin: boolean): BodyParts {
  switch (body.kind) {
    case 'none':
      return { before: [], after: '' };
    case 'file':
      return { before: [`# ${bodyFromFile}`], line: entry('data-binary', '@body'), after: '' };
    case 'bytes':
      return fileParts(body.bytes);
    case 'text':
      // Where the pipe carries headers byte for byte, it cannot carry UTF-8 as well.
      return hasEscapes(body.text) && !(hasLatin && !isAscii(body.text))
        ? { before: [], line: entry('data-raw', body.text), after: '' }
        : fileParts(new TextEncoder().encode(body.text));
  }
}

function fileParts(bytes: Uint8Array): BodyParts {
  return {
    before: [
      '$body = [IO.Path]::GetTempFileName()',
      `[IO.File]::WriteAllBytes($body, [Convert]::FromBase64String('${base64Of(bytes)}'))`,
    ],
    after: ' --data-binary "@$body"',
  };
}

/** A line of a config file: the escapes are those of curl(1) `--config`, and there are no others. */
function entry(name: string, value: string | undefined): string {
  if (value === undefined) return name;
  return `${name} = "${value.replace(/[\\"\t\n\r\v]/g, (character) => escapes[character] ?? character)}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '"': String.raw`\"`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\v': String.raw`\v`,
};

/** Control characters without an escape would stand in the clipboard as they are. */
function hasEscapes(text: string): boolean {
  return !/[\0-\x08\x0c\x0e-\x1f\x7f\ufeff]/.test(text);
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}
