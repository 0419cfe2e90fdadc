/* `node --expose-gc manySends.ts ORIGIN`: sends so many times in one session and tells the memory before and after. */
import { benchSession, get } from './benchSession.ts';
import { sendsMeasured, type Memory } from './memory.ts';

const [origin = ''] = process.argv.slice(2);
const session = benchSession();

async function send(count: number): Promise<void> {
  for (let number = 0; number < count; number++) await get(session, `${origin}/set/${number}`);
}

/** The least of several looks after a collection: what is only waiting to be freed does not count. */
function resident(): number {
  const looks = Array.from({ length: 5 }, () => {
    globalThis.gc?.();
    return process.memoryUsage.rss();
  });
  return Math.min(...looks);
}

// The first sends fill what is filled once: compiled code, caches, the room that the heap takes for young objects.
await send(10_000);
const before = resident();
await send(sendsMeasured);
process.send?.({ before, after: resident() } satisfies Memory);
await session.close();
process.disconnect();
