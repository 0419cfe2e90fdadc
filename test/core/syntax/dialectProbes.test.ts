import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from '../../../src/core/syntax/parse.ts';
import { wireMethod } from '../../../src/core/syntax/methods.ts';
import { requestBlocks } from '../../../src/core/syntax/query.ts';
import { conformanceFolder, needsConformance } from '../../conformance/conformanceFolder.ts';
import { checkTiling } from './checkTiling.ts';

interface Probe {
  readonly id: string;
  readonly text: string;
}

/** Each request in short: method, path and query, names of its headers, its body as written or `-`. */
type Requests = readonly string[];

/**
 * The probes whose structure a rule decides otherwise than "one request, POST or GET to /x". What is sent in the end, with variables
 * and media types applied, is compared elsewhere; here it is the tree alone.
 */
const expected: Record<string, Requests> = {
  'sep-indent': ['POST /x Content-Type "body1\\n  ### not sep\\nbody2"'],
  'query-col0': ['GET /x?a=1&b=2 X-H -'],
  'query-trail': ['GET /x?a=1&b=2 X-H -'],
  'path-indent': ['GET /api/get?a=1  -'],
  'path-noslash': ['GET /api/get  -'],
  'hdr-nocolon': ['GET /x X-G -'],
  'hdr-macro': ['GET /x macro,X-G -'],
  'hdr-dup': ['GET /x X-H,X-H,Cookie,Cookie -'],
  'lead-blank': ['POST /x Content-Type "body"'],
  'no-blank-body': ['POST /x Content-Type "{\\"a\\":1}"'],
  'gt-body': ['POST /x Content-Type "hi\\n> quoted\\n>> nested\\nend"'],
  'ltgt-body': ['POST /x Content-Type "hi"'],
  'custom-method': ['PURGE /x  -'],
  'at-in-body': ['POST /x Content-Type "hello\\n@v = 5\\nval={{v}}"'],
  'script-post': ['POST /x Content-Type "body"'],
  'multi-file': ['POST /x Content-Type "A\\n" < ./inc.json "\\nB"'],
  'trailing-var': ['POST /x Content-Type "{}"'],
  'double-amp': ['GET /x?a=1&b=http://z:80/  -'],
  'var-between-hdr': ['GET /x X-G -'],
  'file-nospace': ['POST /x Content-Type "<./inc.json"'],
  'trail-comment-body': ['POST /x Content-Type "body"'],
  'ws-blank': ['POST /x Content-Type "body  \\n  ind"'],
  'resp-block': ['GET /x  -'],
  'host-origin': ['GET /x Host -'],
  prose: ['GET /x  -'],
  'block-comment': ['GET /x  -'],
  'out-redir': ['GET /x  -'],
};

/** Probes that hold two requests. */
const pairs = ['var-last', 'reqvar', 'reqvar-hy', 'handler-nohdr'];

describe('dialect probes: the tree', needsConformance, () => {
  const file = join(conformanceFolder, 'dialect-probes.json');
  const probes = needsConformance.skip ? [] : (JSON.parse(readFileSync(file, 'utf8')) as Probe[]);

  for (const { id, text } of probes) {
    test(id, () => {
      const requests = inShort(text);
      const wanted = expected[id];
      if (wanted) assert.deepEqual(requests, wanted);
      else assert.equal(requests.length, pairs.includes(id) ? 2 : 1);
      for (const request of requests) assert.match(request, /^(GET|POST|PURGE) \/\S|^GET \{\{/);
    });
  }

  test('every expectation belongs to a probe', () => {
    const ids = new Set(probes.map(({ id }) => id));
    assert.deepEqual(
      [...Object.keys(expected), ...pairs].filter((id) => !ids.has(id)),
      [],
    );
  });
});

function inShort(text: string): Requests {
  const document = parse(text);
  checkTiling(document);
  return requestBlocks(document).map(({ request }) => {
    const path = request.target.text.replace(/^http:\/\/127\.0\.0\.1:\d+/, '');
    const headers = request.headers.map(({ kind, name }) => (kind === 'field' ? name.text : kind)).join(',');
    const parts = request.body?.parts.map((part) =>
      part.kind === 'text' ? JSON.stringify(part.text) : `< ${part.path.text}`,
    );
    return `${wireMethod(request)} ${path} ${headers} ${parts?.join(' ') ?? '-'}`;
  });
}
