import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prepareRequest } from '../../../src/core/prepare/prepareRequest.ts';
import { createResolver, prepareInput } from '../../../src/core/run/runContext.ts';
import { bodyText, runInput, type RunOptions } from '../../support/runInput.ts';

const files = {
  '/work/api/data.json': '{"v":"{{v}}"}\n',
  '/work/root.txt': 'from the root',
  '/work/api/both.txt': 'beside',
  '/work/both.txt': 'root',
  '/work/api/latin.txt': new Uint8Array([0xe9, 0x7b, 0x7b, 0x76, 0x7d, 0x7d]),
  '/work/api/query.graphql': 'query Q { a }',
  '/outside.txt': 'secret',
};

/** A file that is too large for memory. */
const prepareFiles = {
  size: async () => 2_200_000_000,
  stream: () => assert.fail('It is read.'),
  write: () => assert.fail('It is written.'),
  resolve: (_base: string, reference: string) => `/work/${reference}`,
  isInside: async () => true,
};

describe('bodies', () => {
  for (const [name, type, written, expected] of [
    [
      'JSON loses its comments',
      'application/json',
      '{\n# a\n  // b\n  "c": "# not // one"\n}',
      '{\n  "c": "# not // one"\n}',
    ],
    ['problem+json too', 'application/problem+json', '{\n// a\n}', '{\n}'],
    ['none has none either', undefined, '# a\n{}', '{}'],
    ['XML', 'text/xml', '<a>\n# c\n</a>', '<a>\n</a>'],
    ['HTML', 'text/html', '// c\n<p>', '<p>'],
    ['markdown keeps its headings', 'text/markdown', '# Title\n// x', '# Title\n// x'],
    ['YAML', 'application/yaml', '# c\na: 1', '# c\na: 1'],
    ['CSV', 'text/csv', '#a,b\n1,2', '#a,b\n1,2'],
    ['code', 'text/x-python', '# c\nx = 1', '# c\nx = 1'],
    ['what is not known', 'application/vnd.x', '# c\nx', '# c\nx'],
    ['GraphQL text', 'application/graphql', '# kept\n// not\n{ a }', '# kept\n{ a }'],
    ['blank lines around it', 'text/plain', '\n\n  a  \n\n b\n\n\n', '  a  \n\n b'],
    ['CRLF', 'text/plain', 'a\r\nb\r\n', 'a\nb'],
    ['a placeholder', 'application/json', '{"a":"{{v}}"}', '{"a":"7"}'],
    ['JSON lines end with a line', 'application/x-ndjson', '{}\n# c\n{}', '{}\n{}\n'],
    ['UTF-8', 'text/plain', 'é', '\xc3\xa9'],
    ['a file', 'application/json', '< data.json', '{"v":"{{v}}"}\n'],
    ['a file with placeholders', 'application/json', '<@ data.json', '{"v":"7"}\n'],
    ['a file in Latin-1', 'text/plain', '<@latin1 ./latin.txt', '\xc3\xa97'],
    ['a path with a placeholder', 'application/json', '< {{name}}.json', '{"v":"{{v}}"}\n'],
    ['the root comes second', 'text/plain', '< both.txt', 'beside'],
    ['from the root', 'text/plain', '< root.txt', 'from the root'],
    [
      'text around files',
      'text/plain',
      'A\n< root.txt\n< root.txt\nB\n\nC\n',
      'A\nfrom the root\nfrom the root\nB\n\nC',
    ],
    ['text that only looks like a file', 'text/plain', '<data.json', '<data.json'],
  ] as const) {
    test(name, () => check(type, written, expected));
  }
});

describe('forms (C27)', () => {
  const type = 'application/x-www-form-urlencoded';
  for (const [written, expected] of [
    ['a=1&b=2', 'a=1&b=2'],
    ['a=1\n&b=2 3', 'a=1&b=2%203'],
    ['a=1&\nb=2', 'a=1&b=2'],
    ['a=1 &\n    b=2', 'a=1&b=2'],
    ['a=1\n    &b=2', 'a=1&b=2'],
    ['a=1\n# c\n&b=2', 'a=1&b=2'],
    ['key1 = value1 &\nkey2 = value 2', 'key1=value1&key2=value%202'],
    ['a = 1', 'a=1'],
    ['a = 1&b = 2', 'a=1&b%20=%202'],
    ['a=x%20y+z%2B', 'a=x%20y+z%2B'],
    ['a=50%', 'a=50%25'],
    ['a=1%+2%&3%=4%%', 'a=1%2B2%263%3D4%25'],
    ['a=é"<>', 'a=%C3%A9%22%3C%3E'],
    ['a[]=1&redirect=http://b.test/?x=1', 'a[]=1&redirect=http://b.test/?x=1'],
    ['a={{v}}&b={{%spaced}}&c={{spaced}}', 'a=7&b=x%20y%26z&c=x%20y&z'],
  ] as const) {
    test(JSON.stringify(written), () => check(type, written, expected));
  }

  test('a line of its own is part of the value above, and that is said', async () => {
    const prepared = await prepare(post(type, 'a=1\nb=2'));
    assert.equal(await bodyText(prepared.request?.body), 'a=1%0Ab=2');
    assert.deepEqual(
      prepared.problems.map(({ code }) => code),
      ['form-line-break'],
    );
  });
});

