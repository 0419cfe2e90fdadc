import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lookUpXml } from '../../../src/node/query.ts';
import { recordedValue, type ReferencedResponse } from '../../../src/core/variables/recordedValue.ts';

const json = `{"token":"T","n":1.10,"big":12345678901234567890,"ok":true,"none":null,"$id":"dollar",
 "items":[{"id":1,"name":"a"},{"id":20000000000000000001,"name":"b"}],"a b":{"c-d":2},"deep":{"x":1.0}}`;

const login: ReferencedResponse = {
  id: 'login',
  request: {
    method: 'POST',
    url: 'http://a.test/login',
    headers: [['Accept', 'text/plain']],
    body: '{"username":"me"}',
  },
  hops: [
    {
      url: 'http://a.test/login',
      status: 302,
      reason: 'Found',
      headers: [
        ['Location', '/step'],
        ['Set-Cookie', 'sid=0; Path=/old'],
      ],
    },
    {
      url: 'http://a.test/step',
      status: 200,
      reason: 'OK',
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Many', 'one'],
        ['x-many', 'two'],
        ['Set-Cookie', 'sid=1; Path=/app; Max-Age=60; HttpOnly'],
      ],
    },
  ],
  cookies: [
    ['sid', '1'],
    ['other', '2'],
  ],
  bodyBase64: btoa(json),
};

describe('found', () => {
  for (const [path, expected] of [
    ['.response.body.$.token', 'T'],
    ['.response.body.token', 'T'],
    ['.token', 'T'],
    ['.response.body.$.n', '1.10'],
    ['.response.body.big', '12345678901234567890'],
    ['.response.body.ok', 'true'],
    ['.response.body.none', 'null'],
    ['.response.body.$id', 'dollar'],
    ['.response.body.items[1].name', 'b'],
    ['.response.body.$.items[1].id', '20000000000000000001'],
    ['.response.body.$.items.[0].id', '1'],
    ['.response.body.items[0]', '{"id":1,"name":"a"}'],
    ['.response.body.items[1]', '{"id":20000000000000000001,"name":"b"}'],
    ['.response.body.deep', '{"x":1.0}'],
    ["['a b']['c-d']", '2'],
    ['.response.body["a b"].c-d', '2'],
    ['.response.body.$.items[*].name', 'a'],
    ['.response.body.$..name', 'a'],
    ['.response.body.$.items[?@.id==1].name', 'a'],
    ["$.items[?@.name=='b'].id", '20000000000000000001'],
    ['.response.body.$.items[-1].name', 'b'],
    ['.response.body.*', json],
    ['.response.body', json],
    ['.response.body.$', json],
    ['', json],
    ['.response.headers.Content-Type', 'application/json'],
    ["['response']", undefined],
    [".response.headers['content-type']", 'application/json'],
    ['.response.headers.X-Many', 'one'],
    ['.response.headers.X-Many[1]', 'two'],
    ["['x']", undefined],
    ['.response.headers.Content-Type[1]', 'application/json'],
    ['.response.status', '200'],
    ['.response.url', 'http://a.test/step'],
    ['.response.cookies.sid', '1'],
    ['.response.cookies.sid.value', '1'],
    ['.response.cookies.sid.path', '/app'],
    ['.response.cookies.sid.maxAge', '60'],
    ['.response.cookies.sid.httponly', 'true'],
    ['.response.redirects[0].headers.Location', '/step'],
    ['.response.redirects[0].status', '302'],
    ['.request.body.username', 'me'],
    ['.request.body.$.username', 'me'],
    ['.request.body', '{"username":"me"}'],
    ['.request.headers.Accept', 'text/plain'],
    ['.request.url', 'http://a.test/login'],
    ['.request.method', 'POST'],
  ] as const) {
    test(path || '(nothing)', () => check(login, path, expected));
  }
});

