import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CurlCommand, RequestNode } from '../../../src/core/syntax/ast.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../../src/core/syntax/query.ts';

const silent: CurlCommand = {
  method: undefined,
  url: undefined,
  headers: [],
  data: [],
  getWithData: false,
  user: undefined,
  digest: false,
  awsSigv4: undefined,
  cookie: undefined,
  cookieFile: undefined,
  form: [],
  insecure: false,
  followRedirects: false,
  proxy: undefined,
  compressed: false,
  head: false,
  maxTimeSeconds: undefined,
  connectTimeoutSeconds: undefined,
  maxRedirects: undefined,
  retry: undefined,
  http2: false,
  proxyUser: undefined,
  cert: undefined,
  key: undefined,
  cacert: undefined,
  passphrase: undefined,
};

/** `expected` holds what the command says besides its address, which is `https://h/` in all cases. */
function check(command: string, expected: Partial<CurlCommand>, method = 'GET'): void {
  test(JSON.stringify(command), () => {
    const request = read(command);
    assert.deepEqual(request.curl, { ...silent, url: 'https://h/', ...expected });
    assert.deepEqual([request.kind, request.method.text, request.target.text], ['curl', method, 'https://h/']);
  });
}

function read(text: string): RequestNode {
  const [block] = requestBlocks(parse(text));
  assert.ok(block);
  return block.request;
}

describe('options', () => {
  check('curl https://h/', {});
  check('curl --url https://h/', {});
  check('curl -X PUT https://h/', { method: 'PUT' }, 'PUT');
  check('curl -XPUT https://h/', { method: 'PUT' }, 'PUT');
  check('curl --request=PUT https://h/', { method: 'PUT' }, 'PUT');
  check("curl https://h/ -H 'A: b' -H 'C:d' -H 'E;'", {
    headers: [
      ['A', 'b'],
      ['C', 'd'],
      ['E', ''],
    ],
  });
  check(
    'curl -d a=1 -d @b https://h/',
    {
      data: [
        { kind: 'data', value: 'a=1', file: false },
        { kind: 'data', value: 'b', file: true },
      ],
    },
    'POST',
  );
  check('curl --data-raw @x https://h/', { data: [{ kind: 'raw', value: '@x', file: false }] }, 'POST');
  check('curl --data-binary @x https://h/', { data: [{ kind: 'binary', value: 'x', file: true }] }, 'POST');
  check(
    'curl --data-urlencode "a=b c" https://h/',
    {
      data: [{ kind: 'urlencode', value: 'a=b c', file: false }],
    },
    'POST',
  );
  check('curl --json {} https://h/', { data: [{ kind: 'json', value: '{}', file: false }] }, 'POST');
  check('curl -G -d a=1 https://h/', { getWithData: true, data: [{ kind: 'data', value: 'a=1', file: false }] });
  check(
    'curl -F a=1 -F f=@b.png --form-string c=@d https://h/',
    {
      form: [
        { name: 'a', value: '1', file: false },
        { name: 'f', value: 'b.png', file: true },
        { name: 'c', value: '@d', file: false },
      ],
    },
    'POST',
  );
  check('curl -u a:b -b "c=d; e=f" -x http://p -m 2.5 -E cert.pem https://h/', {
    user: 'a:b',
    cookie: 'c=d; e=f',
    proxy: 'http://p',
    maxTimeSeconds: 2.5,
    cert: 'cert.pem',
  });
  check('curl -b jar.txt -c jar.txt https://h/', { cookieFile: 'jar.txt' });
  check('curl -sSLk --compressed -o /dev/null https://h/', { followRedirects: true, insecure: true, compressed: true });
  check('curl -I https://h/', { head: true }, 'HEAD');
  check('curl --connect-timeout 1.5 --max-redirs 3 --retry 2 --retry-delay 1 --http2 https://h/', {
    connectTimeoutSeconds: 1.5,
    maxRedirects: 3,
    retry: 2,
    http2: true,
  });
  check('curl -x p:3128 -U a:b --cert c.pem --key k.pem --pass word --cacert ca.pem https://h/', {
    proxy: 'p:3128',
    proxyUser: 'a:b',
    cert: 'c.pem',
    key: 'k.pem',
    passphrase: 'word',
    cacert: 'ca.pem',
  });
  check('curl --socks5-hostname p:1080 --max-redirs -1 -r 0-99 https://h/', {
    proxy: 'socks5h://p:1080',
    headers: [['Range', 'bytes=0-99']],
  });
  check('curl -n --netrc --netrc-optional --http1.1 -c jar https://h/', {});
  // The argument of an option that is not acted on is no address.
  check('curl --resolve h:443:127.0.0.1 -K my.cfg --netrc-file n --noproxy=x -T f https://h/', {});
  check('curl -A me -e there https://h/', {
    headers: [
      ['User-Agent', 'me'],
      ['Referer', 'there'],
    ],
  });
});

