import { describe, test } from 'node:test';
import { checkTokens, type ExpectedToken } from './checkTokens.ts';
import { withStandIns } from './tokens.ts';

const grammar = await withStandIns();

function check(name: string, text: string, expected: readonly ExpectedToken[]): void {
  test(name, () => checkTokens(grammar, text, expected));
}

const method = 'keyword.control.method.http';
const link = 'markup.underline.link.http';
const header = 'support.type.property-name.header.http';
const value = 'string.unquoted.header.http';
const version = 'constant.language.version.http';
const separator = 'punctuation.definition.separator.http';
const comment = 'comment.line.http';
const post = (type: string, body: string) => `POST http://h/x\nContent-Type: ${type}\nX-A: 1\n\n${body}`;

describe('separators, comments, tags, variables', () => {
  check('a title', '### Log in', [
    ['###', separator],
    ['Log in', 'entity.name.section.http'],
  ]);
  check('comments', '# a\n  // b', [
    ['# a', comment],
    ['// b', comment],
  ]);
  check('a tag', '# @name login\n// @no-redirect\n#@timeout = 5', [
    ['name', 'keyword.other.tag.http'],
    ['login', 'string.unquoted.tag.http'],
    ['no-redirect', 'keyword.other.tag.http'],
    ['timeout', 'keyword.other.tag.http'],
    ['5', 'string.unquoted.tag.http'],
  ]);
  check('variables', '@a = x {{b}}\n@c.d-e := 1', [
    ['a', 'variable.other.definition.http'],
    ['x', 'string.unquoted.value.http'],
    ['b', 'variable.other.readwrite.http'],
    ['c.d-e', 'variable.other.definition.http'],
    [':=', 'keyword.operator.assignment.http'],
  ]);
  check('a block comment', '/*\nGET /\n*/\nGET /', [
    ['GET', 'comment.block.http', `!${method}`],
    ['*/', 'comment.block.http'],
    ['GET', method],
  ]);
  check('imports', 'import ./a.http\nrun #name (@a=1)', [
    ['import', 'keyword.control.import.http'],
    ['./a.http', 'string.unquoted.path.http'],
    ['run', 'keyword.control.import.http'],
    ['#name', 'string.unquoted.path.http'],
  ]);
});

describe('request lines', () => {
  check('method, target, version', 'GET https://h/a?b=c HTTP/1.1', [
    ['GET', method],
    ['https://h/a', link],
    ['b', 'variable.parameter.query.http'],
    ['c', 'string.unquoted.query.http'],
    ['HTTP/1.1', version],
  ]);
  check('a method in lower case, of WebDAV, of nobody', 'get /a\n\nPROPFIND /a\n\nX-TRY http://h', [
    ['get', method],
    ['PROPFIND', method],
    ['X-TRY', method],
  ]);
  check('without a method', 'http://h/a\n\n{{h}}/a\n\nlocalhost:1/a\n\n127.0.0.1/a', [
    ['http://h/a', link],
    ['h', 'variable.other.readwrite.http'],
    ['localhost:1/a', link],
    ['127.0.0.1/a', link],
  ]);
  check('keywords', 'GRPC h:1/a\n\nWEBSOCKET ws://h\n\nGRAPHQL http://h', [
    ['GRPC', method],
    ['WEBSOCKET', method],
    ['GRAPHQL', method],
  ]);
  check('prose', 'Some text\nFetch it first', [
    ['Some text', '!meta.request.http'],
    ['Fetch', `!${method}`],
  ]);
  check('continuation', 'GET http://h\n  /a\n  ?b=1\n  # &c=2\n&d=3 HTTP/2\nA: b', [
    ['/a', link],
    ['b', 'variable.parameter.query.http'],
    ['# &c=2', comment],
    ['d', 'variable.parameter.query.http'],
    ['HTTP/2', version],
    ['A', header],
  ]);
  check('curl', `curl -X PUT "http://h/a" \\\n  -H 'A: b'\n\n###`, [
    ['curl', method],
    ['-X', 'variable.parameter.option.http'],
    ['http://h/a', 'string.quoted.double.curl.http'],
    ['\\', 'punctuation.separator.continuation.http'],
    ['A: b', 'string.quoted.single.curl.http'],
    ['###', separator],
  ]);
  check('a placeholder with a function', 'GET /{{$randomInt 1 5}}/{{%a}}/{{l.response.body.$.x}}', [
    ['{{', 'punctuation.definition.placeholder.begin.http'],
    ['$randomInt', 'support.function.dynamic.http'],
    ['1', 'constant.numeric.http'],
    ['}}', 'punctuation.definition.placeholder.end.http'],
    ['%', 'keyword.operator.encode.http'],
    ['response', 'variable.other.readwrite.http'],
  ]);
  check('a request below another without a separator', 'GET /a\nA: b\n\nPOST http://h/b\nC: d', [
    ['POST', method],
    ['C', header],
  ]);
});

