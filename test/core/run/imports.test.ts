import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importsOf } from '../../../src/core/run/imports.ts';
import { previewBlock } from '../../../src/core/run/preview.ts';
import { newSession, runInput, type RunOptions } from '../../support/runInput.ts';

const files = {
  '/work/api/vars.http': '@host = http://vars.test\n@only = 1\n@only = 2\n@uses = {{host}}/x\n',
  '/work/shared.http': '@host = http://shared.test\n@deep = d\n@path = {{own}}\n',
  '/work/api/nested.http': '# @import ../shared.http\n@host = http://nested.test\n',
  '/work/api/a.http': 'import b.http\n@a = A\n',
  '/work/api/b.http': 'import a.http\nimport file.http\n@b = B\n',
  '/work/api/broken.http': 'import gone.http\n@c = C\n',
  '/work/api/login.http': '### login\nGET http://a.test/\n',
  '/work/api/login2.http': '### login\nGET http://b.test/\n',
};

describe('files', () => {
  for (const [what, text, expected] of [
    ['beside the file', 'import ./vars.http', ['api/vars.http']],
    ['by a tag', '# @import vars.http', ['api/vars.http']],
    ['in quotes', 'import "./vars.http"', ['api/vars.http']],
    ['below the root', 'import shared.http', ['shared.http']],
    ['in a folder above', 'import ../shared.http', ['shared.http']],
    ['that are imported', 'import nested.http\nimport vars.http', ['api/nested.http', 'api/vars.http', 'shared.http']],
    ['that import each other and this one', 'import a.http', ['api/a.http', 'api/b.http']],
    ['named twice', 'import vars.http\n# @import ./vars.http', ['api/vars.http']],
    ['with a variable', '@folder = ..\nimport {{folder}}/shared.http', ['shared.http']],
    ['with variables of variables', '@up = ..\n@file = {{up}}/shared\nimport ./{{file}}.http', ['shared.http']],
    ['of run', 'run ./vars.http', ['api/vars.http']],
    ['but no request', 'run #login', []],
    ['but not itself', 'import file.http', []],
  ] as const) {
    test(what, async () => {
      const imports = await load(text);
      assert.deepEqual([imports.files.map(({ file }) => file.id), imports.problems], [expected, []]);
    });
  }

  for (const [what, text, place, message] of [
    ['without a value', '# @import {{a}}/x.http', '{{a}}/x.http', /There is no file "{{a}}\/x.http"/],
    ['missing', 'import gone.http', 'gone.http', /There is no file "gone.http".*Create it or correct the path/],
    [
      'missing further on',
      'import broken.http',
      'broken.http',
      /"broken.http" imports a file that cannot be used: There is no file "gone.http"/,
    ],
  ] as const) {
    test(`a problem at its line: ${what}`, async () => {
      const { problems } = await load(text);
      assert.deepEqual(
        problems.map(({ code, severity, span }) => [code, severity, text.slice(span.start, span.end)]),
        [['import-not-found', 'error', place]],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  test('one that cannot be read says why', async () => {
    const openRequestFile = () => Promise.reject(new Error('"x" cannot be read: you may not read it.'));
    const { problems } = await load('import x.http', { ports: { openRequestFile } });
    assert.match(problems[0]?.message ?? '', /you may not read it\. Check the file/);
  });
});

describe('a file outside of the root', () => {
  const outside = { '/elsewhere/vars.http': '@host = http://o.test\n' };
  const text = 'import ../../elsewhere/vars.http\n\n###\nGET {{host}}/\n';
  for (const [answer, ids, codes] of [
    ['yes', ['/elsewhere/vars.http'], []],
    [undefined, [], ['import-denied']],
  ] as const) {
    test(`is read when somebody allows it: ${answer ?? 'no'}`, async () => {
      const asked: string[] = [];
      const imports = await load('import ../../elsewhere/vars.http', {
        files: outside,
        answer: (question) => {
          asked.push(question.kind === 'file-outside-root' ? question.path : question.kind);
          return answer;
        },
      });
      assert.deepEqual(asked, ['/elsewhere/vars.http']);
      assert.deepEqual(
        [imports.files.map(({ file }) => file.id), imports.problems.map(({ code }) => code)],
        [ids, codes],
      );
    });
  }

  test('a preview reads it without asking: it sends nothing', async () => {
    const input = runInput(text, undefined, { files: outside, answer: () => assert.fail('asked') });
    assert.equal((await previewBlock(input)).request?.url, 'http://o.test/');
  });
});

describe('variables', () => {
  for (const [head, target, expected] of [
    ['import vars.http', '{{host}}', 'http://vars.test/'],
    ['import vars.http', '{{host}}/{{only}}', 'http://vars.test/2'],
    ['import vars.http\n@host = http://own.test', '{{host}}', 'http://own.test/'],
    ['import vars.http\n@host = http://own.test', '{{uses}}', 'http://own.test/x'],
    ['import nested.http\nimport vars.http', '{{host}}/{{deep}}', 'http://nested.test/d'],
    ['import shared.http\n@own = http://o.test', '{{path}}', 'http://o.test/'],
    ['import a.http', 'http://x.test/{{a}}{{b}}', 'http://x.test/AB'],
  ] as const) {
    test(`${JSON.stringify(head)}: ${target}`, async () => {
      const { request, problems } = await previewBlock(
        runInput(`${head}\n\n###\nGET ${target}\n`, undefined, { files }),
      );
      assert.deepEqual([request?.url, problems], [expected, []]);
    });
  }

  test('the environment covers them when it covers the file', async () => {
    const sources = [
      { path: '/work/http-client.env.json', kind: 'public', text: '{"dev":{"host":"http://env.test"}}' },
    ] as const;
    const url = async (variablePrecedence: 'file' | 'environment') => {
      const options = { files, sources, environment: ['dev'], variablePrecedence };
      return (await previewBlock(runInput('import vars.http\n\n###\nGET {{host}}\n', undefined, options))).request?.url;
    };
    assert.deepEqual([await url('file'), await url('environment')], ['http://vars.test/', 'http://env.test/']);
  });

  test('a missing import above all requests is a warning of each, one of another request is not its matter', async () => {
    const text = 'import gone.http\n\n### a\nimport lost.http\nGET http://a.test/\n\n### b\nGET http://a.test/\n';
    const severities = async (id: string) =>
      (await previewBlock(runInput(text, id, { files }))).problems.map(({ code, severity }) => `${code} ${severity}`);
    assert.deepEqual(await severities('a'), ['import-not-found warning', 'import-not-found error']);
    assert.deepEqual(await severities('b'), ['import-not-found warning']);
  });
});

describe('references to requests of other files', () => {
  for (const [what, text, recordedIn, expected] of [
    ['imported', 'import login.http', ['api/login.http'], 'api/login.http'],
    ['not imported, in the folder', '', ['other/x.http'], 'other/x.http'],
    ['the nearest', '', ['other/x.http', 'api/y.http', 'z.http'], 'api/y.http'],
    ['the nearest one is above', '', ['other/x.http', 'z.http'], 'z.http'],
    ['imported before near', 'import ../api/login.http', ['api/y.http', 'api/login.http'], 'api/login.http'],
    ['as near as another: warned', '', ['api/x.http', 'api/y.http'], 'api/x.http ambiguous-reference'],
    [
      'imported twice: warned',
      'import login.http\nimport login2.http',
      ['api/login.http', 'api/login2.http'],
      'api/login.http ambiguous-reference',
    ],
    ['imported and not sent', 'import login.http', ['api/y.http'], ' request-not-sent'],
    ['never sent', '', [], ' unknown-request'],
  ] as const) {
    test(what, async () => {
      const session = newSession();
      for (const file of recordedIn) session.record(recorded(file));
      const block = 'GET http://a.test/\nX-Of: {{login.response.body.of}}\n';
      const { request, problems } = await previewBlock(
        runInput(`${text}\n\n###\n${block}`, undefined, { files, session }),
      );
      const value = request?.headers.find(([name]) => name === 'X-Of')?.[1] ?? '';
      assert.equal([value, ...problems.map(({ code }) => code)].join(' '), expected);
    });
  }

  test('text of another template language is none of them', async () => {
    const session = newSession();
    session.record(recorded('other/x.http'));
    const { problems } = await previewBlock(runInput('POST http://a.test/\n\n{{login.of}}\n', undefined, { session }));
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['unknown-variable', 'warning']],
    );
  });
});

async function load(text: string, options: RunOptions = {}) {
  const input = runInput(`${text}\n\n###\nGET http://a.test/\n`, undefined, { files, ...options });
  return importsOf(input);
}

function recorded(file: string) {
  return {
    file,
    id: 'login',
    at: 0,
    request: { method: 'GET', url: 'http://a.test/', headers: [] },
    hops: [{ url: 'http://a.test/', status: 200, reason: 'OK', headers: [] }],
    cookies: [],
    bodyBase64: btoa(JSON.stringify({ of: file })),
  };
}
