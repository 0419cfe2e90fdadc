import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { runBlock } from '../../src/core/run/runBlock.ts';
import { runInput } from '../support/runInput.ts';
import { provesAdvisories } from './advisories.ts';
import { scene } from './scene.ts';

interface Written {
  readonly text: string;
  /** A value that the text takes in as `{{v}}`. */
  readonly value?: string;
}

/** Sends a block as it was written; `arrived` are the heads that came in at the servers. */
async function run(t: TestContext, { text, value = '' }: Written) {
  const { net, session } = scene(t, {});
  const result = await runBlock(
    runInput(text, undefined, { session, overrides: [['v', value]], ports: { uuid: randomUUID } }),
  );
  const heads = net.arrived.map(({ rawHead = '' }) => rawHead);
  return { net, heads, codes: result.problems.map(({ code }) => code), exchange: result.exchange };
}

/** Nothing of the value became a line of its own, and nothing was sent twice. */
function holdsTogether(written: Written) {
  return async (t: TestContext): Promise<void> => {
    const { heads } = await run(t, written);
    assert.ok(heads.length <= 1, heads.join('\n'));
    for (const head of heads) assert.ok(!/^(?:x-evil|GET \/evil)/im.test(head), head);
  };
}

function isBlocked(written: Written) {
  return async (t: TestContext): Promise<void> => {
    const { heads, codes, exchange } = await run(t, written);
    assert.deepEqual(heads, []);
    assert.ok(codes.length > 0 || exchange?.failure !== undefined, 'it says why');
  };
}

provesAdvisories('requestLines', {
  'CVE-2022-31150': [
    'a line break in a path begins no header line (undici)',
    holdsTogether({ text: 'GET http://a.test/x{{v}}\n', value: ' HTTP/1.1\r\nX-Evil: 1\r\n\r\nGET /evil' }),
  ],
  'CVE-2022-35948': [
    'a line break in a Content-Type is an error (undici)',
    isBlocked({ text: 'POST http://a.test/\nContent-Type: {{v}}\n\nx', value: 'text/plain\r\nX-Evil: 1' }),
  ],
  'CVE-2022-35949': [
    'a path that begins with two slashes leads to no other host (undici)',
    async (t) => {
      const { net } = await run(t, { text: 'GET {{v}}\nHost: a.test\n', value: '//evil.test/x' });
      assert.deepEqual(
        net.arrived.map(({ url }) => url),
        ['http://a.test//evil.test/x'],
      );
    },
  ],
  'CVE-2023-23936': [
    'a line break in the Host line is an error (undici)',
    isBlocked({ text: 'GET http://a.test/\nHost: {{v}}\n', value: 'a.test\r\nX-Evil: 1' }),
  ],
  'CVE-2025-22150': [
    'nobody can guess the boundary of a form (undici)',
    async (t) => {
      const boundaries = new Set<string>();
      for (let n = 0; n < 20; n += 1) {
        const { net } = await run(t, { text: "curl http://a.test/ -F 'a=1'\n" });
        const type = net.arrived[0]?.headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? '';
        boundaries.add(/boundary=-*([0-9a-f]{32})$/.exec(type)?.[1] ?? type);
      }
      assert.equal(boundaries.size, 20);
    },
  ],
  'CVE-2026-1525': [
    'Content-Length is given once or not at all, in whatever case (undici)',
    isBlocked({ text: 'POST http://a.test/\nContent-Length: 1\ncontent-length: 5\n\nx' }),
  ],
  'CVE-2026-1527': [
    'a line break in an Upgrade line is an error (undici)',
    isBlocked({ text: 'GET http://a.test/\nUpgrade: {{v}}\n', value: 'x\r\nX-Evil: 1' }),
  ],
  'CVE-2026-15157': [
    'a line break in a header name or a bare line feed in a value is an error (undici)',
    isBlocked({ text: 'GET http://a.test/\nX-A: {{v}}\n', value: 'a\nX-Evil: 1' }),
  ],
});
