import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { structure } from './outline.ts';

/** `lines` stand below `POST /`; the expectation leaves out the block and the request line. */
function check(lines: string, expected: readonly string[]): void {
  test(JSON.stringify(lines), () => {
    const [block, ...rest] = structure(`POST /\n${lines}`);
    assert.deepEqual([block, ...rest.filter((line) => line !== 'POST /')], ['request', ...expected]);
  });
}

/** The same with a Content-Type. */
function checkType(type: string, lines: string, expected: readonly string[]): void {
  const variables = expected.filter((line) => line.startsWith('@'));
  const others = expected.filter((line) => !line.startsWith('@'));
  check(`Content-Type: ${type}\n\n${lines}`, [...variables, `Content-Type: ${type}`, ...others]);
}

describe('the edges of a body (C13)', () => {
  check('\nbody', ['text "body"']);
  check('\n\n \n  body  \n\n x\n\n \n', ['text "  body  \\n\\n x"']);
  check('   \nbody', ['text "body"']);
  check('\r\na\r\nb\r\n', ['text "a\\r\\nb"']);
  check('\n', []);
  checkType('multipart/mixed; boundary=b', '\n--b\n\n1\n--b--\n\n', ['text "\\n--b\\n\\n1\\n--b--"']);
});

describe('file parts', () => {
  check('\n< ./a.json', ['file < ./a.json']);
  check('\n<@ ./a b.json ', ['file <@ ./a b.json']);
  check('\n<@latin1 ./a', ['file <@latin1 ./a']);
  check('\n<\t{{dir}}/a', ['file < {{dir}}/a']);
  check('\nA\n< ./a\nB', ['text "A\\n"', 'file < ./a', 'text "\\nB"']);
  check('\n< ./a\n< ./b', ['file < ./a', 'text "\\n"', 'file < ./b']);
  check('\n<./a', ['text "<./a"']);
  check('\n< b/>', ['text "< b/>"']);
  check('\n<a>\n < b\n</a>', ['text "<a>\\n < b\\n</a>"']);
});

describe('comment lines', () => {
  check('\n{\n# a\n  // b\n}', ['text "{\\n# a\\n  // b\\n}"']);
  check('\n# a', []);
  check('\n{}\n\n# a\n', ['text "{}"']);
  check('\n{}\n# a\n', ['text "{}\\n# a"']);
  checkType('text/markdown', 'text\n\n# Heading', ['text "text\\n\\n# Heading"']);
  checkType('text/markdown', '# Heading', ['text "# Heading"']);
  checkType('application/yaml', 'a: 1\n\n# b', ['text "a: 1\\n\\n# b"']);
  checkType('application/yaml', '# b', []);
  checkType('application/octet-stream', '< ./a\n\n# b', ['file < ./a']);
});

describe('what stands behind a body (C15)', () => {
  check('\n{}\n\n> {%\n  a();\n%}', ['text "{}"', 'handler a();']);
  check('\n{}\n> {% a(); %}\n<> b.json\n', ['text "{}"', 'handler a();', '<> b.json']);
  check('\n{}\n\n> ./a.js\n>> b.json\n>>! c.json', ['text "{}"', 'handler file ./a.js', '>> b.json', '>>! c.json']);
  check('\n?? status == 200\n?? body exists', ['assertion status == 200', 'assertion body exists']);
  check('\n{}\n\n{{\n  a();\n}}', ['text "{}"', 'js-block a();']);
  check('\n{{@streaming\n  a();\n}}\n\n# c\n', ['js-block @streaming\n  a();']);
  check('\na\n> {% b(); %}\nc', ['text "a\\n"', 'text "c"', 'handler b();']);
  check('\na\n> {% b(); %}\nc\n\n> ./d.js', ['text "a\\n"', 'text "c"', 'handler b();', 'handler file ./d.js']);
  check('\na\n> quoted\n>> nested\nb', ['text "a\\n> quoted\\n>> nested\\nb"']);
  check('\n> quoted', ['text "> quoted"']);
  check('\n>>nothing', ['text ">>nothing"']);
  check('\na\n{{\nb\n}}\nc', ['text "a\\n{{\\nb\\n}}\\nc"']);
  check('\n> {% a();', ['handler a();']);
});

describe('variables behind a body (C16, C31)', () => {
  check('\n{}\n\n@a = 1\n@b = 2', ['@a = 1', '@b = 2', 'text "{}"']);
  check('\n@a = 1', ['@a = 1']);
  check('\n{}\n@a = 1', ['text "{}\\n@a = 1"']);
  check('\n{}\n@a = 1\n\n@b = 2', ['@b = 2', 'text "{}\\n@a = 1"']);
  check('\n{}\n\n@a = 1\n{}', ['text "{}\\n\\n@a = 1\\n{}"']);
  check('\n{}\n\n@media print {', ['text "{}\\n\\n@media print {"']);
  check('\n{}\n\n> {% a(); %}\n@b = 1', ['@b = 1', 'text "{}"', 'handler a();']);
  checkType('application/json', '{}\n\n@a = 1', ['@a = 1', 'text "{}"']);
  checkType('text/css', 'a {}\n\n@b = 1', ['text "a {}\\n\\n@b = 1"']);
  checkType('application/x-www-form-urlencoded', 'a=1\n\n@b = 1', ['text "a=1\\n\\n@b = 1"']);
  checkType('application/x-www-form-urlencoded', 'a=1\n\n@b = {{login.response.body.t}}', [
    '@b = {{login.response.body.t}}',
    'text "a=1"',
  ]);
  checkType('text/plain', 'a\n\n@b = {{login.response.body.t}}', ['text "a\\n\\n@b = {{login.response.body.t}}"']);
});