describe('headers', () => {
  check('forms', 'GET /\nA: b {{c}}\nX-{{n}} : 1\n  I: 2', [
    ['A', header],
    [':', 'punctuation.separator.header.http'],
    ['b', value],
    ['c', 'variable.other.readwrite.http'],
    ['X-', header],
    ['1', value],
    ['I', header],
  ]);
  check('folded', 'GET /\nA: one\n  two\n\tthree\nB: 1', [
    ['two', value, `!${link}`],
    ['three', value],
    ['B', header],
  ]);
  check('comments, variables, tags between', 'GET /\n# c\n@v = 1\n// @no-log\nA: b', [
    ['# c', comment],
    ['v', 'variable.other.definition.http'],
    ['no-log', 'keyword.other.tag.http'],
    ['A', header],
  ]);
  check('a macro and a spread', 'GET /\n{{auth}}\n...all\nA: b', [
    ['auth', 'variable.other.readwrite.http'],
    ['...', 'keyword.operator.spread.http'],
    ['all', 'variable.other.readwrite.http'],
    ['A', header],
  ]);
});

describe('bodies by their type', () => {
  const languages: Readonly<Record<string, string>> = {
    'application/json': 'json',
    'application/vnd.api+json; charset=utf-8': 'json',
    'application/x-ndjson': 'json',
    'application/xml': 'xml',
    'image/svg+xml': 'xml',
    'text/html': 'html',
    'application/javascript': 'javascript',
    'text/css': 'css',
    'application/yaml': 'yaml',
    'text/markdown': 'markdown',
    'application/graphql': 'graphql',
  };
  for (const [type, language] of Object.entries(languages)) {
    check(type, post(type, 'word {{v}}\n\nagain\n\n###\nGET /b'), [
      ['word', `word.${language}`, `meta.embedded.block.${language}`],
      ['v', 'variable.other.readwrite.http'],
      ['again', `meta.embedded.block.${language}`],
      ['###', separator],
      ['GET', method],
    ]);
    check(`${type}, not closed`, post(type, '{ "a": <b\nword\n### T\nGET /b'), [
      ['word', `meta.embedded.block.${language}`],
      ['###', separator],
      ['GET', method],
    ]);
  }
  check('a form', post('application/x-www-form-urlencoded', 'aa=1&b = {{v}} &\n# c\n&d=x y'), [
    ['aa', 'variable.parameter.query.http'],
    ['=', 'keyword.operator.assignment.http'],
    ['1', 'string.unquoted.query.http'],
    ['&', 'punctuation.separator.query.http'],
    ['b', 'variable.parameter.query.http'],
    ['v', 'variable.other.readwrite.http'],
    ['# c', comment],
    ['d', 'variable.parameter.query.http'],
    ['x y', 'string.unquoted.query.http'],
  ]);
  check('text', post('text/plain', '@a = 1\nGET http://h/b\n# c\nx {{v}}'), [
    ['@a = 1', '!variable.other.definition.http'],
    ['GET', `!${method}`],
    ['# c', comment],
    ['v', 'variable.other.readwrite.http'],
  ]);
  check('other text keeps its comments', post('text/csv', '# a,b\n1,2'), [['# a,b', `!${comment}`]]);
  check(
    'no type, by the first character',
    'POST /\n\n{ "a": 1 }\n\n###\nPOST /\n\n<a>b</a>\n\n###\nPOST /\n\nmutation M { a }',
    [
      ['a', 'string.json'],
      ['b', 'word.xml'],
      ['M', 'word.graphql'],
    ],
  );
  check('not set off by a blank line', 'POST /\n{ "a": 1 }\n\n###\nPOST /\nContent-Type: application/json\n[ one ]', [
    ['a', 'string.json'],
    ['one', 'word.json'],
  ]);
  check('comments inside', post('application/json', '{\n# c\n"a": "# d"\n}'), [
    ['# c', comment],
    ['# d', 'string.json', `!${comment}`],
  ]);
  check('a request below, without a separator', post('application/json', '{}\n\nGET http://h/b HTTP/1.1\nA: b'), [
    ['GET', method],
    ['A', header],
  ]);
});

describe('GraphQL', () => {
  const query = 'query Q {\n\n  a\n}\n\n{ "v": 1 }\n\n###\nGET /';
  for (const [name, head] of Object.entries({
    'by keyword': 'GRAPHQL http://h/g\nAccept: b',
    'by header': 'POST http://h/g\nX-Request-Type: GraphQL\nAccept: b',
    'by header, behind a type': 'POST http://h/g\nContent-Type: application/json\nX-REQUEST-TYPE: graphql\nAccept: b',
  })) {
    check(name, `${head}\n\n${query}`, [
      ['Accept', header],
      ['Q', 'word.graphql', 'meta.embedded.block.graphql'],
      ['a', 'word.graphql'],
      ['v', 'string.json', 'meta.embedded.block.json'],
      ['###', separator],
      ['GET', method],
    ]);
  }
});