describe('multipart', () => {
  const type = 'multipart/form-data; boundary=b';
  const part = (head: string, content: string) => `--b\n${head}\n\n${content}\n`;
  const field = 'Content-Disposition: form-data; name="a"';
  for (const [name, written, expected] of [
    ['CRLF throughout', `${part(field, '1')}--b--`, `--b\r\n${field}\r\n\r\n1\r\n--b--\r\n`],
    ['blank lines inside a part stay', `${part(field, '\n1\n')}--b--`, `--b\r\n${field}\r\n\r\n\r\n1\r\n\r\n--b--\r\n`],
    [
      'comments part by part',
      `# c\n${part(`# c\n${field}`, '# c\n1')}${part(`${field}\nContent-Type: text/markdown`, '# Title')}--b--`,
      `--b\r\n${field}\r\n\r\n1\r\n--b\r\n${field}\r\nContent-Type: text/markdown\r\n\r\n# Title\r\n--b--\r\n`,
    ],
    ['a file, verbatim', `${part(field, '< root.txt')}--b--\n`, `--b\r\n${field}\r\n\r\nfrom the root\r\n--b--\r\n`],
    ['placeholders', `${part(field, '{{v}}')}--b--`, `--b\r\n${field}\r\n\r\n7\r\n--b--\r\n`],
  ] as const) {
    test(name, () => check(type, written, expected));
  }
});

describe('GraphQL (C30)', () => {
  for (const [name, written, expected] of [
    ['a query', 'query Q { a }', '{"query":"query Q { a }","operationName":"Q","variables":{}}'],
    ['without a name', '{ a }', '{"query":"{ a }","variables":{}}'],
    [
      'variables, digits kept',
      'query Q($n: Int) { a(n: $n) }\n\n{\n "n": 12345678901234567890 }',
      '{"query":"query Q($n: Int) { a(n: $n) }","operationName":"Q","variables":{\n "n": 12345678901234567890 }}',
    ],
    ['comments', '# kept\n// not\n{ a }', '{"query":"# kept\\n{ a }","variables":{}}'],
    ['placeholders', '{ a(v: {{v}}) }\n\n{"x":"{{v}}"}', '{"query":"{ a(v: 7) }","variables":{"x":"7"}}'],
    ['a file', '< query.graphql\n\n{"x":1}', '{"query":"query Q { a }","operationName":"Q","variables":{"x":1}}'],
    ['a blank line in the query', '{ a\n\n{ b } }', '{"query":"{ a\\n\\n{ b } }","variables":{}}'],
  ] as const) {
    test(name, async () => {
      for (const head of ['GRAPHQL http://a.test/', 'POST http://a.test/\nx-request-type: graphql']) {
        const { request } = await prepare(`${head}\n\n${written}\n`);
        assert.equal(await bodyText(request?.body), expected);
        assert.equal(request?.method, 'POST');
        assert.ok(request?.headers.some(([key, value]) => key === 'Content-Type' && value === 'application/json'));
      }
    });
  }

  test('variables that are no JSON', async () => {
    const { problems } = await prepare('GRAPHQL http://a.test/\n\nquery { a }\n\n{ "x": }\n');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['graphql-variables'],
    );
  });
});

describe('tags of the bytes', () => {
  for (const [tag, written, expected] of [
    ['# @raw-body', '# kept\n{}', '# kept\n{}'],
    ['# @encoding latin1', 'é', '\xe9'],
    ['# @encoding utf-16le', 'é', '\xe9\0'],
  ] as const) {
    test(tag, async () => {
      const { request, problems } = await prepare(`${tag}\n${post('application/json', written)}`);
      assert.deepEqual(problems, []);
      assert.equal(await bodyText(request?.body), expected);
    });
  }

  for (const [tag, written] of [
    ['# @encoding latin1', 'č'],
    ['# @encoding ebcdic', 'x'],
  ] as const) {
    test(`${tag} cannot write ${written}`, async () => {
      const { request, problems } = await prepare(`${tag}\n${post('text/plain', written)}`);
      assert.deepEqual([request, problems.map(({ code }) => code)], [undefined, ['unknown-encoding']]);
    });
  }
});

