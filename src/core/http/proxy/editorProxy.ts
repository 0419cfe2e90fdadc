import type { EditorProxy } from './selectProxy.ts';

/** VS Code's settings by their names, as they stand. */
export type EditorSettings = (name: string) => unknown;

/** What `http.proxy` and its neighbours say; `undefined` when they name no proxy, or proxies are switched off for extensions. */
export function editorProxy(setting: EditorSettings): EditorProxy | undefined {
  const url = text(setting('http.proxy'));
  if (url === undefined || setting('http.proxySupport') === 'off') return undefined;
  const authorization = text(setting('http.proxyAuthorization'));
  const noProxy = setting('http.noProxy');
  return {
    url,
    noProxy: Array.isArray(noProxy) ? noProxy.filter((entry) => typeof entry === 'string').join(',') : '',
    ...(authorization !== undefined && { authorization }),
    verify: setting('http.proxyStrictSSL') !== false,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
