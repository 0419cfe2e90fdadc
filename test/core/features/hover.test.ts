import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoverPlace, placeholderHover } from '../../../src/core/features/hover.ts';
import type { Surroundings } from '../../../src/core/features/surroundings.ts';
import { found, type Value } from '../../../src/core/variables/value.ts';
import { around, marked } from '../../support/marked.ts';

const surroundings = around({
  '/w/http-client.env.json': '{"dev": {"host": "http://e", "plain": "p"}}',
  '/w/http-client.private.env.json': '{"dev": {"key": "hidden"}}',
});

/** The kind of place at `|`, the text it stands on, and what is said. */
function check(source: string, kind: string | undefined, on: string, says: RegExp): void {
  test(JSON.stringify(source), () => {
    const { document, text, offset } = marked(source);
    const place = hoverPlace(document, offset);
    assert.equal(place?.kind, kind);
    if (!place) return;
    assert.equal(text.slice(place.span.start, place.span.end), on);
    const said =
      place.kind === 'placeholder'
        ? placeholderHover(document, place, surroundings, undefined, false)?.text
        : place.text;
    assert.match(said ?? '', says);
  });
}

check('@v = 1\nGET /{{|v}}', 'placeholder', '{{v}}', /\*\*`v`\*\* — @v, line 1[^]*1/);
check(
  '@host = http://f\nGET {{ho|st}}',
  'placeholder',
  '{{host}}',
  /Covers `http:\/\/e` of http-client\.env\.json › dev/,
);
check('GET /{{ke|y}}', 'placeholder', '{{key}}', /\*\*\*/);
check('GET /{{$gu|id}}', 'placeholder', '{{$guid}}', /random UUID/);
check('GET /{{nob|ody}}', 'placeholder', '{{nobody}}', /^$/);
check('G|ET /a', 'request', 'GET', /Asks for the resource/);
check('GET http://h/|a', 'request', 'http://h/a', /^$/);
check('GET /a\nAcc|ept: x', 'text', 'Accept', /Media types/);
check('GET /a\nX-Own|: x', undefined, '', /$/);
check('# @no-red|irect\nGET /', 'text', 'no-redirect', /not followed/);
check('# @time|out 30\nGET /', 'text', 'timeout', /Here: 30 seconds/);
check('# @time|out 5000\nGET /', 'text', 'timeout', /Here: 5000 milliseconds/);
check('# @time|out 2 m\nGET /', 'text', 'timeout', /else milliseconds\.$/);
check('###\nHTTP/1.1 40|4 Not Found', 'text', '404', /nothing there/);
check('GET /a\n\nbo|dy', undefined, '', /$/);

test('who wins, and what that covers, strongest first (C7, C8, C19)', () => {
  const session = [{ name: 'host', value: 'http://s', origin: 'captured from login', secret: false }];
  const says = (source: string, more: Partial<Surroundings> = {}, value?: Value): string => {
    const { document, offset } = marked(source);
    const place = hoverPlace(document, offset);
    assert.ok(place?.kind === 'placeholder');
    const said = placeholderHover(document, place, { ...surroundings, ...more }, value, false)?.text ?? '';
    return said.replaceAll('```text\n', '').replaceAll('\n```', '').replaceAll('\n\n', ' | ').replaceAll('\\', '');
  };
  const file = '@host = http://f\nGET {{ho|st}}';
  assert.equal(says(file), '**`host`** — @host, line 1 | http://f | Covers `http://e` of http-client.env.json › dev.');
  assert.equal(
    says(file, { variablePrecedence: 'environment' }),
    '**`host`** — http-client.env.json › dev | http://e | Covers `http://f` of @host, line 1.',
  );
  assert.equal(
    says(file, { sessionVariables: session }),
    '**`host`** — captured from login | http://s | Covers `http://f` of @host, line 1. | Covers `http://e` of http-client.env.json › dev.',
  );
  const twice = '@v = 1\n\n###\n@v = 2\nGET /{{|v}}\n\n###\n@v = 3\nGET /\n';
  assert.match(says(twice), /^\*\*`v`\*\* — @v, line 4 \| 2$/);
  assert.match(says('GET /{{|v}}\n\n###\n@v = 1\n\n###\n@v = 2\n'), /^\*\*`v`\*\* — @v, line 7 \| 2$/);
  assert.equal(
    says('@u.name = dotted\n@u = {"name":"path"}\nGET /{{u.na|me}}'),
    '**`u.name`** — @u.name, line 1 | dotted',
  );
  assert.equal(
    says('@u = {"name":"path"}\nGET /{{u.na|me}}', {}, found('path')),
    '**`u.name`** — in `u` of @u, line 1 | path',
  );
});

test('a secret is told when somebody asked for it, and never before', () => {
  const { document, offset } = marked('GET /{{|key}}');
  const place = hoverPlace(document, offset);
  assert.ok(place?.kind === 'placeholder');
  const masked = placeholderHover(document, place, surroundings, found('hidden', true), false);
  assert.deepEqual([masked?.isMasked, masked?.text.includes('hidden')], [true, false]);
  assert.match(placeholderHover(document, place, surroundings, found('hidden', true), true)?.text ?? '', /hidden/);
});

test('a value that holds a fence cannot leave its own', () => {
  const { document, offset } = marked('GET /{{|plain}}');
  const place = hoverPlace(document, offset);
  assert.ok(place?.kind === 'placeholder');
  assert.match(
    placeholderHover(document, place, surroundings, found('```\n# x'), false)?.text ?? '',
    /````text\n```\n# x\n````/,
  );
});

test('what a file calls its profiles cannot become Markdown', () => {
  const evil = around({ '/w/http-client.env.json': '{"![x](https://e/p.png)": {"v": "1"}}' });
  const { document, offset } = marked('GET /{{|v}}');
  const place = hoverPlace(document, offset);
  assert.ok(place?.kind === 'placeholder');
  const said = placeholderHover(document, place, evil, undefined, false)?.text ?? '';
  assert.match(said, /\\!\\\[x/);
  assert.doesNotMatch(said, /[^\\]!\[/);
});

for (const [reference, isMasked] of [
  ['login.response.body.access_token', true],
  ["login.response.headers['Set-Cookie']", true],
  ['login.response.cookies.sid', true],
  ['login.response.body.user.name', false],
  ['login.response.status', false],
] as const) {
  test(`${reference} is ${isMasked ? '' : 'not '}masked`, () => {
    const { document, offset } = marked(`# @name login\nGET /\n###\nGET /{{|${reference}}}`);
    const place = hoverPlace(document, offset);
    assert.ok(place?.kind === 'placeholder');
    assert.equal(placeholderHover(document, place, surroundings, found('value'), false)?.isMasked, isMasked);
  });
}