describe('files that cannot be sent', () => {
  for (const [written, code] of [
    ['< nope.json', 'file-not-found'],
    ['< {{nope}}.json', 'unknown-variable'],
    ['< ../../outside.txt', 'file-denied'],
    ['<@ebcdic data.json', 'unknown-encoding'],
  ] as const) {
    test(`${written}: ${code}`, async () => {
      const { request, problems } = await prepare(post('text/plain', written));
      assert.deepEqual([request, problems.map((each) => each.code)], [undefined, [code]]);
    });
  }

  test('outside of the root somebody must allow it', async () => {
    const asked: unknown[] = [];
    const { request } = await prepare(post('text/plain', '< ../../outside.txt'), {
      answer: (question) => {
        asked.push(question);
        return 'yes';
      },
    });
    assert.equal(await bodyText(request?.body), 'secret');
    assert.deepEqual(asked, [{ kind: 'file-outside-root', path: '/outside.txt', root: '/work' }]);
  });

  test('what the file system says is passed on', async () => {
    const { problems } = await prepare(post('text/plain', '< data.json'), {
      ports: {
        files: {
          read: () => Promise.reject(new Error('unused')),
          size: () => Promise.reject(new Error('"data.json" cannot be read: you may not read it.')),
          stream: () => assert.fail(),
          write: () => assert.fail(),
          resolve: (_base, reference) => reference,
          isInside: async () => true,
        },
      },
    });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['file-unreadable'],
    );
    assert.match(problems[0]?.message ?? '', /you may not read it/);
  });
});

test('a file is not read before it is sent, and can be sent twice', async () => {
  const { request } = await prepare(post('application/json', '< data.json'));
  assert.deepEqual([request?.body?.bytes, request?.body?.length, request?.body?.replayable], [undefined, 14, true]);
  assert.equal(await bodyText(request?.body), await bodyText(request?.body));
});

test('what becomes text is of a size that can be held, and its place says so', async () => {
  const unread = { ...prepareFiles, read: () => assert.fail('It is read.') };
  for (const [head, line, place, message] of [
    [
      'POST http://a.test/',
      '<@ huge.json',
      'huge.json',
      /has 2\.2 GB.* 16 MB\. Write "< huge\.json" to send it as it is/,
    ],
    ['GRAPHQL http://a.test/', '< huge.json', 'huge.json', /part of a GraphQL query may have 16 MB\. Send less\./],
    ['curl http://a.test/ -d @huge.json', '', 'curl', /-d; --data-binary sends a file of any size/],
    ['curl http://a.test/ --data-urlencode @huge.json', '', 'curl', /is percent-encoded/],
    ['curl -G http://a.test/ --data-binary @huge.json', '', 'curl', /part of a query/],
  ] as const) {
    const text = `${head}\n\n${line}\n`;
    const { problems } = await prepare(text, { ports: { files: unread } });
    const [problem] = problems.filter(({ severity }) => severity === 'error');
    assert.equal(problem?.code, 'file-too-large', line);
    assert.match(problem.message, message);
    assert.ok(text.slice(problem.span.start, problem.span.end).startsWith(place), text);
  }
  for (const line of ['POST http://a.test/\n\n< huge.json', 'curl http://a.test/ --data-binary @huge.json']) {
    const { request, problems } = await prepare(line, { ports: { files: unread } });
    assert.deepEqual([problems, request?.body?.length], [[], 2_200_000_000], line);
  }
});

test('a body of comments alone is none', async () => {
  const { request } = await prepare(post('application/json', '# nothing'));
  assert.equal(request?.body, undefined);
});

test('a problem stands at its placeholder, comments above it or not', async () => {
  const text = post('application/json', '{\n# {{nope}}\n"a": "{{host}}"\n}');
  const { problems } = await prepare(`@host = {{nope}}\n${text}`);
  const at = `@host = {{nope}}\n${text}`.indexOf('{{host}}');
  assert.deepEqual(
    problems.map(({ span }) => span),
    [{ start: at, end: at + 8 }],
  );
});

async function check(type: string | undefined, written: string, expected: string): Promise<void> {
  const { request, problems } = await prepare(post(type, written));
  assert.deepEqual(problems, []);
  assert.equal(await bodyText(request?.body), expected);
  assert.equal(request?.body?.length, expected.length);
}

function post(type: string | undefined, body: string): string {
  return `POST http://a.test/\n${type === undefined ? '' : `Content-Type: ${type}\n`}\n${body}`;
}

function prepare(text: string, options: RunOptions = {}) {
  const overrides = [
    ['v', '7'],
    ['name', 'data'],
    ['spaced', 'x y&z'],
  ] as const;
  const input = runInput(text, undefined, { files, overrides, ...options });
  return prepareRequest(prepareInput(input, createResolver(input, [], 'no'), 'no'));
}
