import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dialectProblems } from '../../../src/core/features/dialectProblems.ts';
import { environmentProblems } from '../../../src/core/features/environmentProblems.ts';
import { fixes } from '../../../src/core/features/fixes.ts';
import { problems } from '../../../src/core/features/problems.ts';
import { replaced } from '../../../src/core/features/replacement.ts';
import { variableProblems } from '../../../src/core/features/variableProblems.ts';
import { parse } from '../../../src/core/syntax/parse.ts';
import type { Problem } from '../../../src/core/text/problem.ts';
import { around, marked } from '../../support/marked.ts';

const environment = { '/w/http-client.env.json': '{ "dev": { "host": "x" } }\n' };
const surroundings = around(environment, { httpYac: true });

/** The text after the first fix of the problem with this code; `pick` takes another one by a part of its title. */
function check(code: string, text: string, expected: string, pick = ''): void {
  test(`${code}${pick === '' ? '' : `: ${pick}`}`, () => {
    assert.equal(replaced(text, found(code, text, pick).replacements), expected);
  });
}

function found(code: string, text: string, pick = '') {
  const document = parse(text);
  const all = [
    ...environmentProblems(document, surroundings.profiles),
    ...problems(document),
    ...variableProblems(document, surroundings),
    ...dialectProblems(document, surroundings),
  ];
  const problem = all.find((each) => each.code === code) ?? resolveProblem(code, text);
  const environmentFiles = Object.entries(environment).map(([path, content]) => ({ path, text: content }));
  const offered = fixes({ document, problem, around: surroundings, environmentFiles });
  const chosen = offered.find(({ title }) => title.includes(pick));
  assert.ok(chosen, `a fix for ${code} among ${offered.map(({ title }) => title).join(', ')}`);
  return chosen;
}

/** Problems of resolving come from a preview: here they stand at the first placeholder. */
function resolveProblem(code: string, text: string): Problem {
  const start = text.indexOf('{{');
  return { code, severity: 'error', span: { start, end: text.indexOf('}}') + 2 }, message: '' };
}

check('request-line-in-body', 'POST /a\n\n{}\n\nGET /b\n', 'POST /a\n\n{}\n\n###\nGET /b\n');
check('request-line-in-head', 'GET /a\nGET /b\n', 'GET /a\n\n###\nGET /b\n');
check('body-without-blank-line', 'POST /a\nA: b\n{}', 'POST /a\nA: b\n\n{}');
check('blank-line-before-headers', 'GET /a\n\nAccept: x', 'GET /a\nAccept: x');
check('malformed-header', 'GET /a\nbad', 'GET /a\n# bad');
check('malformed-header', 'GET /a\nbad', 'GET /a\n\nbad', 'blank line');
check('invalid-http-version', 'GET /a HTTP1.1\nA: b', 'GET /a HTTP/1.1\nA: b');
check('unsupported-http-version', 'GET /a HTTP/3\nA: b', 'GET /a HTTP/1.1\nA: b');
check('text-after-curl', 'curl https://h/\n  -d a', 'curl https://h/ \\\n  -d a');
check('unknown-text', 'words\n\nGET /a', '# words\n\nGET /a');
check('missing-content-type', 'POST /a\nA: b\n\n{"a": 1}', 'POST /a\nA: b\nContent-Type: application/json\n\n{"a": 1}');
check('missing-content-type', 'POST /a HTTP/1.1\n\n[1]', 'POST /a HTTP/1.1\nContent-Type: application/json\n\n[1]');
check('content-header-without-body', 'GET /a\nContent-Type: a/b\nX: y', 'GET /a\nX: y');
check('host-with-scheme', 'GET /a\nHost: https://h.test/x', 'GET /a\nHost: h.test');
check('duplicate-request-name', '# @name a\nGET /\n###\n# @name a\nGET /', '# @name a\nGET /\n###\n# @name a2\nGET /');
check('unused-variable', '@a = 1\nGET /', 'GET /');
check('timestamp-unit', 'GET /{{$timestamp}}', 'GET /{{$timestampMs}}');
check('unclosed-script', 'GET /\n\n> {% a()\n\n###\nGET /b', 'GET /\n\n> {% a()\n%}\n\n###\nGET /b');
check('unknown-variable', '@token = 1\nGET /{{tokne}}', '@token = 1\nGET /{{token}}');
check('unknown-variable', '### A\nGET /{{x}}', '### A\n@x = \nGET /{{x}}', 'Define');
check(
  'unknown-request',
  '# @name login\nGET /\n###\nGET /{{logn.response.body.a}}',
  '# @name login\nGET /\n###\nGET /{{login.response.body.a}}',
);
check('unknown-function', 'GET /{{$guidd}}', 'GET /{{$guid}}');
check('unknown-environment', '# @env dve\nGET /', '# @env dev\nGET /');
check('unknown-tag', '# @noRedirct\nGET /', '# @no-redirect\nGET /');
check('function-arguments', 'GET /{{$randomInt 9 1}}', 'GET /{{$randomInt 1 9}}');

