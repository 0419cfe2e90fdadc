import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pastedCurl } from '../../../src/core/features/curlAsRequest.ts';
import { refactorings } from '../../../src/core/features/refactorings.ts';
import { replaced } from '../../../src/core/features/replacement.ts';
import { marked } from '../../support/marked.ts';

/** The text after the refactoring whose title has `title`; `undefined` when there is none. */
function check(source: string, title: string, expected: string | undefined): void {
  test(`${title}: ${JSON.stringify(source)}`, () => {
    const { document, text, selection } = marked(source);
    const found = refactorings(document, selection).find((each) => each.title.includes(title));
    assert.equal(found && replaced(text, found.replacements), expected);
  });
}

describe('extract to a variable', () => {
  check('### A\nGET «http://h»/a', 'Extract', '### A\n@baseUrl = http://h\nGET {{baseUrl}}/a');
  check('GET /a\nAuthorization: Bearer «abc»', 'Extract', '@token = abc\nGET /a\nAuthorization: Bearer {{token}}');
  check('POST /a\n\n{"name": "«Ada»"}', 'Extract', '@name = Ada\nPOST /a\n\n{"name": "{{name}}"}');
  check(
    '@name = 1\nPOST /a\n\n{"name": "«a\\b»"}',
    'Extract',
    '@name = 1\n@name2 = a\\\\b\nPOST /a\n\n{"name": "{{name2}}"}',
  );
  check('GET /{{«a»}}', 'Extract', undefined);
  check('GET /a\nX: «a »b', 'Extract', undefined);
  check('«GET» /a', 'Extract', undefined);
});

describe('curl', () => {
  check(
    'curl| -X PUT https://h/a -H "A: b" -d x=1',
    'Rewrite',
    'PUT https://h/a\nA: b\nContent-Type: application/x-www-form-urlencoded\n\nx=1',
  );
  check('curl| https://h/a --form a=@b', 'Rewrite', undefined);
  check('GET| /a\n', 'Insert ###', 'GET /a\n###\nGET \n\n');

  for (const [command, expected] of [
    ['curl https://h/', 'GET https://h/'],
    [
      "curl -k -u me:pw 'https://h/?a=1' \\\n  --max-time 5",
      '# @insecure\n# @timeout 5 s\nGET https://h/?a=1\nAuthorization: Basic me:pw',
    ],
    [
      'curl --json \'{"a":1}\' https://h/',
      'POST https://h/\nContent-Type: application/json\nAccept: application/json\n\n{"a":1}',
    ],
    ['curl -G https://h/ -d a=1 -d b=2', 'GET https://h/?a=1&b=2'],
    [
      'curl https://h/ --data-urlencode "q=a b"',
      'POST https://h/\nContent-Type: application/x-www-form-urlencoded\n\nq=a%20b',
    ],
    ['curl -I -b a=1 https://h/', 'HEAD https://h/\nCookie: a=1'],
    [
      'curl --connect-timeout 2 --max-redirs 3 --retry 4 --http2 -E c.pem https://h/',
      '# @connection-timeout 2 s\n# @max-redirects 3\n# @retry 4\n# @http2\n# @cert c.pem\nGET https://h/',
    ],
    ['curl --digest -u a:b https://h/', 'GET https://h/\nAuthorization: Digest a:b'],
    [
      'curl --aws-sigv4 aws:amz:eu-west-1:s3 -u id:key https://h/',
      'GET https://h/\nAuthorization: AWS id key region:eu-west-1 service:s3',
    ],
    ['curl -n -L --http1.1 https://h/', 'GET https://h/'],
    ['curl -x p -U a:b https://h/', undefined],
    ['curl -E c.pem --key k.pem https://h/', undefined],
    ['curl --resolve h:443:127.0.0.1 https://h/', undefined],
    ['curl --http3 https://h/', undefined],
    [
      "curl 'https://h/a?b=1' \\\n  -H 'accept: */*' \\\n  -H 'cookie: a=b' \\\n  --data-raw '{\"a\":\"it'\\''s\"}' \\\n  --compressed",
      'POST https://h/a?b=1\naccept: */*\ncookie: a=b\nContent-Type: application/x-www-form-urlencoded\n\n{"a":"it\'s"}',
    ],
    [
      'curl ^"https://h/a?b=1^&c=2^" ^\r\n  -H ^"accept: */*^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"50^%^\\^"^}^"',
      'POST https://h/a?b=1&c=2\naccept: */*\nContent-Type: application/x-www-form-urlencoded\n\n{"a":"50%"}',
    ],
    ["curl https://h/ -d '### x'", undefined],
    ['GET /a', undefined],
    ['curling is a sport', undefined],
  ] as const) {
    test(command, () => assert.equal(pastedCurl(command), expected));
  }
});
