import type { Cookie } from '../core/cookies/cookie.ts';
import type { Provenance } from '../core/session/provenance.ts';
import type { Session, SessionKey } from '../core/session/session.ts';
import { cookieWords } from './cookieViews.ts';
import { defaultLine, isOwnDefault } from './defaultText.ts';
import { masked } from './mask.ts';
import { isSecretVariable } from './sessionReport.ts';
import type { Style } from './style.ts';
import { counted } from './timeWords.ts';

/** One session for a terminal. Values of cookies and secret variables are masked. `now` in epoch milliseconds. */
export function sessionText(session: Session, defaults: readonly Provenance[], now: number, style: Style): string {
  const sections = [
    section('Cookies', cookieLines(session.jar.all(now), now, style), style),
    section('Variables', variableLines(session, style), style),
    section('Defaults in force', defaults.filter(isOwnDefault).map(defaultLine), style),
    section('Responses that references can read', responseLines(session, style), style),
  ].flat();
  const lines = sections.length > 0 ? sections : ['  It is empty.'];
  return [style('bold', sessionTitle(session.key)), ...lines, ''].join('\n');
}

/** `Session default · dev`. */
export function sessionTitle({ name, profile }: SessionKey): string {
  return profile === '-' ? `Session ${name}` : `Session ${name} · ${profile}`;
}

/** `2 cookies, 1 variable`. */
export function sessionCounts(session: Session, now: number): string {
  return `${counted(session.jar.all(now).length, 'cookie')}, ${counted(session.variables().length, 'variable')}`;
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [`  ${style('dim', title)}`, ...lines.map((line) => `    ${line}`)];
}

function cookieLines(cookies: readonly Cookie[], now: number, style: Style): string[] {
  return cookies.map((cookie) => {
    const setBy = cookie.source?.requestName === undefined ? '' : ` · set by ${cookie.source.requestName}`;
    return `${cookie.domain} ${style('cyan', cookie.name)}=${masked} ${style('dim', cookieWords(cookie, now) + setBy)}`;
  });
}

function variableLines(session: Session, style: Style): string[] {
  return session.variables().map((variable) => {
    const value = isSecretVariable(variable) ? masked : variable.value;
    return `${style('cyan', variable.name)} = ${value} ${style('dim', variable.origin)}`;
  });
}

function responseLines(session: Session, style: Style): string[] {
  return session.allRecorded().map(({ file, id, hops }) => {
    const status = hops.at(-1)?.status;
    return `${style('cyan', id)} ${status ?? ''} ${style('dim', file)}`;
  });
}
