import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeaderLine, HeaderList } from '../../../src/core/http/headerList.ts';
import type { PreparedRequest, RequestBody } from '../../../src/core/http/transport.ts';
import { decideNext } from '../../../src/core/session/decideNext.ts';
import { defaultSettings, type SendSettings } from '../../../src/core/session/settings.ts';

interface Situation {
  readonly status?: number;
  readonly method?: string;
  readonly url?: string;
  readonly location?: string | readonly string[];
  readonly headers?: HeaderList;
  readonly body?: 'text' | 'stream';
  readonly followed?: number;
  readonly settings?: Partial<SendSettings>;
}

/** One line for each decision: what happens, then the headers that go along, then why others do not. */
function check(what: string, situation: Situation, expected: readonly string[]): void {
  test(`decideNext: ${what}`, () => assert.deepEqual(summary(situation), expected));
}

function summary({ status = 302, location = '/next', followed = 0, settings, ...request }: Situation): string[] {
  const { decision, warnings } = decideNext({
    request: prepared(request),
    response: { status, headers: [location].flat().map((value): HeaderLine => ['Location', value]) },
    followed,
    settings: { ...defaultSettings, ...settings },
  });
  const warned = warnings.map(({ code }) => `! ${code}`);
  if (decision.kind === 'stop') {
    return [`${decision.failure?.code ?? decision.reason} ${decision.nextUrl ?? ''}`.trim(), ...warned];
  }
  const { next, changes } = decision;
  const line = `${next.method} ${next.url}${next.body === undefined ? '' : ' + body'}`;
  const why = changes.map((change) => `${change.kind}${change.name === undefined ? '' : ` ${change.name}`}`);
  return [line, ...next.headers.map(([name]) => `  ${name}`), ...why.map((text) => `- ${text}`), ...warned];
}

function prepared({ method = 'GET', url = 'http://a.test/x', headers = [], body }: Situation): PreparedRequest {
  return { method, url, headers, httpVersion: '1.1', body: body === undefined ? undefined : bodyOf(body === 'text') };
}

function bodyOf(replayable: boolean): RequestBody {
  const bytes = new TextEncoder().encode('BODY');
  return {
    length: 4,
    replayable,
    open: async function* () {
      yield bytes;
    },
  };
}

const secret: HeaderList = [['Authorization', 'Bearer T']];

check(
  '303 after POST drops the body and what describes it',
  {
    status: 303,
    method: 'POST',
    body: 'text',
    headers: [
      ['Content-Type', 'a/b'],
      ['Accept', '*/*'],
      ['Expect', '100-continue'],
    ],
  },
  ['GET http://a.test/next', '  Accept', '- method', '- body', '- header Content-Type', '- header Expect'],
);
check('302 keeps a PUT whole', { method: 'PUT', body: 'text', headers: [['Content-Type', 'a/b']] }, [
  'PUT http://a.test/next + body',
  '  Content-Type',
]);
check('a method compares without case', { method: 'post', body: 'text' }, [
  'GET http://a.test/next',
  '- method',
  '- body',
]);
check('policy requests turns 302 of PUT into GET', { method: 'PUT', body: 'text', settings: { policy: 'requests' } }, [
  'GET http://a.test/next',
  '- method',
  '- body',
]);
check(
  'policy requests keeps a 301 PUT without its body',
  { status: 301, method: 'PUT', body: 'text', headers: [['Content-Type', 'a/b']], settings: { policy: 'requests' } },
  ['PUT http://a.test/next', '- body', '- header Content-Type'],
);
check('policy requests does not follow HEAD', { method: 'HEAD', settings: { policy: 'requests' } }, [
  'not-followed http://a.test/next',
]);
check(
  'policy requests follows a HEAD that asks for it',
  { method: 'HEAD', settings: { policy: 'requests', followAsked: true } },
  ['HEAD http://a.test/next'],
);
check('policy preserve keeps a 302 POST', { method: 'POST', body: 'text', settings: { policy: 'preserve' } }, [
  'POST http://a.test/next + body',
]);
check('307 with a stream that was read', { status: 307, method: 'POST', body: 'stream' }, [
  'body-not-replayable http://a.test/next',
]);
check('303 needs no stream again', { status: 303, method: 'POST', body: 'stream' }, [
  'GET http://a.test/next',
  '- method',
  '- body',
]);

