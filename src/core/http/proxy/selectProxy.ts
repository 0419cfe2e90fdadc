import type { ProxyChoice } from '../transport.ts';
import { bypassesProxy } from './noProxy.ts';

/** A variable of the environment by its exact name. */
export type Environment = (name: string) => string | undefined;

/** Where proxies come from, strongest first: `proxies`, the editor's setting, the environment. */
export interface ProxyRules {
  /** requests' keys: `http://host`, `http`, `all://host`, `all`; `null` means direct. `no_proxy` lists hosts that are reached directly. */
  readonly proxies: Readonly<Record<string, string | null>>;
  readonly editorProxy?: EditorProxy | undefined;
  /** Whether the environment counts (SESSION M22). */
  readonly trustEnv: boolean;
}

/** VS Code's `http.proxy` and what belongs to it. */
export interface EditorProxy {
  readonly url: string;
  /** In the form of `NO_PROXY`; empty leaves it to the environment, as VS Code does. */
  readonly noProxy: string;
  /** Value of Proxy-Authorization for this proxy alone. */
  readonly authorization?: string;
  /** False: the certificate of the proxy itself is not verified (`http.proxyStrictSSL`). */
  readonly verify: boolean;
}

/** The proxy for one URL; `undefined` is direct. Called anew for every hop: the next one may be reached another way. */
export function selectProxy(url: URL, rules: ProxyRules, environment: Environment): ProxyChoice | undefined {
  const { editorProxy, trustEnv } = rules;
  const entries = Object.entries(rules.proxies);
  const proxies = new Map(entries.map(([key, value]) => [key.toLowerCase(), value]));
  const listed = proxies.get('no_proxy') ?? undefined;
  if (listed !== undefined && bypassesProxy(url, listed)) return undefined;
  const key = entries.length === 0 ? undefined : proxyKeys(url).find((each) => proxies.has(each));
  // SESSION 0a.8: `null` for a key means direct, and nothing weaker is asked.
  if (key !== undefined) return choice(proxies.get(key));
  const noProxy = (): string => listed ?? (trustEnv ? variable('no', environment) : undefined) ?? '';
  if (editorProxy) return bypassesProxy(url, editorProxy.noProxy || noProxy()) ? undefined : editorChoice(editorProxy);
  if (!trustEnv) return undefined;
  const found = choice(variable(url.protocol.slice(0, -1), environment) || variable('all', environment));
  return found && bypassesProxy(url, noProxy()) ? undefined : found;
}

/** requests' order (utils.select_proxy). An IPv6 host stands in brackets in a URL and often without them in a setting. */
function proxyKeys({ protocol, hostname }: URL): string[] {
  const scheme = protocol.slice(0, -1);
  const hosts = hostname.startsWith('[') ? [hostname, hostname.slice(1, -1)] : [hostname];
  return [...hosts.map((host) => `${scheme}://${host}`), scheme, ...hosts.map((host) => `all://${host}`), 'all'];
}

/**
 * `http_proxy`, else `HTTP_PROXY`: the lower case one counts even when it is empty (SESSION X2). In a CGI program `HTTP_PROXY` is a header
 * that anybody may send ("httpoxy", CVE-2016-5385).
 */
function variable(name: string, environment: Environment): string | undefined {
  const lower = environment(`${name}_proxy`);
  if (lower !== undefined) return lower.trim();
  const isCgi = name === 'http' && environment('REQUEST_METHOD') !== undefined;
  return isCgi ? undefined : environment(`${name.toUpperCase()}_PROXY`)?.trim();
}

function choice(url: string | null | undefined): ProxyChoice | undefined {
  return url ? { url } : undefined;
}

function editorChoice({ url, authorization, verify }: EditorProxy): ProxyChoice {
  return { url, ...(authorization !== undefined && { authorization }), ...(!verify && { verify }) };
}
