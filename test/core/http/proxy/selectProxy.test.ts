import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editorProxy } from '../../../../src/core/http/proxy/editorProxy.ts';
import { selectProxy } from '../../../../src/core/http/proxy/selectProxy.ts';

interface Scene {
  readonly url: string;
  readonly proxies?: Readonly<Record<string, string | null>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly editor?: Readonly<Record<string, unknown>>;
  readonly trustEnv?: boolean;
}

function check(title: string, scene: Scene, expected: string | undefined): void {
  test(title, () => {
    const { url, proxies = {}, environment = {}, editor = {}, trustEnv = true } = scene;
    const rules = { proxies, editorProxy: editorProxy((name) => editor[name]), trustEnv };
    assert.equal(selectProxy(new URL(url), rules, (name) => environment[name])?.url, expected);
  });
}

const http = 'http://h.test/';
const https = 'https://h.test/';

check('scheme and host come before the scheme', { url: http, proxies: { http: 'a', 'http://h.test': 'b' } }, 'b');
check('the scheme comes before all hosts', { url: http, proxies: { 'all://h.test': 'a', http: 'b' } }, 'b');
check('all with the host comes before all', { url: https, proxies: { all: 'a', 'all://h.test': 'b' } }, 'b');
check('a key names hosts without case', { url: http, proxies: { 'HTTP://H.test': 'a' } }, 'a');
check('an IPv6 host needs no brackets in a key', { url: 'http://[::1]/', proxies: { 'http://::1': 'a' } }, 'a');
check('null is direct and asks nothing weaker', { url: http, proxies: { http: null, all: 'a' } }, undefined);
check(
  'null is direct although the environment has a proxy',
  { url: http, proxies: { http: null }, environment: { http_proxy: 'e' } },
  undefined,
);
check('an empty text is direct', { url: http, proxies: { http: '' }, environment: { http_proxy: 'e' } }, undefined);
check('no_proxy holds for given proxies', { url: http, proxies: { all: 'a', no_proxy: 'h.test' } }, undefined);
check(
  'no_proxy of the settings takes the place of the one in the environment',
  { url: http, proxies: { no_proxy: 'x.test' }, environment: { http_proxy: 'e', no_proxy: 'h.test' } },
  'e',
);
check(
  'NO_PROXY of the environment is about its own proxies',
  { url: http, proxies: { all: 'a' }, environment: { no_proxy: 'h.test' } },
  'a',
);

check('http_proxy is for http', { url: http, environment: { http_proxy: 'e' } }, 'e');
check('http_proxy is not for https', { url: https, environment: { http_proxy: 'e' } }, undefined);
check('lower case comes first', { url: https, environment: { https_proxy: 'a', HTTPS_PROXY: 'b' } }, 'a');
check(
  'an empty lower case one switches the other off',
  { url: http, environment: { http_proxy: '', HTTP_PROXY: 'b' } },
  undefined,
);
check('upper case counts', { url: https, environment: { HTTPS_PROXY: 'b' } }, 'b');
check('all_proxy comes last', { url: https, environment: { all_proxy: 'a', https_proxy: 'b' } }, 'b');
check('ALL_PROXY is for both', { url: http, environment: { ALL_PROXY: 'a' } }, 'a');
check(
  'HTTP_PROXY in a CGI program is a header',
  { url: http, environment: { HTTP_PROXY: 'b', REQUEST_METHOD: 'GET' } },
  undefined,
);
check('HTTPS_PROXY cannot be one', { url: https, environment: { HTTPS_PROXY: 'b', REQUEST_METHOD: 'GET' } }, 'b');
check('NO_PROXY is read', { url: http, environment: { http_proxy: 'e', NO_PROXY: 'h.test' } }, undefined);
check('trustEnv off leaves it all', { url: http, trustEnv: false, environment: { all_proxy: 'a' } }, undefined);

check('http.proxy is used', { url: https, editor: { 'http.proxy': 'v' } }, 'v');
check(
  'http.proxy comes before the environment',
  { url: http, editor: { 'http.proxy': 'v' }, environment: { http_proxy: 'e' } },
  'v',
);
check(
  'proxies of the session come before http.proxy',
  { url: http, proxies: { all: 'a' }, editor: { 'http.proxy': 'v' } },
  'a',
);
check(
  'http.noProxy is read',
  { url: http, editor: { 'http.proxy': 'v', 'http.noProxy': ['x.test', 'h.test'] } },
  undefined,
);
check(
  'without http.noProxy the NO_PROXY of the environment holds',
  { url: http, editor: { 'http.proxy': 'v', 'http.noProxy': [] }, environment: { no_proxy: 'h.test' } },
  undefined,
);
check(
  'http.proxySupport off leaves http.proxy',
  { url: http, editor: { 'http.proxy': 'v', 'http.proxySupport': 'off' } },
  undefined,
);

test('http.proxyAuthorization and http.proxyStrictSSL go with http.proxy alone', () => {
  const editor: Readonly<Record<string, unknown>> = {
    'http.proxy': 'http://p.test',
    'http.proxyAuthorization': 'Basic dTpw',
    'http.proxyStrictSSL': false,
  };
  const rules = { proxies: {}, editorProxy: editorProxy((name) => editor[name]), trustEnv: true };
  const none = (): undefined => undefined;
  assert.deepEqual(selectProxy(new URL(http), rules, none), {
    url: 'http://p.test',
    authorization: 'Basic dTpw',
    verify: false,
  });
  assert.deepEqual(selectProxy(new URL(http), { ...rules, proxies: { all: 'a' } }, none), { url: 'a' });
});
