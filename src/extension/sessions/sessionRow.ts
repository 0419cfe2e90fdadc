import type { Cookie } from '../../core/cookies/cookie.ts';
import { cookieText } from '../../core/cookies/cookieText.ts';
import type { SessionKey } from '../../core/session/session.ts';
import { changeWords } from '../../present/changeWords.ts';
import { expiryWords } from '../../present/cookieViews.ts';
import { defaultText } from '../../present/defaultText.ts';
import { isSecretVariable } from '../../present/sessionReport.ts';
import { sizeWords } from '../../core/text/sizeWords.ts';
import { agoWords } from '../../present/timeWords.ts';
import type { NodeOf, SessionNode } from './sessionNodes.ts';

/** What one row of the session view shows, without the editor's types. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly state: 'leaf' | 'open' | 'closed';
  /** What `when` clauses of the menus ask for. */
  readonly context?: string;
}

export interface RowScene {
  /** Epoch milliseconds: "in 3 minutes" is counted from it. */
  readonly now: number;
  /** The user asked to see the value of this row. */
  readonly isShown: boolean;
}

const dots = '••••••';

export function rowOf(node: SessionNode, scene: RowScene): Row {
  switch (node.kind) {
    case 'folder':
      return { label: node.label, icon: 'root-folder', state: 'open' };
    case 'session':
      return sessionRow(node);
    case 'change':
      return changeRow(node, scene);
    case 'cookies':
      return group('Cookies', 'archive', node.kind, node.count, 'open');
    case 'domain':
      return {
        label: node.domain,
        description: String(node.count),
        icon: 'globe',
        state: node.open ? 'open' : 'closed',
        context: 'domain',
      };
    case 'cookie':
      return cookieRow(node, scene);
    case 'variables':
      return group('Variables', 'symbol-variable', node.kind, node.count, 'open');
    case 'variable':
      return variableRow(node, scene);
    case 'responses':
      return group('Last responses', 'reply', node.kind, node.count, 'closed');
    case 'response':
      return responseRow(node, scene);
    case 'connections':
      return group('Connections', 'plug', node.kind, node.count, 'closed');
    case 'connection':
      return connectionRow(node);
    case 'defaults':
      return group('Defaults in force', 'settings', node.kind, node.defaults.length, 'closed');
    case 'default':
      return defaultRow(node);
    case 'snapshots':
      return group('Snapshots', 'device-camera', node.kind, node.names.length, 'closed');
    case 'snapshot':
      return { label: node.name, icon: 'history', state: 'leaf', context: 'snapshot' };
  }
}

function sessionRow({ key, active }: NodeOf<'session'>): Row {
  const profile = profileWords(key);
  return {
    label: key.name,
    description: active ? `${profile} · active` : profile,
    tooltip: `Session ${key.name}, ${profile}${active ? ', active' : ''}`,
    icon: active ? 'check' : 'account',
    state: active ? 'open' : 'closed',
    context: active ? 'session.active' : 'session.other',
  };
}

function profileWords({ profile }: SessionKey): string {
  return profile === '-' ? 'no environment' : profile.replaceAll(',', ' + ');
}

function changeRow({ done }: NodeOf<'change'>, { now }: RowScene): Row {
  const { short, long } = changeWords(done.change);
  return {
    label: done.label,
    description: `${short} · ${agoWords(done.at, now)}`,
    tooltip: `Last change of this session in this window:\n${long.join('\n')}`,
    icon: 'diff',
    state: 'leaf',
    context: 'change',
  };
}

