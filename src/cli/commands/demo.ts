import { loadDemo } from '../bundles.ts';
import { exitCodes } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import { UsageError } from '../usageError.ts';

/** Serves until Ctrl+C, which is how it is meant to end: exit 0. */
export const demo: Command = async (given, output) => {
  const [extra] = given.positionals;
  if (extra !== undefined) throw new UsageError(`"crumbtrail demo" takes no file, but "${extra}" was given.`);
  const stopped = interrupted();
  const running = await start(given.number('port', 0));
  output.out(welcome(running.origin, running.otherOrigin));
  await stopped;
  await running.close();
  return exitCodes.ok;
};

async function start(port: number | undefined): ReturnType<ReturnType<typeof loadDemo>['createDemo']> {
  try {
    return await loadDemo().createDemo({ port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`The demo cannot use port ${port} (${code ?? message}). Choose another one with --port N.`);
  }
}

function welcome(origin: string, otherOrigin: string): string {
  const usual = origin === 'http://127.0.0.1:3123';
  const host = usual ? '' : ` --var host=${origin}`;
  return [
    `The demo API listens on ${origin} (and on ${otherOrigin}, for redirects to another origin).`,
    `Try: crumbtrail send media/examples/demo.http --name login${host}`,
    'Ctrl+C ends it.',
    '',
  ].join('\n');
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
