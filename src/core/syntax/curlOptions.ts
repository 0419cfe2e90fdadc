import { Piece, type SpannedText } from '../text/span.ts';
import type { CurlCommand, CurlData } from './ast.ts';

/** What the words of a curl command say, and where they say it. */
export interface CurlReading {
  readonly command: CurlCommand;
  readonly url: SpannedText | undefined;
  readonly method: SpannedText | undefined;
  /** Options that are not understood, and addresses behind the first. */
  readonly unknown: readonly SpannedText[];
}

/** Reads the words behind `curl`. Options without influence on the request (`-s`, `-v`, `-o file`) are passed over. */
export function curlOptions(words: readonly SpannedText[]): CurlReading {
  const draft = emptyCommand();
  const reading: ReadingDraft = { url: undefined, method: undefined, unknown: [], command: draft };
  const queue = new Words(words);
  for (let word = queue.take(); word; word = queue.take()) {
    if (word.text.startsWith('--') && word.text.length > 2) readLong(word, queue, reading);
    else if (/^-[^\d-]/.test(word.text)) readShort(word, queue, reading);
    else keepUrl(word, reading);
  }
  return reading;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
interface CommandDraft extends Mutable<Omit<CurlCommand, 'headers' | 'data' | 'form'>> {
  headers: [string, string][];
  data: CurlData[];
  form: { name: string; value: string; file: boolean }[];
}
interface ReadingDraft {
  readonly command: CommandDraft;
  url: SpannedText | undefined;
  method: SpannedText | undefined;
  readonly unknown: SpannedText[];
}

/** An option with an argument changes the reading by its value; the word gives the place. */
type Taker = (reading: ReadingDraft, value: string, word: SpannedText) => void;

const takers: Readonly<Record<string, Taker>> = {
  request: (reading, value, word) => {
    reading.command.method = value;
    reading.method = spannedAs(value, word);
  },
  url: (reading, value, word) => keepUrl(spannedAs(value, word), reading),
  header: ({ command }, value) => command.headers.push(headerOf(value)),
  data: ({ command }, value) => command.data.push(dataOf('data', value)),
  'data-raw': ({ command }, value) => command.data.push({ kind: 'raw', value, file: false }),
  'data-binary': ({ command }, value) => command.data.push(dataOf('binary', value)),
  'data-urlencode': ({ command }, value) => command.data.push({ kind: 'urlencode', value, file: false }),
  json: ({ command }, value) => command.data.push(dataOf('json', value)),
  form: ({ command }, value) => command.form.push(formOf(value, true)),
  'form-string': ({ command }, value) => command.form.push(formOf(value, false)),
  user: ({ command }, value) => (command.user = value),
  'aws-sigv4': ({ command }, value) => (command.awsSigv4 = value),
  'oauth2-bearer': ({ command }, value) => command.headers.push(['Authorization', `Bearer ${value}`]),
  'user-agent': ({ command }, value) => command.headers.push(['User-Agent', value]),
  referer: ({ command }, value) => command.headers.push(['Referer', value]),
  cookie: ({ command }, value) => {
    // A value without `=` names a file, as curl has it; a placeholder stands for pairs.
    if (value.includes('=') || value.includes('{{'))
      command.cookie = command.cookie ? `${command.cookie}; ${value}` : value;
    else command.cookieFile = value;
  },
  proxy: ({ command }, value) => (command.proxy = value),
  'proxy-user': ({ command }, value) => (command.proxyUser = value),
  socks5: ({ command }, value) => (command.proxy = `socks5://${value}`),
  'socks5-hostname': ({ command }, value) => (command.proxy = `socks5h://${value}`),
  'max-time': ({ command }, value) => (command.maxTimeSeconds = Number.parseFloat(value) || undefined),
  'connect-timeout': ({ command }, value) => (command.connectTimeoutSeconds = Number.parseFloat(value) || undefined),
  'max-redirs': ({ command }, value) => (command.maxRedirects = count(value)),
  retry: ({ command }, value) => (command.retry = count(value)),
  range: ({ command }, value) => command.headers.push(['Range', `bytes=${value}`]),
  cert: ({ command }, value) => (command.cert = value),
  key: ({ command }, value) => (command.key = value),
  cacert: ({ command }, value) => (command.cacert = value),
  pass: ({ command }, value) => (command.passphrase = value),
};

const flags: Readonly<Record<string, (command: CommandDraft) => void>> = {
  get: (command) => (command.getWithData = true),
  head: (command) => (command.head = true),
  digest: (command) => (command.digest = true),
  insecure: (command) => (command.insecure = true),
  location: (command) => (command.followRedirects = true),
  compressed: (command) => (command.compressed = true),
  http2: (command) => (command.http2 = true),
};

const longNames: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  'data-ascii': 'data',
  F: 'form',
  u: 'user',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  x: 'proxy',
  m: 'max-time',
  E: 'cert',
  U: 'proxy-user',
  r: 'range',
  G: 'get',
  I: 'head',
  k: 'insecure',
  L: 'location',
  c: 'cookie-jar',
  o: 'output',
  w: 'write-out',
  D: 'dump-header',
  K: 'config',
  T: 'upload-file',
  Q: 'quote',
  C: 'continue-at',
  P: 'ftp-port',
  t: 'telnet-option',
  y: 'speed-time',
  Y: 'speed-limit',
  z: 'time-cond',
};

/**
 * Say nothing about the request, or what is done anyway (the netrc file is looked at for every request without credentials); those in
 * the second list have an argument.
 */
