import { hasHeader, type HeaderLine } from '../http/headerList.ts';
import type { DefaultsLayer, SettingOrigin } from '../session/defaultsLayer.ts';
import { effectiveRequest, type OriginPair } from '../session/effectiveRequest.ts';
import type { MergePair } from '../session/merge.ts';
import { originWords } from '../session/originWords.ts';
import type { SendSettings, SessionAuth } from '../session/settings.ts';
import type { Problem } from '../text/problem.ts';
import { writtenElsewhere } from '../variables/written.ts';
import { headerFlaw, withoutDefault } from './headers.ts';
import { problem, type PlacedHeader, type PrepareInput } from './prepareInput.ts';

/** The defaults that hold for one URL, with their placeholders replaced. */
export interface PreparedDefaults {
  readonly headers: readonly MergePair[];
  readonly params: readonly MergePair[];
  readonly cookies: readonly MergePair[];
  readonly settings: SendSettings;
  readonly layers: () => readonly DefaultsLayer[];
  readonly problems: readonly Problem[];
}

/**
 * Defaults for `url`, which is `undefined` when the block has none that can be sent. What the block's `lines` and tags say
 * otherwise is not resolved: a default that is not used cannot stop the send.
 */
export async function preparedDefaults(
  input: PrepareInput,
  url: string | undefined,
  lines: readonly PlacedHeader[],
): Promise<PreparedDefaults> {
  const effective = effectiveRequest({ settings: input.settings, layers: input.layers, url });
  const draft = new DefaultsDraft(input);
  const written = lines.map(({ name }): HeaderLine => [name, '']);
  const unwanted = withoutDefault(input.block.tags);
  const wanted = effective.headers.filter(([name]) => !hasHeader(written, name) && !unwanted.has(name.toLowerCase()));
  const resolved = new Set(wanted);
  const headers: MergePair[] = [];
  // Most defaults are plain text: each promise would be one of dozens for every request of a long run.
  for (const pair of effective.headers) {
    const isAsIs = !resolved.has(pair) || isSound(pair);
    headers.push(isAsIs ? namePair(pair) : await draft.header(pair));
  }
  const params: MergePair[] = [];
  for (const pair of effective.params) params.push(await draft.pair('param', pair, 'macro'));
  const cookies: MergePair[] = [];
  for (const pair of effective.cookies) cookies.push(await draft.pair('cookie', pair, 'header'));
  const hasOwn = hasHeader(written, 'authorization') || input.block.tags.some((tag) => tag.name === 'auth');
  const settings = await draft.settings(effective.settings, hasOwn);
  const mountHeaders = wanted.flatMap(([name, , origin]) =>
    origin.kind === 'mount' ? [[name, origin.prefix] as const] : [],
  );
  return {
    headers,
    params,
    cookies,
    settings: { ...settings, mountHeaders },
    layers: () => effective.layers(),
    problems: draft.problems,
  };
}

/** Sent as it is written: nothing to replace, and nothing to object to. */
function isSound([name, value]: OriginPair): boolean {
  if (typeof value !== 'string') return value === null;
  return !value.includes('{{') && headerFlaw(name, value) === undefined;
}

function namePair([name, value]: OriginPair): MergePair {
  return [name, value];
}

/** Replaces placeholders in defaults; what is wrong with one is told at the request line, with the default's name and origin. */
class DefaultsDraft {
  readonly problems: Problem[] = [];
  readonly #input: PrepareInput;

  constructor(input: PrepareInput) {
    this.#input = input;
  }

  async header([name, value, origin]: OriginPair): Promise<MergePair> {
    const before = this.problems.length;
    const [, resolved] = await this.pair('header', [name, value, origin], 'header');
    // One sentence about one default is enough.
    if (this.problems.length > before) return [name, resolved];
    for (const text of [resolved ?? []].flat()) {
      const flaw = headerFlaw(name, text);
      if (flaw) this.#tell('error', flaw.code, `${flaw.message} It is a default (${originWords(origin)}).`);
    }
    return [name, resolved];
  }

  async pair(what: string, [name, value, origin]: OriginPair, place: 'header' | 'macro'): Promise<MergePair> {
    if (value === null) return [name, null];
    const texts: string[] = [];
    for (const text of [value].flat()) texts.push(await this.#text(text, place, defaultName(what, name, origin)));
    return [name, typeof value === 'string' ? (texts[0] ?? '') : texts];
  }

  /** Credentials of the block come first (SESSION 0a.7): then those of the session may be without a value. */
  async settings(settings: SendSettings, hasOwnCredentials: boolean): Promise<SendSettings> {
    const before = this.problems.length;
    const auth = settings.auth && (await this.#auth(settings.auth));
    const proxies: Record<string, string | null> = {};
    const unusable = hasOwnCredentials && this.problems.length > before;
    if (unusable) this.problems.length = before;
    for (const [key, url] of Object.entries(settings.proxies)) {
      proxies[key] = url === null ? null : await this.#text(url, 'header', `the default proxy "${key}"`);
    }
    return { ...settings, auth: unusable ? undefined : auth, proxies };
  }

  async #auth(auth: SessionAuth): Promise<SessionAuth> {
    const resolved: Partial<Record<'username' | 'password' | 'token', string>> = {};
    for (const key of ['username', 'password', 'token'] as const) {
      const text = auth[key];
      if (text !== undefined)
        resolved[key] = await this.#text(text, 'header', `"${key}" of the default authentication`);
    }
    return { ...auth, ...resolved };
  }

  async #text(text: string, place: 'header' | 'macro', what: string): Promise<string> {
    const written = writtenElsewhere(text, this.#input.block.request.line);
    const resolved = await this.#input.resolver.resolve(written, place);
    for (const each of resolved.problems) this.#tell(each.severity, each.code, `In ${what}: ${each.message}`);
    return resolved.text;
  }

  #tell(severity: Problem['severity'], code: string, message: string): void {
    this.problems.push(problem(severity, code, this.#input.block.request.line, message));
  }
}

function defaultName(what: string, name: string, origin: SettingOrigin): string {
  return `the default ${what} "${name}" (${originWords(origin)})`;
}
