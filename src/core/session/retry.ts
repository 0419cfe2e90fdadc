import type { Failure, FailureCode } from '../http/failure.ts';
import type { RetryRules, RetrySetting } from './settings.ts';

/** How one attempt ended, as far as a retry cares. */
export type Attempt =
  | { readonly kind: 'response'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'failure'; readonly code: FailureCode; readonly requestSent: boolean };

export interface RetryScene {
  readonly setting: RetrySetting | undefined;
  readonly method: string;
  /** False: the body can be read only once. */
  readonly replayable: boolean;
  /** Attempts on this URL before this one, all of them repeated. */
  readonly before: readonly Attempt[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** From 0 to 1, for `backoffJitter`. */
  readonly random: number;
  /** Milliseconds left of the total timeout. */
  readonly timeLeftMs: number | undefined;
}

export type RetryVerdict =
  | { readonly kind: 'again'; readonly waitMs: number; readonly reason: string }
  /** Nothing that is repeated: what came stands. */
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Whether an attempt is made again, by the rules of urllib3's `Retry` (SESSION K3 to K6). Pure. */
export function judgeAttempt(attempt: Attempt, scene: RetryScene): RetryVerdict {
  const rules = rulesOf(scene.setting);
  const kind = rules && repeatable(attempt, rules, scene);
  if (rules === undefined || kind === undefined) return { kind: 'end' };
  const attempts = [...scene.before, attempt];
  if (isExhausted(kind, attempts, rules)) return exhausted(attempt, attempts.length, rules);
  if (!scene.replayable && kind !== 'connect') return unrepeatable(attempt);
  const retryAfter = attempt.kind === 'response' ? attempt.retryAfter : undefined;
  const waitMs = retryWaitMs({ ...scene, failedAttempts: attempts.length, retryAfter });
  // To wait for what then must not be sent helps nobody.
  if (waitMs >= (scene.timeLeftMs ?? Infinity)) return { kind: 'failed', failure: noTimeFor(waitMs) };
  return { kind: 'again', waitMs, reason: `${wordsOf(attempt)}: attempt ${attempts.length + 1}` };
}

/**
 * Milliseconds before the next attempt: none after the first failure, then `backoffFactor` seconds doubled each time
 * (Retry.get_backoff_time). A Retry-After comes before that; it is capped at six hours, as urllib3 does.
 */
export function retryWaitMs(given: {
  readonly setting: RetrySetting | undefined;
  readonly failedAttempts: number;
  readonly retryAfter: string | undefined;
  readonly now: number;
  readonly random: number;
}): number {
  const rules = rulesOf(given.setting);
  if (rules === undefined) return 0;
  const asked = rules.respectRetryAfterHeader ? retryAfterMs(given.retryAfter, given.now) : undefined;
  if (asked !== undefined) return Math.min(asked, longestRetryAfterMs);
  if (given.failedAttempts <= 1) return 0;
  const seconds = rules.backoffFactor * 2 ** (given.failedAttempts - 1) + given.random * rules.backoffJitter;
  return Math.round(Math.min(rules.backoffMax, seconds) * 1000);
}

const longestRetryAfterMs = 6 * 60 * 60 * 1000;

/** RFC 9110 10.2.3: seconds or a date, which may be past. `undefined`: neither. */
function retryAfterMs(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // The three forms of RFC 9110 5.6.7, all of them in GMT: asctime does not say so itself.
  const time = Date.parse(/^[A-Za-z]{3} [A-Za-z]{3} /.test(text) ? `${text} GMT` : text);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}

/** Rules with urllib3's defaults; `undefined`: nothing is repeated. */
function rulesOf(setting: RetrySetting | undefined): Required<RetryRules> | undefined {
  if (setting === undefined || setting === 0) return undefined;
  // requests: a number is for connections that failed, never for what may have reached the server.
  if (typeof setting === 'number') return { ...urllib3, total: setting, read: 0, respectRetryAfterHeader: false };
  return { ...urllib3, ...setting };
}

const urllib3: Required<RetryRules> = {
  total: 10,
  connect: Infinity,
  read: Infinity,
  status: Infinity,
  statusForcelist: [],
  allowedMethods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'TRACE'],
  backoffFactor: 0,
  backoffMax: 120,
  backoffJitter: 0,
  respectRetryAfterHeader: true,
  raiseOnStatus: true,
};

