import { parse, type ParseError } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { Cookie } from '../../core/cookies/cookie.ts';
import { looksSecret } from '../../core/http/secretName.ts';
import { defaultsJson } from '../../core/session/defaultsJson.ts';
import { readDefaults } from '../../core/session/readDefaults.ts';
import type { SessionVariable } from '../../core/session/session.ts';
import type { Engine } from '../loadEngine.ts';
import type { SessionHost } from '../workspace/sessionHost.ts';
import { cookieKey } from './sessionNodes.ts';
import type { SessionFile } from './sessionFiles.ts';

interface EditParts {
  readonly engine: () => Engine;
  readonly sessions: SessionHost;
}

/** The defaults of a running session: they hold from the next send on. */
export function defaultsFile({ sessions }: EditParts, name: string): SessionFile {
  const heading = vscode.l10n.t(
    'Merged into every request of this session; saving applies it. The same as "$session" in an environment file.',
  );
  return {
    title: `${name}.defaults.jsonc`,
    read: ({ defaults }) => `// ${heading}\n${JSON.stringify(defaultsJson(defaults), undefined, 2)}\n`,
    write: async (session, text) => {
      const { defaults, faults } = readDefaults(jsonOf(text));
      const [fault] = faults;
      if (fault) throw new Error(fault.message);
      await sessions.changes.track(session, vscode.l10n.t('Defaults edited'), () =>
        session.setDefaults({ ...defaults, headers: defaults.headers ?? [], params: defaults.params ?? [] }),
      );
    },
  };
}

/** A cookie to edit, or without one a form to fill in. Saved under another name, domain or path it takes the place of the first. */
export function cookieFile({ engine, sessions }: EditParts, cookie: Cookie | undefined, domain?: string): SessionFile {
  let current = cookie;
  const name = cookie ? cookie.name || vscode.l10n.t('nameless') : vscode.l10n.t('New');
  return {
    title: `${name}${cookie ? ` · ${cookie.domain}${cookie.path === '/' ? '' : cookie.path}` : ''}.cookie.jsonc`,
    read: (session) => {
      const found = current && session.jar.all(Date.now()).find((each) => sameKey(each, current));
      return engine().cookieDocument(found ?? current, domain);
    },
    write: async (session, text) => {
      const reading = engine().readCookieDocument(text, Date.now(), current);
      if ('fault' in reading) throw new Error(reading.fault);
      const label = vscode.l10n.t(cookie ? 'Cookie {0} edited' : 'Cookie {0} added', reading.cookie.name);
      await sessions.changes.track(session, label, () => {
        const put = session.jar.put(reading.cookie);
        if (!put.ok) throw new Error(put.reason);
        if (current && !sameKey(current, reading.cookie)) session.jar.delete(cookieKey(current));
        current = reading.cookie;
      });
    },
  };
}

/** A variable of the session to edit, or without one a form to fill in. */
export function variableFile({ sessions }: EditParts, variable: SessionVariable | undefined): SessionFile {
  let current = variable;
  const heading = vscode.l10n.t(
    'A variable of this session: {{name}} gives its value, and it wins over files and environments.',
  );
  return {
    title: `${variable?.name ?? vscode.l10n.t('New')}.variable.jsonc`,
    read: (session) => {
      const found = session.variables().find(({ name }) => name === current?.name) ?? current;
      const fields = { name: found?.name ?? '', value: found?.value ?? '', secret: found?.secret ?? false };
      return `// ${heading}\n${JSON.stringify(fields, undefined, 2)}\n`;
    },
    write: async (session, text) => {
      const next = readVariable(jsonOf(text));
      const label = vscode.l10n.t(variable ? 'Variable {0} edited' : 'Variable {0} added', next.name);
      await sessions.changes.track(session, label, () => {
        if (current && current.name !== next.name) session.deleteVariable(current.name);
        session.setVariable(next);
        current = next;
      });
    },
  };
}

function readVariable(json: unknown): SessionVariable {
  const { name, value, secret } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  if (typeof name !== 'string' || !/^[^\s={}]+$/.test(name)) {
    throw new Error(vscode.l10n.t('"name" must be a text without blanks, = and braces, for example "token".'));
  }
  if (typeof value !== 'string') throw new Error(vscode.l10n.t('"value" must be a text in quotes.'));
  if (secret !== undefined && typeof secret !== 'boolean') {
    throw new Error(vscode.l10n.t('"secret" must be true or false.'));
  }
  const isSecret = secret ?? looksSecret(name);
  return { name, value, origin: vscode.l10n.t('set by you'), secret: isSecret, at: Date.now() };
}

function jsonOf(text: string): unknown {
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) throw new Error(vscode.l10n.t('This is not valid JSON. Correct it, then save again.'));
  return json;
}

function sameKey(a: Cookie, b: Cookie | undefined): boolean {
  return JSON.stringify(cookieKey(a)) === JSON.stringify(b && cookieKey(b));
}
