import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { templatesIn, type PlaceholderForm } from '../../../src/core/syntax/template.ts';

/** Placeholders in short: what stands between the braces as written, and what it is. */
function check(text: string, expected: readonly string[]): void {
  test(text, () => {
    const found = templatesIn(text).map(({ span, encode, form }) => {
      return `${text.slice(span.start, span.end)} ${encode ? 'encoded ' : ''}${inWords(form)}`;
    });
    assert.deepEqual(found, expected);
  });
}

function inWords(form: PlaceholderForm): string {
  switch (form.kind) {
    case 'name':
      return `name ${form.name}`;
    case 'path':
      return `path ${form.root}`;
    case 'function':
      return [`function ${form.name}`, ...form.args.map((arg) => (arg.quoted ? `"${arg.text}"` : arg.text))].join(' ');
    case 'expression':
      return 'expression';
  }
}

describe('names', () => {
  check('{{host}}/{{ path }}', ['{{host}} name host', '{{ path }} name path']);
  check('{{a-b}}{{a:b}}{{이름}}', ['{{a-b}} name a-b', '{{a:b}} name a:b', '{{이름}} name 이름']);
  check('{{%name}}{{% name }}', ['{{%name}} encoded name name', '{{% name }} encoded name name']);
});

describe('paths', () => {
  check('{{a.b}}', ['{{a.b}} path a']);
  check('{{login.response.body.$.token}}', ['{{login.response.body.$.token}} path login']);
  check('{{login.response.body.$.items[?(@.id == 1)].name}}', [
    '{{login.response.body.$.items[?(@.id == 1)].name}} path login',
  ]);
  check("{{login.response.headers['X-A']}}", ["{{login.response.headers['X-A']}} path login"]);
  check('{{login.response.body.*}}', ['{{login.response.body.*}} path login']);
  check('{{Get Recipe.response.body.id}}', ['{{Get Recipe.response.body.id}} path Get Recipe']);
  check('{{a.b[0].c}}{{a[0]}}', ['{{a.b[0].c}} path a', '{{a[0]}} path a']);
});

describe('functions', () => {
  check('{{$guid}}', ['{{$guid}} function $guid']);
  check('{{$randomInt 1 5}}', ['{{$randomInt 1 5}} function $randomInt 1 5']);
  check('{{$random.integer(1, 5)}}', ['{{$random.integer(1, 5)}} function $random.integer 1 5']);
  check('{{$datetime "dd-MM yyyy" 1 d}}', ['{{$datetime "dd-MM yyyy" 1 d}} function $datetime "dd-MM yyyy" 1 d']);
  check(`{{$datetime 'a}}b'}}c`, [`{{$datetime 'a}}b'}} function $datetime "a}}b"`]);
  check('{{$processEnv %NAME}}', ['{{$processEnv %NAME}} function $processEnv %NAME']);
  check("{{$input don't}}{{a}}", ["{{$input don't}} function $input don't", '{{a}} name a']);
  check('{{$input "open}}', ['{{$input "open}} function $input "open']);
});

describe('expressions of httpYac', () => {
  for (const source of ['1 + 1', 'a()', 'JSON.stringify(one)', '"text"', 'a ? b : c', '', '7']) {
    check(`{{${source}}}`, [`{{${source}}} expression`]);
  }
});

describe('braces that are literal', () => {
  check('{{a', []);
  check('a}}', []);
  check('{ {a} }', []);
  check('{{a\n}}', []);
  check('{{a {{b}}', ['{{b}} name b']);
  check('{"a":{{b}}}', ['{{b}} name b']);
  check('{{{a}}}', ['{{a}} name a']);
  check('{{a\n{{b}}', ['{{b}} name b']);
});

test('spans are offsets in the file', () => {
  const [placeholder] = templatesIn('x={{ $f  "a" }}', 100);
  assert.deepEqual(placeholder, {
    span: { start: 102, end: 115 },
    inner: { text: '$f  "a"', span: { start: 105, end: 112 } },
    encode: false,
    form: { kind: 'function', name: '$f', args: [{ text: 'a', span: { start: 109, end: 112 }, quoted: true }] },
  });
});
