import assert from 'node:assert/strict';
import { editorProxy } from '../../src/core/http/proxy/editorProxy.ts';
import { bypassesProxy } from '../../src/core/http/proxy/noProxy.ts';
import { proxyRoute } from '../../src/core/http/proxy/proxyRoute.ts';
import { selectProxy } from '../../src/core/http/proxy/selectProxy.ts';
import { type CaseObject, objectOr, only } from './caseFile.ts';

export function noProxyCase(data: CaseObject): Promise<void> {
  only(data, ['kind', 'noProxy', 'url', 'expectBypass'], 'case');
  assert.equal(bypassesProxy(new URL(data['url'] as string), data['noProxy'] as string), data['expectBypass']);
  return Promise.resolve();
}

const editorKeys = [
  'http.proxy',
  'http.noProxy',
  'http.proxyAuthorization',
  'http.proxyStrictSSL',
  'http.proxySupport',
];

export function proxySelectCase(data: CaseObject): Promise<void> {
  only(data, ['kind', 'proxies', 'env', 'vscode', 'settings', 'checks'], 'case');
  const settings = objectOr(data['settings']);
  only(settings, ['trustEnv', 'noProxy'], 'settings');
  const editor = objectOr(data['vscode']);
  only(editor, editorKeys, 'vscode');
  const environment = objectOr(data['env']);
  const noProxy = typeof settings['noProxy'] === 'string' ? { no_proxy: settings['noProxy'] } : {};
  const rules = {
    proxies: { ...(objectOr(data['proxies']) as Record<string, string | null>), ...noProxy },
    editorProxy: editorProxy((name) => editor[name]),
    trustEnv: settings['trustEnv'] !== false,
  };
  for (const check of data['checks'] as readonly CaseObject[]) {
    only(check, ['url', 'expectProxy', 'expectProxyAuthorization'], 'check');
    const choice = selectProxy(
      new URL(check['url'] as string),
      rules,
      (name) => environment[name] as string | undefined,
    );
    const route = choice && proxyRoute(choice);
    assert.ok(!route || !('code' in route), `${choice?.url} is the URL of a proxy`);
    const expected = check['expectProxy'] as string | null;
    assert.equal(route?.shown ?? null, expected === null ? null : shownOf(expected), check['url'] as string);
    if ('expectProxyAuthorization' in check) {
      assert.equal(route?.authorization ?? null, check['expectProxyAuthorization']);
    }
  }
  return Promise.resolve();
}

function shownOf(url: string): string | undefined {
  const route = proxyRoute({ url });
  return 'code' in route ? undefined : route.shown;
}
