import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cookieText } from '../../src/core/cookies/cookieText.ts';
import { createCookieJar } from '../../src/core/cookies/createCookieJar.ts';
import { exportNetscape, importNetscape } from '../../src/core/cookies/formats/netscape.ts';
import { makeCookie } from '../../src/core/cookies/makeCookie.ts';
import { pickCookie } from '../../src/core/cookies/pickCookie.ts';
import type { Warning } from '../../src/core/http/failure.ts';
import { firstHeader } from '../../src/core/http/headerList.ts';
import type { Transport } from '../../src/core/http/transport.ts';
import { createSession } from '../../src/core/session/createSession.ts';
import { requestCookies } from '../../src/core/session/requestCookies.ts';
import type { Session, SessionKey } from '../../src/core/session/session.ts';
import { defaultSettings } from '../../src/core/session/settings.ts';
import type { SessionSnapshot } from '../../src/core/session/snapshot.ts';
import type { SessionStore } from '../../src/core/session/store.ts';
import { sessionFile } from '../../src/node/sessionPath.ts';
import { openStore } from '../../src/node/sessionStore.ts';
import { configure, settingsOf, type CaseSettings } from './caseSettings.ts';
import { checkKeys, listed, type Step } from './cookieStepKeys.ts';
import { nodeCrypto } from '../../src/node/hash.ts';
import { sleep } from '../../src/node/sleep.ts';

/** The data of a `cookie-steps` or `session-ops` case. */
export interface CookieCase {
  readonly kind: string;
  readonly now?: string;
  readonly settings?: CaseSettings;
  readonly steps: readonly Step[];
}