/** Problems of a preview, at the marked place. */
function checkAt(code: string, source: string, expected: string, pick = ''): void {
  test(`${code}${pick === '' ? '' : `: ${pick}`}`, () => {
    const { document, text, selection } = marked(source);
    const problem: Problem = { code, severity: 'error', span: selection, message: '' };
    const offered = fixes({ document, problem, around: surroundings, environmentFiles: [] });
    const chosen = offered.find(({ title }) => title.includes(pick));
    assert.equal(replaced(text, chosen?.replacements ?? []), expected);
  });
}

checkAt('missing-scheme', 'GET «example.test/a»', 'GET https://example.test/a');
checkAt('missing-scheme', 'GET «example.test/a»', 'GET http://example.test/a', 'http://');
checkAt('missing-scheme', 'GET «/a»\nA: b', 'GET /a\nHost: \nA: b');
checkAt('http2-needs-https', 'GET http://h/ «HTTP/2»', 'GET http://h/ HTTP/1.1');
checkAt('form-line-break', 'POST /\n\na=1\n«b=2»', 'POST /\n\na=1&\nb=2');
checkAt('content-length-mismatch', 'POST /\n«Content-Length: 9»\n\na', 'POST /\n\na');

test('a name that the environment lacks is added to its file', () => {
  const { elsewhere } = found('unknown-variable', 'GET /{{x}}', 'http-client.env.json');
  assert.equal(elsewhere?.path, '/w/http-client.env.json');
  const text = replaced(environment['/w/http-client.env.json'], elsewhere?.replacements ?? []);
  assert.deepEqual(JSON.parse(text), { dev: { host: 'x', x: '' } });
});

describe('a body file that is missing is made beside the file', () => {
  for (const [path, expected] of [
    ['./data/a.json', './data/a.json'],
    ['data\\a.json', 'data/a.json'],
    ['/tmp/a.json', undefined],
    ['C:\\a.json', undefined],
    ['{{file}}', undefined],
  ] as const) {
    test(path, () => {
      const { document, selection } = marked(`POST /\n\n< «${path}»`);
      const problem: Problem = { code: 'file-not-found', severity: 'error', span: selection, message: '' };
      const [fix] = fixes({ document, problem, around: surroundings, environmentFiles: [] });
      assert.equal(fix?.creates, expected);
    });
  }
});

test('which of two definitions wins is a setting', () => {
  assert.equal(found('shadowed-variable', '@host = a\nGET {{host}}').setting, 'crumbtrail.variablePrecedence');
});

test('every fix takes its own problem away', () => {
  const cases = [
    ['request-line-in-body', 'POST /a\n\n{}\n\nGET /b\n'],
    ['body-without-blank-line', 'POST /a\nA: b\n{}'],
    ['blank-line-before-headers', 'GET /a\n\nAccept: x'],
    ['malformed-header', 'GET /a\nbad'],
    ['unknown-text', 'words\n\nGET /a'],
    ['invalid-http-version', 'GET /a\n  ?b=1 HTTP/1.l'],
    ['missing-content-type', 'POST /a\n\n{"a": 1}'],
    ['content-header-without-body', 'GET /a\nContent-Type: a/b'],
    ['host-with-scheme', 'GET /a\nHost: https://h.test'],
    ['duplicate-request-name', '# @name a\nGET /\n###\n# @name a\nGET /'],
    ['unclosed-script', 'GET /\n\n> {% a()\n'],
    ['separator-in-body', 'POST /\nContent-Type: text/markdown\n\n# T\n\n### S\nwords'],
  ] as const;
  for (const [code, text] of cases) {
    const after = replaced(text, found(code, text).replacements);
    const left = problems(parse(after)).map((problem) => problem.code);
    assert.ok(!left.includes(code), `${code} after its fix:\n${after}`);
  }
});
