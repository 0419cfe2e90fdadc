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
  cert: undefined,
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
  checkProblems('curl https://h/ --netrc', ['curl-option-not-supported']);
  checkProblems('curl https://h/ https://i/', ['curl-option-not-supported']);
  checkProblems('curl -s\n', ['missing-target']);

  test('the address keeps its place', () => {
    const { target } = read("curl -s 'https://h/a'");
    assert.deepEqual([target.text, target.span], ['https://h/a', { start: 8, end: 21 }]);
  });
});