/** Runs one case from nothing; an expectation that does not hold, and anything unknown, throws. */
export async function runCookieCase(data: CookieCase): Promise<void> {
  for (const name of Object.keys(data))
    assert.ok(['kind', 'now', 'settings', 'steps'].includes(name), `unknown key ${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'crumbtrail-case-'));
  const run = new CookieRun(data, folder);
  try {
    for (const step of data.steps) await run.step(step);
  } finally {
    await run.session.close();
    await rm(folder, { recursive: true });
  }
}

const key: SessionKey = { folder: 'no-folder', profile: '-', name: 'default' };

/** The network is no part of these cases. */
const noTransport: Transport = {
  roundTrip: () => Promise.reject(new Error('a cookie case must not send')),
  connections: () => [],
  close: () => Promise.resolve(),
};

class CookieRun {
  session: Session;
  readonly #settings: CaseSettings;
  readonly #folder: string;
  #now: number;
  /** Hooks are code, so a new session has none. */
  #hooks: readonly string[] = [];

  constructor(data: CookieCase, folder: string) {
    this.#settings = data.settings ?? {};
    this.#folder = folder;
    this.#now = data.now === undefined ? Date.now() : Date.parse(data.now);
    this.session = this.#newSession(undefined);
    configure(this.session, this.#settings, this.#now);
  }

  async step(step: Step): Promise<void> {
    checkKeys(step);
    switch (step.op) {
      case 'set':
        return this.#set(step);
      case 'setMany':
        return this.#setMany(step);
      case 'get':
        return this.#get(step);
      case 'advance':
        this.#now += (step.seconds ?? 0) * 1000;
        return undefined;
      case 'put':
        return this.#put(step);
      case 'pick':
        return this.#pick(step);
      case 'clear':
        this.session.jar.clear(placeOf(step));
        return this.#expectCount(step);
      case 'clearSession':
        this.session.jar.clearSession();
        return this.#expectCount(step);
      case 'import':
        return this.#import(step);
      case 'export':
        return this.#export(step);
      case 'configure':
        configure(this.session, step.settings ?? {}, this.#now);
        this.#hooks = step.hooks ?? [];
        return undefined;
      case 'saveLoad':
        return this.#saveLoad(step);
      case 'save':
        return this.#save(step);
      case 'load':
        return this.#load(step);
      case 'loadNewer':
        return this.#loadNewer(step);
      case 'count':
        return this.#expectCount(step);
      case 'list':
        return assert.deepEqual(listed(this.#cookies(), step.expectCookies ?? []), step.expectCookies ?? []);
      case 'listDomains':
        return this.#expectList(step, 'domain');
      case 'listPaths':
        return this.#expectList(step, 'path');
      default:
        return assert.fail(`unknown op ${step.op}`);
    }
  }

  #newSession(snapshot: SessionSnapshot | undefined): Session {
    const { publicSuffixCheck = true, cookieAgeCapDays } = this.#settings;
    return createSession({
      key,
      snapshot,
      jar: createCookieJar({ publicSuffixCheck, ageCapDays: cookieAgeCapDays }),
      transport: noTransport,
      now: () => this.#now,
      newId: () => 'id',
      yieldToIo: () => Promise.resolve(),
      sleep,
      crypto: nodeCrypto,
    });
  }

  #store(encrypted = false): SessionStore {
    const secret = Uint8Array.from({ length: 32 }, (_, index) => index);
    const options = { directory: join(this.#folder, encrypted ? 'sealed' : 'plain'), now: () => this.#now };
    return openStore(encrypted ? { ...options, key: { id: 'case', secret } } : options);
  }

  #cookies() {
    return this.session.jar.all(this.#now);
  }

  #set(step: Step): void {
    const { verdicts, warnings } = this.session.jar.accept([step.setCookie ?? ''], step.url ?? '', this.#now);
    const [verdict] = verdicts;
    if (step.expectOutcome !== undefined) assert.equal(verdict?.kind, step.expectOutcome);
    if (step.expectReason !== undefined)
      assert.equal(verdict?.kind === 'rejected' && verdict.reason, step.expectReason);
    expectWarnings(step, warnings);
  }

  #setMany(step: Step): void {
    const value = 'x'.repeat(step.valueLength ?? 1);
    const lines = Array.from({ length: step.count ?? 0 }, (_, index) => `c${index}=${value}`);
    expectWarnings(step, this.session.jar.accept(lines, step.url ?? '', this.#now).warnings);
  }

  #get(step: Step): void {
    const cookies = this.session.jar.cookiesFor(step.url ?? '', this.#now);
    const { headers, warnings } = requestCookies([], cookies, defaultSettings);
    const header = firstHeader(headers, 'Cookie') ?? '';
    if (step.expectCookieHeader !== undefined) assert.equal(header, step.expectCookieHeader ?? '');
    expectWarnings(step, warnings);
  }

  #put(step: Step): void {
    const { name = '', value, domain, path } = step;
    if (value === null) {
      this.session.jar.clear(placeOf(step));
      return expectError(step, undefined);
    }
    const made = makeCookie({ name, value: value ?? '', domain, path }, this.#now, { kind: 'user', at: this.#now });
    if ('fault' in made) return expectError(step, made.fault);
    const put = this.session.jar.put(made.cookie);
    return expectError(step, put.ok ? undefined : { code: put.code, message: put.reason });
  }

  #pick(step: Step): void {
    const picked = pickCookie(this.#cookies(), { ...placeOf(step), name: step.name ?? '' });
    expectError(step, 'failure' in picked ? picked.failure : undefined);
    if (step.expectValue === undefined) return;
    const cookie = 'cookie' in picked ? picked.cookie : undefined;
    assert.equal(cookie ? cookieText(cookie.value) : null, step.expectValue);
  }

  #import(step: Step): void {
    assert.equal(step.format, 'netscape');
    const { cookies, errors } = importNetscape((step.lines ?? []).join('\n'), this.#now);
    for (const cookie of cookies) assert.deepEqual(this.session.jar.put(cookie), { ok: true });
    if (step.expectErrorLines) assert.deepEqual(errors.map(({ line }) => line), step.expectErrorLines); // prettier-ignore
  }

  #export(step: Step): void {
    assert.equal(step.format, 'netscape');
    const { text } = exportNetscape(this.#cookies());
    const lines = text
      .split('\n')
      .filter((line) => line !== '' && (!line.startsWith('#') || line.startsWith('#HttpOnly_')));
    if (step.expectMaxLines !== undefined)
      assert.ok(lines.length <= step.expectMaxLines, `${lines.length} cookie lines`);
    for (const line of lines) assert.equal(line.split('\t').length, step.expectFields ?? 7);
  }

  async #saveLoad(step: Step): Promise<void> {
    await this.#store().save(this.session.snapshot());
    const { snapshot, warnings } = await this.#store().load(key);
    assert.deepEqual(warnings, []);
    this.session = this.#newSession(snapshot);
    this.#hooks = [];
    const expected = step.expectSettings ?? {};
    assert.deepEqual(settingsOf(this.session, Object.keys(expected)), expected);
    if (step.expectHooks) assert.deepEqual(this.#hooks, step.expectHooks);
  }

  async #save(step: Step): Promise<void> {
    await this.#store(true).save(this.session.snapshot());
    const files = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    assert.ok(paths.length > 0, 'nothing was written');
    for (const path of paths) {
      const text = path + (await readFile(path, 'latin1'));
      for (const secret of step.expectNotContains ?? [])
        assert.ok(!text.includes(secret), `${secret} can be read in ${path}`);
    }
  }

  async #load(step: Step): Promise<void> {
    await this.#store().save(this.session.snapshot());
    await this.#rewrite((line) => ('cookies' in line ? { ...line, cookies: step.cookies ?? [] } : line));
    const { snapshot, warnings } = await this.#store().load(key);
    this.session = this.#newSession(snapshot);
    expectWarnings(step, warnings);
  }

  async #loadNewer(step: Step): Promise<void> {
    await this.#store().save(this.session.snapshot());
    const written = await this.#rewrite((line) => ({ ...line, version: Number(line['version']) + 1 }));
    const { failure } = await this.#store().load(key);
    expectError(step, failure);
    if (step.expectFileUnchanged !== true) return;
    await assert.rejects(this.#store().save(this.session.snapshot()), /newer version/);
    assert.equal(await readFile(this.#file(), 'utf8'), written);
  }

  /** Changes each JSON line of the plain file, as somebody else would. */
  async #rewrite(change: (line: Readonly<Record<string, unknown>>) => object): Promise<string> {
    const lines = (await readFile(this.#file(), 'utf8')).trimEnd().split('\n');
    const changed = lines.map((line) => JSON.stringify(change(JSON.parse(line) as Record<string, unknown>)));
    const text = `${changed.join('\n')}\n`;
    await writeFile(this.#file(), text);
    return text;
  }

  #file(): string {
    return sessionFile(join(this.#folder, 'plain'), key);
  }

  #expectCount(step: Step): void {
    const count = this.#cookies().length;
    if (step.expectCount !== undefined) assert.equal(count, step.expectCount);
    if (step.expectMax !== undefined) assert.ok(count <= step.expectMax, `${count} cookies`);
  }

  #expectList(step: Step, part: 'domain' | 'path'): void {
    assert.deepEqual([...new Set(this.#cookies().map((cookie) => cookie[part]))].toSorted(), step.expectList);
  }
}

function placeOf({ name, domain, path }: Step): { name?: string; domain?: string; path?: string } {
  return {
    ...(name === undefined ? {} : { name }),
    ...(domain === undefined ? {} : { domain }),
    ...(path === undefined ? {} : { path }),
  };
}

function expectWarnings(step: Step, warnings: readonly Warning[]): void {
  if (step.expectWarnings === undefined) return;
  const codes = warnings.map(({ code }) => code as string);
  if (step.expectWarnings.length === 0) assert.deepEqual(codes, []);
  for (const code of step.expectWarnings) assert.ok(codes.includes(code), `${code} is not among ${codes.join(', ')}`);
}

function expectError(step: Step, fault: { readonly code: string; readonly message: string } | undefined): void {
  assert.equal(fault?.code, step.expectError, fault?.message);
  for (const text of step.expectShown ?? [])
    assert.ok(fault?.message.includes(text), `${text} is not in: ${fault?.message}`);
}