describe('quoting and continuation', () => {
  const data = (value: string) => ({ data: [{ kind: 'raw', value, file: false }] as const });
  check(`curl https://h/ --data-raw '{"a": "b"}'`, data('{"a": "b"}'), 'POST');
  check(`curl https://h/ --data-raw '{\n  "a": 1\n}'`, data('{\n  "a": 1\n}'), 'POST');
  check(`curl https://h/ --data-raw "a\\"b\\\\c\\d"`, data('a"b\\c\\d'), 'POST');
  check(`curl https://h/ --data-raw $'a\\'b\\n\\u00e9'`, data("a'b\né"), 'POST');
  check(`curl https://h/ --data-raw a\\ b'c'"d"`, data('a bcd'), 'POST');
  check('curl https://h/ --data-raw {{ body }}', data('{{ body }}'), 'POST');
  check('curl \\\n  https://h/ \\  \n  --data-raw a', data('a'), 'POST');
  check('curl \\\r\n  https://h/ \\\r\n  --data-raw a', data('a'), 'POST');
  check('curl `\n  https://h/ `\n  --data-raw a', data('a'), 'POST');
  check('curl ^"https://h/^" ^\n  --data-raw ^"{\\^"a\\^":1}^"', data('{"a":1}'), 'POST');
  check('curl ^"https://h/^" ^\n  --data-raw ^"^{^\\^"a^\\^":^\\^"50^%^20^\\^"^}^"', data('{"a":"50%20"}'), 'POST');
  check('curl ^"https://h/^" ^\r\n  --data-raw ^"a^\r\n\r\nb^\n\nc^"', data('a\nb\nc'), 'POST');
  check('curl "https://h/" ^\n  --data-raw "say ""hi"" C:\\dir\\\\"', data('say "hi" C:\\dir\\'), 'POST');
  check('curl https://h/ | jq .', {});
  check('curl https://h/ > out.json', {});
});

describe('the block of a command', () => {
  function checkProblems(text: string, expected: readonly string[]): void {
    test(JSON.stringify(text), () =>
      assert.deepEqual(
        parse(text).problems.map(({ code }) => code),
        expected,
      ),
    );
  }
  checkProblems('curl https://h/\n\n@token = {{a.response.body.b}}', []);
  checkProblems('curl https://h/\n  -d a', ['text-after-curl']);
  checkProblems("curl https://h/ -d 'a", ['curl-unclosed-quote']);
  for (const option of [
    '--netrc-file f',
    '--http3',
    '-0',
    '--resolve h:1:2',
    '-T f',
    '--ntlm',
    '--location-trusted',
    '--next',
  ]) {
    checkProblems(`curl https://h/ ${option}`, ['curl-option-not-supported']);
  }
  checkProblems('curl https://h/ https://i/', ['curl-option-not-supported']);
  checkProblems('curl -s\n', ['missing-target']);

  test('the address keeps its place', () => {
    const { target } = read("curl -s 'https://h/a'");
    assert.deepEqual([target.text, target.span], ['https://h/a', { start: 8, end: 21 }]);
  });
});