describe('not found', () => {
  for (const [path, code, message] of [
    ['.response.body.nope', 'reference-not-found', /"nope" found nothing in the last response of "login"/],
    ['.response.body.items[9]', 'reference-not-found', /found nothing/],
    ['.response.body.$.items[?', 'reference-not-found', /not a JSONPath/],
    ['.response.body.//item', 'reference-not-found', /An XPath needs an XML body/],
    ['.response.headers.Nope', 'reference-not-found', /There were: Content-Type, X-Many/],
    ['.response.headers.X-Many[5]', 'reference-not-found', /found nothing/],
    ['.response.cookies.nope', 'reference-not-found', /No response of it set a cookie/],
    ['.response.cookies.sid.domain', 'reference-not-found', /without "domain"/],
    ['.response.redirects[1].status', 'reference-not-found', /redirected 1 times/],
    ['.response.bdy.token', 'reference-not-found', /Known are body/],
    ['.request.bdy', 'reference-not-found', /Known are body/],
  ] as const) {
    test(path, async () => {
      const value = await recordedValue(login, path, lookUpXml);
      assert.equal(value.ok ? value.text : value.code, code);
      assert.match(value.ok ? '' : value.message, message);
    });
  }

  test('a body that is no JSON, none at all, and one that was too large', async () => {
    const { bodyBase64: _body, ...bare } = login;
    await fails({ ...bare, bodyBase64: btoa('plain') }, '.token', /not JSON/);
    await fails(bare, '.response.body', /had no body/);
    await fails({ ...bare, bodyDropped: 'It was too large.' }, '.response.body', /It was too large/);
  });
});

test('text in other encodings is read by its header', async () => {
  const last = {
    url: 'http://a.test/',
    status: 200,
    reason: 'OK',
    headers: [['Content-Type', 'text/plain; charset=latin1']],
  } as const;
  await check({ ...login, hops: [last], bodyBase64: btoa('\xe9') }, '.response.body', 'é');
});

describe('XPath', () => {
  const xml =
    '<?xml version="1.0"?><shop xmlns="urn:shop" xmlns:x="urn:x"><item id="7">a &amp; b</item>' +
    '<item id="8"><x:price>1.10</x:price></item></shop>';
  const soap = '<s:Envelope xmlns:s="urn:soap"><s:Body><token>T</token></s:Body></s:Envelope>';
  for (const [body, path, expected] of [
    [xml, '//item', 'a & b'],
    [xml, '//item[2]/@id', '8'],
    [xml, "/shop/item[@id='8']/x:price", '1.10'],
    [xml, '//x:price/text()', '1.10'],
    [xml, 'count(//item)', '2'],
    [xml, "string(//item[@id = '7'])", 'a & b'],
    [xml, '//item[2]', '<item xmlns="urn:shop" id="8"><x:price xmlns:x="urn:x">1.10</x:price></item>'],
    [xml, '*', xml],
    // What stands outside of the document is never read.
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', '//a', ''],
    [soap, '//token', 'T'],
    [soap, '/s:Envelope/s:Body/token', 'T'],
  ] as const) {
    test(`${path} in ${body.slice(0, 12)}…`, () =>
      check({ ...login, bodyBase64: btoa(body) }, `.response.body.${path}`, expected));
  }
  for (const [body, path, message] of [
    [xml, '//nope', /found nothing.*Look at its last response/],
    [xml, '//item[', /not an XPath: it cannot be read from character \d+ on/],
    [xml, '//q:item', /not an XPath: The prefix q could not be resolved/],
    ['<p>one<p>two', '//p', /needs an XML body, and this one is none/],
  ] as const) {
    test(`${path} in ${body.slice(0, 12)}… fails`, () =>
      fails({ ...login, bodyBase64: btoa(body) }, `.response.body.${path}`, message));
  }
});

test('names of Object.prototype are not in a body that does not have them', async () => {
  await fails(login, '.response.body.constructor', /found nothing/);
});

async function check(response: ReferencedResponse, path: string, expected: string | undefined): Promise<void> {
  const value = await recordedValue(response, path, lookUpXml);
  assert.equal(value.ok ? value.text : undefined, expected);
}

async function fails(response: ReferencedResponse, path: string, message: RegExp): Promise<void> {
  const value = await recordedValue(response, path, lookUpXml);
  assert.match(value.ok ? value.text : value.message, message);
}
