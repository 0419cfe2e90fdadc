import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { definitionsAt, noNeighbours, occurrences, type Neighbours } from '../../../src/core/features/occurrences.ts';
import { rename } from '../../../src/core/features/rename.ts';
import { replaced } from '../../../src/core/features/replacement.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import { marked } from '../../support/marked.ts';

type Files = Readonly<Record<string, string>>;

/** `own` has the cursor; `linked`, `others` and `environment` are the files around it, by address. */
function scene(own: string, files: { linked?: Files; others?: Files; environment?: Files } = {}) {
  const { document, offset } = marked(own);
  const documents = (given: Files = {}) =>
    Object.entries(given).map(([address, text]) => ({ address, document: parse(text) }));
  const neighbours: Neighbours = {
    linked: documents(files.linked),
    others: documents(files.others),
    environment: Object.entries(files.environment ?? {}).map(([path, text]) => ({ path, text })),
  };
  return { own: { address: 'own', document }, offset, neighbours };
}

/** Every file after the rename at `|`. */
function check(
  name: string,
  own: string,
  newName: string,
  expected: Files,
  files: { linked?: Files; others?: Files; environment?: Files } = {},
): void {
  test(name, () => {
    const { own: here, offset, neighbours } = scene(own, files);
    const result = rename(here, offset, newName, neighbours);
    assert.ok(result.ok, result.ok ? '' : result.message);
    const texts: Files = { own: here.document.text, ...files.linked, ...files.others, ...files.environment };
    const changed = Object.fromEntries(
      [...result.replacements].map(([address, list]) => [address, replaced(texts[address] ?? '', list)]),
    );
    assert.deepEqual(changed, expected);
  });
}

describe('rename', () => {
  check('a variable of the file', '@a| = 1\n@b = {{a}}\nGET /{{b}}/{{ a }}', 'c', {
    own: '@c = 1\n@b = {{c}}\nGET /{{b}}/{{ c }}',
  });
  check('a request, from its use', '# @name in\nGET /\n###\n# @ref in\nGET /{{i|n.response.body.x}}', 'login', {
    own: '# @name login\nGET /\n###\n# @ref login\nGET /{{login.response.body.x}}',
  });
  check(
    'a request that another file imports',
    '# @name in|\nGET /',
    'login',
    { own: '# @name login\nGET /', b: 'import own\n###\nGET /{{login.response.url}}' },
    {
      linked: { b: 'import own\n###\nGET /{{in.response.url}}' },
    },
  );
  check(
    'a name of the environment, wherever it is used',
    'GET {{ho|st}}/',
    'origin',
    {
      own: 'GET {{origin}}/',
      env: '{"dev": {"origin": "x", "url": "{{origin}}/a"}, "prod": {"origin": "y"}}',
      '/w/.env': 'A=1\norigin=z\n',
      b: 'GET {{origin}}',
    },
    {
      environment: {
        env: '{"dev": {"host": "x", "url": "{{host}}/a"}, "prod": {"host": "y"}}',
        '/w/.env': 'A=1\nhost=z\n',
      },
      others: { b: 'GET {{host}}', c: '@host = own\nGET {{host}}' },
    },
  );
  check(
    'a file’s own name leaves the environment alone',
    '@host = 1\nGET {{ho|st}}/',
    'h',
    { own: '@h = 1\nGET {{h}}/' },
    {
      environment: { env: '{"dev": {"host": "x"}}' },
    },
  );
  check(
    'a nested name keeps its path',
    'GET /{{A.to|k}}',
    'A.token',
    { own: 'GET /{{A.token}}', env: '{"dev": {"A": {"token": "x"}}}' },
    {
      environment: { env: '{"dev": {"A": {"tok": "x"}}}' },
    },
  );

  for (const [own, newName, why] of [
    ['@a| = 1', 'b c', /cannot be a name/],
    ['@a| = 1', '$b', /cannot be a name/],
    ['@a| = 1', ' ', /at least one/],
    ['# @name a|\nGET /', 'a.b', /cannot be a name/],
    ['GET /a|', 'b', /no variable/],
  ] as const) {
    test(`not ${own} to ${JSON.stringify(newName)}`, () => {
      const { own: here, offset } = scene(own);
      const result = rename(here, offset, newName, noNeighbours);
      assert.match(result.ok ? '' : result.message, why);
    });
  }
});

describe('definition', () => {
  for (const [source, expected, files] of [
    ['@v = 1\nGET /\n###\n@v = 2\nGET /{{v|}}', ['own:4'], {}],
    ['GET /{{v|}}\n###\n@v = 2\nGET /', ['own:3'], {}],
    ['# @name in\nGET /\n###\nGET /{{in|.response.body}}', ['own:1'], {}],
    ['GET {{host|}}', ['env:1'], { environment: { env: '{"dev":\n{"host": "x"}}' } }],
    ['import b\n###\nGET /{{in|.response.body}}', ['b:1'], { linked: { b: '# @name in\nGET /' } }],
    ['# @prompt otp\nGET /{{otp|}}', ['own:1'], {}],
  ] as const) {
    test(source, () => {
      const { own, offset, neighbours } = scene(source, files);
      const found = definitionsAt(own, offset, neighbours).map(
        ({ address, span }) =>
          `${address}:${address === 'env' ? 1 : lineOf(address === 'own' ? own.document.text : '# @name in\nGET /', span.start)}`,
      );
      assert.deepEqual(found, expected);
    });
  }
});

test('references hold the definition and each use', () => {
  const { own, offset, neighbours } = scene('@v| = 1\nGET /{{v}}\n###\nGET /{{v}}?{{w}}');
  assert.deepEqual(
    occurrences(own, offset, neighbours).map(({ role }) => role),
    ['definition', 'use', 'use'],
  );
});

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
