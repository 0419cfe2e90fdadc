import { styleText } from 'node:util';
import { plain, type Style } from '../present/style.ts';

/** Standard output and error. A reader that went away (`| head`) ends the writing, not the run. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
  /** Bytes to standard output. False: `onDrain` is called when it takes more, or `onGone` when nobody reads it any more. */
  bytes(chunk: Uint8Array, onDrain: () => void, onGone: () => void): boolean;
  /** Colours on a terminal only; `NO_COLOR`, `FORCE_COLOR` and `NODE_DISABLE_COLORS` count. */
  readonly style: Style;
  readonly terminal: boolean;
  /** Resolves when everything written has left the process. */
  flush(): Promise<void>;
}

export function processOutput(): Output {
  return new ProcessOutput();
}

/** Opens a stream with its first use: opening both takes longer than the rest of `--version`. */
class ProcessOutput implements Output {
  readonly #used = new Set<NodeJS.WriteStream>();
  #style: Style | undefined;

  out(text: string): void {
    this.#write(process.stdout, text);
  }

  error(text: string): void {
    this.#write(process.stderr, text);
  }

  bytes(chunk: Uint8Array, onDrain: () => void, onGone: () => void): boolean {
    const { stdout } = process;
    this.#write(stdout, chunk);
    if (stdout.destroyed) queueMicrotask(onGone);
    else if (!stdout.writableNeedDrain) return true;
    else whenDrained(stdout, onDrain, onGone);
    return false;
  }

  get style(): Style {
    return (this.#style ??= styleFor(process.stdout));
  }

  get terminal(): boolean {
    return process.stdout.isTTY;
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#used].map(flushed));
  }

  #write(stream: NodeJS.WriteStream, text: string | Uint8Array): void {
    if (!this.#used.has(stream)) ignoreBrokenPipe(stream);
    this.#used.add(stream);
    stream.write(text);
  }
}

/** Asked once: Node looks at the environment and the terminal each time. */
function styleFor(stream: NodeJS.WriteStream): Style {
  if (styleText('red', '.', { stream }) === '.') return plain;
  return (name, text) => styleText(name, text, { validateStream: false });
}

function ignoreBrokenPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}

function whenDrained(stream: NodeJS.WriteStream, onDrain: () => void, onGone: () => void): void {
  const drained = (): void => {
    stream.off('close', gone);
    onDrain();
  };
  const gone = (): void => {
    stream.off('drain', drained);
    onGone();
  };
  stream.once('drain', drained).once('close', gone);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || !stream.writable || stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once('close', () => resolve());
    stream.write('', () => resolve());
  });
}
