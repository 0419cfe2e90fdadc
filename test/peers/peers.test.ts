/* Against servers and clients that nobody here wrote. Without Debian's packages it is one test that says so. */
import { test } from 'node:test';
import { curlSuite } from './curl.ts';
import { debianPackages } from './debianPackages.ts';
import { httpbinSuite } from './httpbin.ts';
import { nginxSuite } from './nginx.ts';
import { proxySuites } from './proxies.ts';

const peers = await debianPackages();
if (typeof peers === 'string') test('real peers', { skip: peers });
else {
  nginxSuite(peers);
  proxySuites(peers);
  httpbinSuite(peers);
  curlSuite(peers);
}