function cookieRow({ cookie }: NodeOf<'cookie'>, { now, isShown }: RowScene): Row {
  const flags = [cookie.path, cookie.hostOnly ? 'host only' : `.${cookie.domain}`];
  if (cookie.httpOnly) flags.push('HttpOnly');
  if (cookie.secure) flags.push('Secure');
  if (cookie.sameSite) flags.push(`SameSite ${cookie.sameSite}`);
  if (cookie.partitioned) flags.push('Partitioned');
  const value = isShown ? (cookieText(cookie.value) ?? cookie.value) : dots;
  const description = `${value} · ${flags.join(' · ')} · ${expiryWords(cookie.expires, now)}`;
  const hasRequest = cookie.source?.requestName !== undefined;
  return {
    label: cookie.name === '' ? '(no name)' : cookie.name,
    description,
    tooltip: `${cookie.name}\n${description}\n${setByWords(cookie, now)}`,
    icon: 'circle-small',
    state: 'leaf',
    context: `cookie.${isShown ? 'shown' : 'masked'}${hasRequest ? '.source' : ''}`,
  };
}

/** `set by login, hop 2, 3 minutes ago`. */
function setByWords({ source }: Cookie, now: number): string {
  if (!source) return 'not known who set it';
  const who = {
    response: source.requestName ?? source.url ?? 'a response',
    user: 'you',
    import: 'an import',
  }[source.kind];
  const hop = source.hop === undefined ? '' : `, hop ${source.hop}`;
  return `set by ${who}${hop}, ${agoWords(source.at, now)}`;
}

function variableRow({ variable }: NodeOf<'variable'>, { now, isShown }: RowScene): Row {
  const { name, value, origin, at } = variable;
  const secret = isSecretVariable(variable);
  const shown = !secret || isShown;
  const [firstLine = ''] = value.split('\n', 1);
  return {
    label: name,
    description: `${shown ? (firstLine === value ? value : `${firstLine} …`) : dots} · ${origin}`,
    tooltip: `${name}\n${origin}, ${agoWords(at, now)}`,
    icon: 'symbol-string',
    state: 'leaf',
    context: `variable.${secret ? (isShown ? 'shown' : 'masked') : 'plain'}`,
  };
}

function responseRow({ recorded }: NodeOf<'response'>, { now }: RowScene): Row {
  const { id, file, hops, at, bodyBase64, bodyDropped, request } = recorded;
  const size = bodyDropped === undefined ? sizeWords(Math.floor(((bodyBase64 ?? '').length * 3) / 4)) : 'body not kept';
  const status = hops.at(-1)?.status;
  return {
    label: id,
    description: `${status === undefined ? '' : `${status} · `}${size} · ${agoWords(at, now)} · ${file}`,
    tooltip: [`${request.method} ${request.url}`, `{{${id}.response…}} reads this response.`, bodyDropped ?? '']
      .join('\n')
      .trimEnd(),
    icon: 'symbol-event',
    state: 'leaf',
    context: 'response',
  };
}

function connectionRow({ connection }: NodeOf<'connection'>): Row {
  const { origin, id, remoteAddress, remotePort, reused, via } = connection;
  const parts = [
    `#${id}`,
    ...(remoteAddress === undefined ? [] : [`${remoteAddress}:${remotePort}`]),
    reused ? 'reused' : 'used once',
    ...(via === undefined ? [] : [`through ${via}`]),
  ];
  return { label: origin, description: parts.join(' · '), icon: 'plug', state: 'leaf', context: 'connection' };
}

/** Name, value and who said it; what is not heard because of it stands in the tooltip. */
function defaultRow({ provenance }: NodeOf<'default'>): Row {
  const { label, value, origin, replaces } = defaultText(provenance);
  return {
    label,
    description: `${value} · ${origin}`,
    tooltip: `${label}: ${value}\n${origin}${replaces === '' ? '' : `\ninstead of ${replaces}`}`,
    icon: 'dash',
    state: 'leaf',
    context: 'default',
  };
}

function group(label: string, icon: string, context: string, count: number, state: 'open' | 'closed'): Row {
  const isEmpty = count === 0;
  return {
    label,
    description: String(count),
    icon,
    state: isEmpty ? 'leaf' : state,
    context: isEmpty ? `empty.${context}` : context,
  };
}
