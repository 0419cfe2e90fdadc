import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyRoute } from '../../../../src/core/http/proxy/proxyRoute.ts';

function check(url: string, expected: { shown: string; authorization?: string; user?: string } | 'invalid'): void {
  test(`"${url}"`, () => {
    const route = proxyRoute({ url });
    if (expected === 'invalid')
      return assert.ok('code' in route && route.code === 'invalid-proxy-url', JSON.stringify(route));
    assert.ok(!('code' in route), JSON.stringify(route));
    const user = route.user && `${route.user.name}:${route.user.password}`;
    assert.deepEqual(
      { shown: route.shown, authorization: route.authorization, user },
      { authorization: undefined, user: undefined, ...expected },
    );
  });
}

check('http://proxy.test:3128', { shown: 'http://proxy.test:3128' });
check('http://Proxy.TEST:3128/', { shown: 'http://proxy.test:3128' });
check('proxy.test:3128', { shown: 'http://proxy.test:3128' });
check('proxy.test', { shown: 'http://proxy.test:80' });
check('https://proxy.test', { shown: 'https://proxy.test:443' });
check('https://proxy.test:80', { shown: 'https://proxy.test:80' });
check('socks5://proxy.test', { shown: 'socks5://proxy.test:1080' });
check('SOCKS5H://proxy.test:80', { shown: 'socks5h://proxy.test:80' });
check('http://[::1]:3128', { shown: 'http://[::1]:3128' });
check('http://us%40er:p@p:1', { shown: 'http://p:1', authorization: 'Basic dXNAZXI6cA==', user: 'us@er:p' });
check('u:p@proxy.test:3128', { shown: 'http://proxy.test:3128', authorization: 'Basic dTpw', user: 'u:p' });
check('http://u@p:1', { shown: 'http://p:1', authorization: 'Basic dTo=', user: 'u:' });
check('http://%zz:p@p:1', { shown: 'http://p:1', authorization: 'Basic JXp6OnA=', user: '%zz:p' });
check('http:/badproxyurl:3128', 'invalid');
check('http://:8080', 'invalid');
check('http://', 'invalid');
check('', 'invalid');
check('socks4://p:1', 'invalid');
check('ftp://p:1', 'invalid');
check('http://p:99999', 'invalid');
check('socks5:p:1', 'invalid');

test('the credentials of a URL that cannot be used are not shown', () => {
  for (const url of ['ftp://user:PASS@p:1', 'http:/user:PASS@p', 'http://user:PASS@:1', 'user:PASS@:1']) {
    const failure = proxyRoute({ url });
    assert.ok('code' in failure && !failure.message.includes('PASS'), JSON.stringify(failure));
  }
});