check('credentials stay on the origin', { headers: secret }, ['GET http://a.test/next', '  Authorization']);
check('credentials do not go to another port', { headers: secret, location: '//a.test:81/' }, [
  'GET http://a.test:81/',
  '- header Authorization',
]);
check('credentials do not go to a subdomain', { headers: secret, location: '//b.a.test/' }, [
  'GET http://b.a.test/',
  '- header Authorization',
]);
check('credentials follow the upgrade to https', { headers: secret, location: 'https://a.test/' }, [
  'GET https://a.test/',
  '  Authorization',
]);
check(
  'no upgrade between other ports',
  { headers: secret, url: 'http://a.test:8080/', location: 'https://a.test:8443/' },
  ['GET https://a.test:8443/', '- header Authorization'],
);
check('credentials do not step down', { headers: secret, url: 'https://a.test/', location: 'http://a.test/' }, [
  'GET http://a.test/',
  '- header Authorization',
]);
check('a trusted host', { headers: secret, location: 'http://B.test/', settings: { trustedHosts: ['b.test'] } }, [
  'GET http://b.test/',
  '  Authorization',
]);
check(
  'a trusted host and port',
  { headers: secret, location: 'http://b.test/', settings: { trustedHosts: ['b.test:80'] } },
  ['GET http://b.test/', '  Authorization'],
);
check(
  'another port of a trusted host and port',
  { headers: secret, location: 'http://b.test:81/', settings: { trustedHosts: ['b.test:80'] } },
  ['GET http://b.test:81/', '- header Authorization'],
);
check(
  'a trusted host in plain text after https',
  { headers: secret, url: 'https://a.test/', location: 'http://b.test/', settings: { trustedHosts: ['b.test'] } },
  ['GET http://b.test/', '- header Authorization'],
);
check('a backslash makes another host, as it does for the connection', { headers: secret, location: '/\\b.test/' }, [
  'GET http://b.test/',
  '- header Authorization',
]);
check(
  'Cookie and Host lines belong to the first origin',
  {
    headers: [
      ['Cookie', 'a=1'],
      ['Host', 'x.test'],
    ],
    location: '//b.test/',
  },
  ['GET http://b.test/', '- header Cookie', '- header Host'],
);
check(
  'Cookie and Host lines stay on it',
  {
    headers: [
      ['Cookie', 'a=1'],
      ['Host', 'x.test'],
    ],
  },
  ['GET http://a.test/next', '  Cookie', '  Host'],
);
check(
  'policy requests drops the Cookie line everywhere',
  { headers: [['cookie', 'a=1']], settings: { policy: 'requests' } },
  ['GET http://a.test/next', '- header cookie'],
);
check(
  'the upgrade to https keeps no credentials where that is switched off',
  { headers: secret, location: 'https://a.test/', settings: { keepAuthOnHttpsUpgrade: false } },
  ['GET https://a.test/', '- header Authorization'],
);
check('300 is followed where that is asked for, body and all', { status: 300, method: 'POST', body: 'text', settings: { follow300: true } }, [
  'POST http://a.test/next + body',
]); // prettier-ignore
check('300 is final otherwise', { status: 300 }, ['final http://a.test/next']);
check(
  'a step down to http stops where it is not allowed',
  { url: 'https://a.test/', location: 'http://a.test/', settings: { allowDowngrade: false } },
  ['not-followed http://a.test/'],
);
check('Proxy-Authorization never goes along', { headers: [['Proxy-Authorization', 'Basic x']] }, [
  'GET http://a.test/next',
  '- header Proxy-Authorization',
]);
check(
  'a header that looks secret is marked',
  {
    headers: [
      ['X-Api-Key', 'K'],
      ['Idempotency-Key', '1'],
    ],
    location: '//b.test/',
  },
  ['GET http://b.test/', '  X-Api-Key', '  Idempotency-Key', '! custom-headers-cross-origin'],
);
check(
  'a listed header is dropped',
  { headers: [['x-api-key', 'K']], location: '//b.test/', settings: { sensitiveHeaders: ['X-Api-Key'] } },
  ['GET http://b.test/', '- header x-api-key'],
);
check('two lines of one header are one change', { headers: [...secret, ...secret], location: '//b.test/' }, [
  'GET http://b.test/',
  '- header Authorization',
]);

