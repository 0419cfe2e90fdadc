import { base64Of } from '../core/text/base64.ts';
import { bodyFromFile, latin1, type CurlBody, type CurlCommand, type CurlOption } from './curlCommand.ts';

/**
 * For the prompt of cmd.exe. What its command line cannot hold (other characters than ASCII, ends of lines, much text) goes through a
 * file in the folder for temporary files, which certutil, a part of Windows, makes from Base64.
 */
export function cmdCommand({ url, options, body }: CurlCommand): string {
  const raw = options.filter(isRawHeader).map(({ value = '' }) => `${value}\r\n`);
  const rest = [written(url), ...options.filter((option) => !isRawHeader(option)).map(optionText)];
  const { before, argument } = bodyParts(body, lineLimit - rest.join(continued).length);
  // Files come first: behind a percent sign of a value, cmd might look for another name than TEMP.
  const files = raw.length > 0 ? [`--header "@${pathOf('headers')}"`] : [];
  return [
    ...(raw.length > 0 ? fileLines('headers', latin1(raw.join(''))) : []),
    ...before,
    `curl ${[...files, ...(before.length > 0 ? [...argument, ...rest] : [...rest, ...argument])].join(continued)}`,
  ].join('\n');
}

/** A caret at its end goes on with the line. */
const continued = ' ^\n  ';

/** cmd takes no line of more than 8191 characters; the rest is for paths. */
const lineLimit = 7500;

const short: Readonly<Record<string, string>> = { header: '-H', request: '-X' };

function optionText({ name, value }: CurlOption): string {
  const option = short[name] ?? `--${name}`;
  return value === undefined ? option : `${option} ${written(value)}`;
}

function isRawHeader({ name, value = '' }: CurlOption): boolean {
  return name === 'header' && /[^\x20-\x7e]/.test(value);
}

function bodyParts(body: CurlBody, room: number): { before: readonly string[]; argument: readonly string[] } {
  switch (body.kind) {
    case 'none':
      return { before: [], argument: [] };
    case 'file':
      return { before: [`rem ${bodyFromFile}`], argument: ['--data-binary "@body"'] };
    case 'bytes':
      return inFile(body.bytes);
    case 'text': {
      const shown = /[^\x20-\x7e]/.test(body.text) ? undefined : written(body.text);
      return shown !== undefined && shown.length < room
        ? { before: [], argument: [`--data-raw ${shown}`] }
        : inFile(new TextEncoder().encode(body.text));
    }
  }
}

function inFile(bytes: Uint8Array): { before: readonly string[]; argument: readonly string[] } {
  return { before: fileLines('body', bytes), argument: [`--data-binary "@${pathOf('body')}"`] };
}

function pathOf(name: string): string {
  return String.raw`%TEMP%\crumbtrail-${name}.bin`;
}

/** Characters of Base64 in one line. */
const lineOfBase64 = 2000;

function fileLines(name: string, bytes: Uint8Array): string[] {
  const code = String.raw`"%TEMP%\crumbtrail-${name}.txt"`;
  const lines = base64Of(bytes).match(new RegExp(`.{1,${lineOfBase64}}`, 'g')) ?? [];
  if (lines.length === 0) return [`copy /y nul "${pathOf(name)}" > nul`];
  return [
    ...lines.map((line, index) => `${index === 0 ? '>' : '>>'} ${code} echo ${line}`),
    `certutil -f -decode ${code} "${pathOf(name)}" > nul`,
  ];
}

/**
 * One argument, by both readers' rules: curl takes its command line apart as Microsoft's C runtime does (a quote is `\"`, and backslashes
 * count only before a quote), and before that cmd expands and strips. To cmd nothing here is quoted: a caret stands before each character
 * that may mean something to it, and behind each percent sign, so that no name of a variable comes about.
 */
function written(text: string): string {
  if (/^[\w@+=:,./-]+$/.test(text)) return text;
  const argument = `"${text.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) => `${slashes}${slashes}${quote && '\\"'}`)}"`;
  return argument.replace(/(%?)([^%])|%/g, (_, percent: string, character: string | undefined) => {
    if (character === undefined) return '^%';
    const isHarmless = percent === '' && /[\w :/=+.,@~-]/.test(character);
    return `${percent && '^%'}${isHarmless ? '' : '^'}${character}`;
  });
}
