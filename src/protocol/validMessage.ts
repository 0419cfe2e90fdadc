import type { FromView, ToView } from './messages.ts';

/** What a field of a message holds: a type, several words of which it is one, or a test. A `?` stands for a field that may be absent. */
type Field = 'string' | 'number' | 'boolean' | 'object' | 'string?' | ((value: unknown) => boolean);
type Shape<Message> = { readonly [Name in Exclude<keyof Message, 'type'>]-?: Field };
type Shapes<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: Shape<Extract<Message, { readonly type: Type }>>;
};

/**
 * The message as it came when it is one that the extension may get from its view. Each field is looked at, because what is
 * posted crosses from a page that shows text of strangers; a field that is too many says nothing.
 */
export function validFromView(message: unknown): FromView | undefined {
  return fits(message, fromViewShapes) ? (message as FromView) : undefined;
}

/** The message as it came when it is one that the view may get: its own parts, and as much of an exchange as it is drawn by. */
export function validToView(message: unknown): ToView | undefined {
  return fits(message, toViewShapes) ? (message as ToView) : undefined;
}

const atHop = { id: 'string', hop: isCount } as const;

const fromViewShapes: Shapes<FromView> = {
  ready: {},
  resend: { id: 'string' },
  cancel: { id: 'string' },
  sendNow: { id: 'string' },
  pin: { id: 'string', pinned: 'boolean' },
  copyBody: atHop,
  saveBody: atHop,
  openBody: atHop,
  openOutside: atHop,
  previewBody: atHop,
  decodeBody: { ...atHop, encoding: 'string?' },
  filterBody: { ...atHop, path: 'string', ask: isCount },
  askBody: { ...atHop, question: isBodyAsk, ask: isCount },
  copyText: { text: 'string' },
  copyHopAsHttp: atHop,
  copyHopAsCurl: { ...atHop, shell: isShell },
  exportHar: { id: 'string' },
  compare: { id: 'string' },
  stopHere: atHop,
  sendFromHere: atHop,
  openEntry: { id: 'string' },
  stopBatch: { id: 'string' },
  undoChange: { id: 'string' },
  showCookie: { key: isCookieKey },
  showRequest: { id: 'string' },
  showProblem: { line: isCount, column: isCount },
  offer: { id: 'string', command: isOneOf(['loginAgain', 'openTrust', 'followOneHop']) },
};

function isShell(value: unknown): boolean {
  return value === undefined || isOneOf(['bash', 'powershell', 'cmd'])(value);
}

const toViewShapes: Shapes<ToView> = {
  show: { exchange: isExchange, pinned: 'boolean', batch: isBatch, strings: isTexts },
  stream: { id: 'string', hop: isCount, change: isStreamChange },
  empty: { message: 'string' },
  filtered: { ask: isCount, result: isFilterResult },
  bodyPart: { ask: isCount, part: isBodyAnswer },
};

function fits(message: unknown, shapes: Readonly<Record<string, Readonly<Record<string, Field>>>>): boolean {
  if (!isRecord(message) || typeof message['type'] !== 'string' || !Object.hasOwn(shapes, message['type']))
    return false;
  return Object.entries(shapes[message['type']] ?? {}).every(([name, field]) => holds(message[name], field));
}

function holds(value: unknown, field: Field): boolean {
  if (typeof field === 'function') return field(value);
  if (field === 'object') return isRecord(value);
  return field === 'string?' ? value === undefined || typeof value === 'string' : typeof value === field;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Our choice: more rows, or more of each, than any screen has. */
const mostRows = 10_000;
const mostColumns = 1_000_000;

/** What a thread is asked that reads files: every number and word of it is looked at. */
function isBodyAsk(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, form, line, count, column, width, terms, at, step, from, to, path } = value;
  switch (kind) {
    case 'lines':
      return isForm(form) && [line, column].every(isIndex) && isUpTo(mostRows)(count) && isUpTo(mostColumns)(width);
    case 'search':
      return isForm(form) && isTerms(terms);
    case 'match':
      return (isIndex(at) || isPlace(at)) && (step === 0 || step === 1 || step === -1);
    case 'fold':
      return isForm(form) && isIndex(line);
    case 'text':
      return isForm(form) && isPlace(from) && isPlace(to);
    case 'filter':
      return typeof path === 'string';
    default:
      return false;
  }
}