const ignoredFlags = new Set(
  (
    's silent S show-error v verbose i include f fail fail-with-body O remote-name J remote-header-name # progress-bar ' +
    'no-progress-meter N no-buffer g globoff basic http1.1 4 6 ipv4 ipv6 no-keepalive path-as-is n netrc netrc-optional ' +
    'create-dirs fail-early tcp-nodelay retry-all-errors retry-connrefused'
  ).split(' '),
);
const ignoredTakers = new Set(
  'cookie-jar output output-dir write-out dump-header stderr trace trace-ascii retry-delay retry-max-time limit-rate'.split(
    ' ',
  ),
);

/** Not acted on, and followed by an argument that must not be taken for the address (curl(1)). */
const unknownTakers = new Set(
  (
    'abstract-unix-socket alt-svc capath cert-type ciphers config connect-to continue-at crlfile curves delegation dns-interface ' +
    'dns-ipv4-addr dns-ipv6-addr dns-servers doh-url ech engine etag-compare etag-save expect100-timeout ftp-account ftp-method ' +
    'ftp-port happy-eyeballs-timeout-ms haproxy-clientip hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway ' +
    'keepalive-cnt keepalive-time key-type krb libcurl local-port login-options mail-auth mail-from mail-rcpt max-filesize ' +
    'netrc-file noproxy parallel-max pinnedpubkey preproxy proto proto-default proto-redir proxy-cacert proxy-capath proxy-cert ' +
    'proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey ' +
    'proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy1.0 pubkey quote random-file ' +
    'rate request-target resolve sasl-authzid service-name socks4 socks4a socks5-gssapi-service speed-limit speed-time ' +
    'telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace-config unix-socket ' +
    'upload-file url-query variable vlan-priority'
  ).split(' '),
);

class Words {
  readonly #words: readonly SpannedText[];
  #at = 0;

  constructor(words: readonly SpannedText[]) {
    this.#words = words;
  }

  take(): SpannedText | undefined {
    return this.#words[this.#at++];
  }
}

function readLong(word: SpannedText, queue: Words, reading: ReadingDraft): void {
  const equals = word.text.indexOf('=');
  const written = equals === -1 ? word.text.slice(2) : word.text.slice(2, equals);
  const name = longNames[written]?.length === 1 ? written : (longNames[written] ?? written);
  if (flags[name]) flags[name](reading.command);
  else if (takers[name] ?? ignoredTakers.has(name)) {
    const value = equals === -1 ? queue.take() : spannedAs(word.text.slice(equals + 1), word);
    if (value) takers[name]?.(reading, value.text, value);
  } else if (!ignoredFlags.has(name)) {
    reading.unknown.push(word);
    if (unknownTakers.has(name) && equals === -1) queue.take();
  }
}

/** `-sSL`, `-XPOST`, `-d @file`: flags may be joined, and an argument may follow its letter at once. */
function readShort(word: SpannedText, queue: Words, reading: ReadingDraft): void {
  for (let at = 1; at < word.text.length; at++) {
    const letter = word.text.charAt(at);
    const name = longNames[letter] ?? letter;
    if (flags[name]) flags[name](reading.command);
    else if (takers[name] ?? ignoredTakers.has(name)) {
      const rest = word.text.slice(at + 1);
      const value = rest === '' ? queue.take() : spannedAs(rest, word);
      if (value) takers[name]?.(reading, value.text, value);
      return;
    } else if (!ignoredFlags.has(name)) {
      reading.unknown.push(word);
      if (unknownTakers.has(name) && at === word.text.length - 1) queue.take();
      return;
    }
  }
}

/** A part of a word has the place of the word: quotes make its own uncertain. */
function spannedAs(text: string, { span }: SpannedText): SpannedText {
  return new Piece(text, span.start, span.end);
}

function keepUrl(word: SpannedText, reading: ReadingDraft): void {
  if (reading.url) reading.unknown.push(word);
  else {
    reading.url = word;
    reading.command.url = word.text;
  }
}

/** `Name: value`; `Name;` sends an empty header, and `Name:` none, which is kept as an empty value. */
function headerOf(value: string): [string, string] {
  const colon = value.indexOf(':');
  if (colon === -1) return [value.replace(/;\s*$/, '').trim(), ''];
  return [value.slice(0, colon).trim(), value.slice(colon + 1).trim()];
}

/** curl's `-1` is no limit, which is left to the settings. */
function count(value: string): number | undefined {
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

function dataOf(kind: CurlData['kind'], value: string): CurlData {
  return value.startsWith('@') ? { kind, value: value.slice(1), file: true } : { kind, value, file: false };
}

function formOf(value: string, allowsFile: boolean): { name: string; value: string; file: boolean } {
  const equals = value.indexOf('=');
  const name = equals === -1 ? value : value.slice(0, equals);
  const content = equals === -1 ? '' : value.slice(equals + 1);
  const file = allowsFile && (content.startsWith('@') || content.startsWith('<'));
  return { name, value: file ? content.slice(1) : content, file };
}

function emptyCommand(): CommandDraft {
  return {
    method: undefined,
    url: undefined,
    headers: [],
    data: [],
    getWithData: false,
    user: undefined,
    digest: false,
    awsSigv4: undefined,
    cookie: undefined,
    cookieFile: undefined,
    form: [],
    insecure: false,
    followRedirects: false,
    proxy: undefined,
    compressed: false,
    head: false,
    maxTimeSeconds: undefined,
    connectTimeoutSeconds: undefined,
    maxRedirects: undefined,
    retry: undefined,
    http2: false,
    proxyUser: undefined,
    cert: undefined,
    key: undefined,
    cacert: undefined,
    passphrase: undefined,
  };
}