type Budget = 'connect' | 'read' | 'status';

const connectFailures: ReadonlySet<FailureCode> = new Set([
  'dns-failed',
  'connect-refused',
  'connect-failed',
  'connect-timeout',
  'proxy-unreachable',
]);
const readFailures: ReadonlySet<FailureCode> = new Set(['connection-lost', 'read-timeout']);
const retryAfterStatuses: ReadonlySet<number> = new Set([413, 429, 503]);
/** RFC 9110 9.2.2, and registered methods that are idempotent too. */
const idempotent: ReadonlySet<string> = new Set(
  'DELETE GET HEAD OPTIONS PUT TRACE QUERY PROPFIND REPORT SEARCH'.split(' '),
);

/** What an attempt is charged to; `undefined` when its kind is never repeated. */
function repeatable(
  attempt: Attempt,
  rules: Required<RetryRules>,
  { method, before }: Pick<RetryScene, 'method' | 'before'>,
): Budget | undefined {
  const verb = method.toUpperCase();
  const listed = rules.allowedMethods === 'any' ? undefined : rules.allowedMethods;
  const isAllowed = listed?.some((each) => each.toUpperCase() === verb) ?? true;
  if (attempt.kind === 'failure') {
    const isLost = readFailures.has(attempt.code);
    // Nothing was sent, so the server cannot have acted: every method may be repeated.
    if (connectFailures.has(attempt.code) || (isLost && !attempt.requestSent)) return 'connect';
    // The server may have acted already, whatever methods are listed (SESSION 5).
    return isLost && isAllowed && idempotent.has(verb) ? 'read' : undefined;
  }
  if (!isAllowed) return undefined;
  if (rules.statusForcelist.includes(attempt.status)) return 'status';
  // Retry.is_retry: a Retry-After is obeyed without a list, as long as there is something left of the total.
  const isAsked = rules.respectRetryAfterHeader && attempt.retryAfter !== undefined;
  return isAsked && retryAfterStatuses.has(attempt.status) && before.length < rules.total ? 'status' : undefined;
}

function isExhausted(kind: Budget, attempts: readonly Attempt[], rules: Required<RetryRules>): boolean {
  const used = attempts.filter((attempt) => budgetOf(attempt) === kind).length;
  return attempts.length > rules.total || used > rules[kind];
}

/** The budget of an attempt that was repeated. */
function budgetOf(attempt: Attempt): Budget {
  if (attempt.kind === 'response') return 'status';
  return connectFailures.has(attempt.code) || !attempt.requestSent ? 'connect' : 'read';
}

function exhausted(attempt: Attempt, attempts: number, { raiseOnStatus }: Required<RetryRules>): RetryVerdict {
  // A connection that failed has its own failure, which says more.
  if (attempt.kind === 'failure' || !raiseOnStatus) return { kind: 'end' };
  const failure: Failure = {
    code: 'retry-exhausted',
    message: `There were too many ${attempt.status} error responses: ${attempts === 1 ? 'the only attempt' : `all ${attempts} attempts`} ended without success.`,
    hint: 'Look at the last response, which is kept; send again later, or raise "total" of the retry setting.',
  };
  return { kind: 'failed', failure };
}

function unrepeatable(attempt: Attempt): RetryVerdict {
  if (attempt.kind === 'failure') return { kind: 'end' };
  const failure: Failure = {
    code: 'body-not-replayable',
    message: `${attempt.status} asks for another attempt, but the body is a stream that can be read only once.`,
    hint: 'Send the body from a file or as text, or send the request without retries.',
  };
  return { kind: 'failed', failure };
}

function noTimeFor(waitMs: number): Failure {
  return {
    code: 'total-timeout',
    message: `The next attempt would have to wait ${Math.ceil(waitMs / 1000)} s, longer than the whole send may take.`,
    hint: 'Raise the total timeout, or send again later.',
  };
}

function wordsOf(attempt: Attempt): string {
  return attempt.kind === 'response' ? `${attempt.status} is tried again` : `${attempt.code} is tried again`;
}
