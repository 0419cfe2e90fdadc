import type { SendVerdict } from '../core/cookies/cookie.ts';
import type { SentCookie } from '../core/session/exchange.ts';
import { cookieWords } from './cookieViews.ts';
import { counted } from './timeWords.ts';

export interface WhyInput {
  /** What the answer is about, for example `GET https://a.test/me`. */
  readonly about: string;
  /** For example `Session alice · dev`. */
  readonly session: string;
  /** Every cookie of the session with its verdict, those that go along first. */
  readonly verdicts: readonly SendVerdict[];
  /** What the request would send, when it is more or less than the verdicts say: pairs of its own Cookie line. */
  readonly sent?: readonly SentCookie[];
  /** `# @no-cookie-jar`: the session's cookies stay at home whatever their verdict. */
  readonly withoutJar?: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** "Why not sent?" as a text to read: each cookie with its verdict in words. No value of a cookie is in it. */
export function whyText(input: WhyInput): string {
  const { about, session, verdicts, now } = input;
  const explicit = (input.sent ?? []).filter((cookie) => cookie.explicit).map(({ name }) => name);
  const replaced = replacedNames(input, explicit);
  const isSent = (verdict: SendVerdict): boolean =>
    verdict.sent && input.withoutJar !== true && !replaced.has(verdict.cookie.name);
  const along = verdicts.filter(isSent);
  const rows = (all: readonly SendVerdict[], reason: (verdict: SendVerdict) => string) =>
    all.flatMap((verdict) => [
      `  ${verdict.cookie.name || '(no name)'}  ${place(verdict)}`,
      `      ${reason(verdict)}`,
    ]);
  const own = explicit.map((name) => `  ${name || '(no name)'}  from the Cookie line of the request`);
  const stays = verdicts.filter((verdict) => !isSent(verdict));
  return [
    `Cookies for ${about}`,
    session,
    '',
    `Sent: ${counted(along.length + own.length, 'cookie')}`,
    ...own,
    ...rows(along, ({ cookie }) => cookieWords(cookie, now)),
    '',
    `Not sent: ${counted(stays.length, 'cookie')}`,
    ...rows(stays, (verdict) => whyNot(verdict, input, replaced)),
    '',
  ].join('\n');
}

/** Why one cookie stays, for JSON and for the text. */
function whyNot(verdict: SendVerdict, { withoutJar }: WhyInput, replaced: ReadonlySet<string>): string {
  if (!verdict.sent) return verdict.message ?? 'it does not match';
  if (withoutJar === true) return 'the request says # @no-cookie-jar';
  return replaced.has(verdict.cookie.name)
    ? "the request's own Cookie line stands in its place"
    : 'the request leaves it out';
}

/** A pair that the request writes itself takes the place of the session's cookie of that name, or of all. */
function replacedNames({ sent, verdicts }: WhyInput, explicit: readonly string[]): ReadonlySet<string> {
  if (sent === undefined) return new Set();
  const kept = new Set(sent.filter((cookie) => !cookie.explicit).map(({ name }) => name));
  const gone = verdicts.filter(({ sent: matches, cookie }) => matches && !kept.has(cookie.name));
  return new Set([...explicit, ...gone.map(({ cookie }) => cookie.name)]);
}

function place({ cookie: { hostOnly, domain, path } }: SendVerdict): string {
  return `${hostOnly ? '' : '.'}${domain} ${path}`;
}
