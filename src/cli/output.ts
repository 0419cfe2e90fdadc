import { styleText } from 'node:util';
import { plain, type Style } from '../present/style.ts';

/** Standard output and error. A reader that went away (`| head`) ends the writing, not the run. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
  /** Colours on a terminal only; `NO_COLOR`, `FORCE_COLOR` and `NODE_DISABLE_COLORS` count. */
  readonly style: Style;
  readonly terminal: boolean;
  /** Resolves when everything written has left the process. */
  flush(): Promise<void>;
}

export function processOutput(): Output {
  for (const stream of [process.stdout, process.stderr]) ignoreBrokenPipe(stream);
  return {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    style: isColoured(process.stdout) ? (name, text) => styleText(name, text, { validateStream: false }) : plain,
    terminal: process.stdout.isTTY,
    flush: async () => {
      await Promise.all([process.stdout, process.stderr].map(flushed));
    },
  };
}

/** Asked once: Node looks at the environment and the terminal each time. */
function isColoured(stream: NodeJS.WriteStream): boolean {
  return styleText('red', '.', { stream }) !== '.';
}

function ignoreBrokenPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || !stream.writable || stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once('close', () => resolve());
    stream.write('', () => resolve());
  });
}
