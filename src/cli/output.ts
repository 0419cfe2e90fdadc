import { styleText } from 'node:util';
import { reasonOf } from '../core/text/reasonOf.ts';
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
  /** Why standard output has not all that was written to it, in a sentence; absent: it has, or nobody reads it any more. */
  readonly trouble: string | undefined;
  /** Resolves when everything written has left the process. */
  flush(): Promise<void>;
}

export function processOutput(): Output {
  return new ProcessOutput();
}

/** Opens a stream with its first use: opening both takes longer than the rest of `--version`. */
class ProcessOutput implements Output {
  readonly #used = new Set<NodeJS.WriteStream>();
  readonly #lost = new Set<NodeJS.WriteStream>();
  /** Who waits until standard output takes more, and what they are told when it never will. */
  readonly #waiting = new Map<() => void, () => void>();
  #trouble: string | undefined;
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
    if (stdout.destroyed || this.#lost.has(stdout)) {
      queueMicrotask(onGone);
      return false;
    }
    if (!stdout.writableNeedDrain) return true;
    if (this.#waiting.size === 0) this.#waitFor(stdout);
    this.#waiting.set(onDrain, onGone);
    return false;
  }

  get trouble(): string | undefined {
    return this.#trouble;
  }

  get style(): Style {
    return (this.#style ??= styleFor(process.stdout));
  }

  get terminal(): boolean {
    return process.stdout.isTTY;
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#used].filter((stream) => !this.#lost.has(stream)).map(flushed));
  }

  #write(stream: NodeJS.WriteStream, text: string | Uint8Array): void {
    if (this.#lost.has(stream)) return;
    if (!this.#used.has(stream)) stream.on('error', (error) => this.#lose(stream, error));
    this.#used.add(stream);
    try {
      stream.write(text);
    } catch (error) {
      // A file is written at once, and a full disk is thrown.
      this.#lose(stream, error);
    }
  }

  #lose(stream: NodeJS.WriteStream, error: unknown): void {
    this.#lost.add(stream);
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (stream !== process.stdout || code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
    const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : reasonOf(error);
    this.#trouble ??= `Standard output has not all of it: ${why}. Choose another place for it, and send again.`;
  }

  #waitFor(stream: NodeJS.WriteStream): void {
    const told = (tell: (onDrain: () => void, onGone: () => void) => void): void => {
      stream.off('drain', drained).off('close', gone);
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      for (const [onDrain, onGone] of waiting) tell(onDrain, onGone);
    };
    const drained = (): void => told((onDrain) => onDrain());
    const gone = (): void => told((_, onGone) => onGone());
    stream.on('drain', drained).on('close', gone);
  }
}

/** Asked once: Node looks at the environment and the terminal each time. */
function styleFor(stream: NodeJS.WriteStream): Style {
  if (styleText('red', '.', { stream }) === '.') return plain;
  return (name, text) => styleText(name, text, { validateStream: false });
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || !stream.writable || stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once('close', () => resolve());
    stream.write('', () => resolve());
  });
}