describe('multipart, part by part', () => {
  const body = [
    '--b',
    'Content-Disposition: form-data; name="a"',
    '',
    'plain {{v}}',
    '# c',
    '--b',
    'Content-Disposition: form-data; name="j"',
    'Content-Type: application/json',
    '',
    '{ "open": 1',
    '--b',
    'Content-Type: text/html',
    '',
    'markup',
    '--b',
    'Content-Type: image/png',
    '',
    '< ./a.png',
    '--b--',
    '',
    '###',
    'GET /',
  ].join('\n');
  check('parts', post('multipart/form-data; boundary=b', body), [
    ['--b', 'punctuation.definition.boundary.begin.http'],
    ['Content-Disposition', header],
    ['plain', '!word', 'meta.part.http'],
    ['v', 'variable.other.readwrite.http'],
    ['# c', comment],
    ['--b', 'punctuation.definition.boundary.begin.http'],
    ['Content-Type', header],
    ['open', 'string.json'],
    ['--b', 'punctuation.definition.boundary.begin.http'],
    ['markup', 'word.html'],
    ['--b', 'punctuation.definition.boundary.begin.http'],
    ['./a.png', 'string.unquoted.path.http'],
    ['--b--', 'punctuation.definition.boundary.end.http'],
    ['###', separator],
    ['GET', method],
  ]);
});

describe('files, scripts, outputs', () => {
  check('file parts', 'POST /\n\n< ./a.json\n<@ ./b {{c}}.json\n<@latin1 ./d', [
    ['<', 'keyword.operator.file.http'],
    ['./a.json', 'string.unquoted.path.http'],
    ['@', 'keyword.operator.substitute.http'],
    ['c', 'variable.other.readwrite.http'],
    ['latin1', 'constant.language.encoding.http'],
    ['./d', 'string.unquoted.path.http'],
  ]);
  check('a file among text of a type', post('application/json', '{ "a": 1 }\n< ./b.json'), [
    ['./b.json', 'string.unquoted.path.http'],
  ]);
  check('scripts', '< {% before() %}\nGET /\n\n> {%\n  after("{{no}}");\n  open {\n%}\n\n### T', [
    ['before', 'word.javascript', 'meta.script.http'],
    ['%}', 'punctuation.section.embedded.end.http'],
    ['GET', method],
    ['after', 'word.javascript'],
    ['no', '!variable.other.readwrite.http'],
    ['open', 'word.javascript'],
    ['%}', 'punctuation.section.embedded.end.http'],
    ['###', separator],
  ]);
  check('a script behind a body of a type', post('application/json', '{}\n\n> {%\n  run();\n%}\n>> out.json'), [
    ['run', 'word.javascript'],
    ['%}', 'punctuation.section.embedded.end.http'],
    ['>>', 'keyword.operator.output.http'],
  ]);
  check('script files', '< ./a.js\nGET /\n\n> ./b.ts', [
    ['./a.js', 'string.unquoted.path.http'],
    ['./b.ts', 'string.unquoted.path.http'],
  ]);
  check('blocks of httpYac', '{{+after\n  a {\n}}\nGET /\nA: b\n\n{{@response\n  c();\n}}', [
    ['+after', 'keyword.control.script.http'],
    ['a', 'word.javascript'],
    ['GET', method],
    ['c', 'word.javascript'],
    ['}}', 'punctuation.section.embedded.end.http'],
  ]);
  check('outputs and assertions', 'GET /\n\n>> a.json\n>>! {{b}}.json\n<> c.json\n?? status == 200', [
    ['>>', 'keyword.operator.output.http'],
    ['a.json', 'string.unquoted.path.http'],
    ['>>!', 'keyword.operator.output.http'],
    ['b', 'variable.other.readwrite.http'],
    ['<>', 'keyword.operator.output.http'],
    ['??', 'keyword.operator.assertion.http'],
    ['status == 200', 'string.unquoted.assertion.http'],
  ]);
  check('variables behind a body', post('application/json', '{}\n\n@token = {{a.response.body.b}}\n\n###'), [
    ['token', 'variable.other.definition.http'],
    ['###', separator],
  ]);
  check('a pasted response', 'GET /\n\nHTTP/1.1 200 OK\nA: b\n\n{}\n\n###\nGET /', [
    ['HTTP/1.1', 'comment.block.response.http'],
    ['{}', 'comment.block.response.http'],
    ['###', separator],
    ['GET', method],
  ]);
});