function isTerms(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    [value['matchCase'], value['wholeWord'], value['isExpression']].every((each) => typeof each === 'boolean')
  );
}

/** Its rows and its numbers are what a viewer goes by. */
function isBodyAnswer(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, state, rows, count, searched, match, end, text, result, message } = value;
  switch (kind) {
    case 'lines':
      return isTextState(state) && Array.isArray(rows) && rows.every(isRow);
    case 'match':
      return isIndex(count) && typeof searched === 'number' && (match === undefined || isMatch(match));
    case 'fold':
      return end === undefined || isIndex(end);
    case 'text':
      return typeof text === 'string';
    case 'filter':
      return isIndex(count) && typeof searched === 'number' && (result === undefined || isFilterResult(result));
    case 'unfollowed':
      return true;
    case 'trouble':
      return typeof message === 'string';
    default:
      return false;
  }
}

function isTextState(value: unknown): boolean {
  return isRecord(value) && isIndex(value['lines']) && isIndex(value['widest']) && typeof value['known'] === 'number';
}

function isRow(value: unknown): boolean {
  return (
    isRecord(value) &&
    [value['line'], value['from'], value['bytes']].every(isIndex) &&
    typeof value['text'] === 'string' &&
    Array.isArray(value['marks']) &&
    value['marks'].every((mark) => Array.isArray(mark) && mark.length === 2 && mark.every(isIndex))
  );
}

function isMatch(value: unknown): boolean {
  return isRecord(value) && isIndex(value['number']) && isPlace(value['place']) && isIndex(value['bytes']);
}

function isStreamChange(value: unknown): boolean {
  return (
    isRecord(value) &&
    isOneOf(['events', 'text'])(value['kind']) &&
    [value['total'], value['dropped'], value['wireBytes'], value['decodedBytes']].every(isIndex) &&
    Array.isArray(value['added']) &&
    value['added'].every(isPiece)
  );
}

function isPiece(value: unknown): boolean {
  return (
    isRecord(value) &&
    isCount(value['number']) &&
    typeof value['atMs'] === 'number' &&
    typeof value['text'] === 'string'
  );
}

function isForm(value: unknown): boolean {
  return value === 'raw' || value === 'pretty' || value === 'hex';
}

function isPlace(value: unknown): boolean {
  return isRecord(value) && isIndex(value['line']) && isIndex(value['column']);
}

/** Counts from 0. */
function isIndex(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Numbers of hops, lines and questions. */
function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isUpTo(most: number): (value: unknown) => boolean {
  return (value) => isIndex(value) && Number(value) <= most;
}

function isOneOf(words: readonly string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && words.includes(value);
}

function isTexts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(isText);
}

function isCookieKey(value: unknown): boolean {
  return (
    isRecord(value) &&
    [value['name'], value['domain'], value['path']].every((part) => typeof part === 'string') &&
    typeof value['hostOnly'] === 'boolean'
  );
}

const isState = isOneOf(['running', 'completed', 'failed', 'cancelled', 'blocked']);

function isExchange(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    isState(value['state']) &&
    [value['problems'], value['warnings'], value['captured'], value['offers'], value['saved'] ?? []].every(
      Array.isArray,
    ) &&
    Array.isArray(value['hops']) &&
    value['hops'].every(isHop)
  );
}

function isHop(value: unknown): boolean {
  return (
    isRecord(value) &&
    isCount(value['number']) &&
    typeof value['method'] === 'string' &&
    typeof value['url'] === 'string' &&
    isRecord(value['cookies']) &&
    (value['body'] === undefined || isRecord(value['body']))
  );
}

/** Absent when the exchange was sent by itself. */
function isBatch(value: unknown): boolean {
  return (
    value === undefined || (isRecord(value) && Array.isArray(value['entries']) && value['entries'].every(isRecord))
  );
}

function isFilterResult(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, text, places, message, count, remark } = value;
  const isSaid = (count === undefined || isIndex(count)) && (remark === undefined || isText(remark));
  if (kind === 'found') return isText(text) && Array.isArray(places) && places.every(isText) && isSaid;
  return kind === 'trouble' ? typeof message === 'string' : kind === 'nothing';
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