check('300 is final and offers its Location', { status: 300 }, ['final http://a.test/next']);
check('no Location', { location: [] }, ['no-location']);
check('an empty Location', { location: '' }, ['no-location']);
check('redirects off', { settings: { followRedirects: false } }, ['not-followed http://a.test/next']);
check(
  'redirects off and a Location that cannot be followed',
  { location: 'ftp://a.test/', settings: { followRedirects: false } },
  ['not-followed'],
);
check('@follow 1 after one', { followed: 1, settings: { followLimit: 1 } }, ['follow-limit http://a.test/next']);
check('the thirtieth redirect', { followed: 29 }, ['GET http://a.test/next']);
check('the thirty-first redirect', { followed: 30 }, ['redirect-limit http://a.test/next']);
check('a limit of none', { settings: { maxRedirects: 0 } }, ['redirect-limit http://a.test/next']);

check('a fragment is inherited', { url: 'http://a.test/x#one' }, ['GET http://a.test/next#one', '- fragment']);
check('a fragment is replaced', { url: 'http://a.test/x#one', location: '/next#two' }, ['GET http://a.test/next#two']);
check('an empty fragment replaces', { url: 'http://a.test/x#one', location: '/next#' }, ['GET http://a.test/next#']);
check('a fragment alone asks the same URL again', { url: 'http://a.test/x?q', location: '#y' }, [
  'GET http://a.test/x?q#y',
]);
check('UTF-8 bytes', { location: '/\xc3\xa9\xc4\x8d' }, ['GET http://a.test/%C3%A9%C4%8D']);
check('a byte that is no UTF-8', { location: '/caf\xe9' }, ['GET http://a.test/caf%E9']);
check('a cut sequence and a whole one', { location: '/\xe2\x82\xc3\xa9' }, ['GET http://a.test/%E2%82%C3%A9']);
check('userinfo is ignored', { location: 'http://u:p@a.test/y', headers: secret }, [
  'GET http://a.test/y',
  '  Authorization',
]);
check('a scheme that is not http', { location: 'javascript:alert(1)' }, ['redirect-scheme']);
check('a port that cannot be', { location: 'http://a.test:99999/' }, ['invalid-url']);
check('the same Location twice', { location: ['/next', '/next'] }, ['GET http://a.test/next', '! duplicate-location']);
check('two different Locations', { location: ['/a', '/b'] }, ['redirect-ambiguous']);

test('decideNext: a failure shows no userinfo', () => {
  for (const location of ['http://u:p@a.test:99999/', 'ftp://u:p@a.test/', '//u:p@:1/']) {
    const { decision } = decideNext({
      request: prepared({}),
      response: { status: 302, headers: [['Location', location]] },
      followed: 0,
      settings: defaultSettings,
    });
    assert.ok(decision.kind === 'stop' && decision.failure !== undefined, location);
    assert.doesNotMatch(decision.failure.message, /u:p/);
  }
});

test('decideNext: HTTP/2 ends where a redirect leaves https', () => {
  const versions = ['https://a.test/next', 'http://a.test/next'].map((location) => {
    const { decision } = decideNext({
      request: { ...prepared({ url: 'https://a.test/x' }), httpVersion: '2' },
      response: { status: 302, headers: [['Location', location]] },
      followed: 0,
      settings: defaultSettings,
    });
    return decision.kind === 'follow' ? decision.next.httpVersion : decision.kind;
  });
  assert.deepEqual(versions, ['2', '1.1']);
});
