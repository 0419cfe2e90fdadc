import type { Arrival, ResponseHead } from '../core/http/transport.ts';
import type { RunResult } from '../core/run/run.ts';
import { firstHeader } from '../core/http/headerList.ts';
import { isEventStream, parseMediaType } from '../core/http/mediaType.ts';
import type { Block } from '../core/syntax/ast.ts';
import { exchangeSecrets } from '../present/exchangeSecrets.ts';
import { inertText } from '../present/inertText.ts';
import { createMask } from '../present/mask.ts';
import { exchangeReport } from '../present/report.ts';
import { runLines, runText, runTitle, type TextOptions } from '../present/text.ts';
import { counted } from '../present/timeWords.ts';
import type { BodyOutput } from './bodyOutput.ts';
import type { Output } from './output.ts';
import type { CommandArguments } from './parseCommandLine.ts';
import type { BlockRun } from './sender.ts';

/** Prints one run after the other, in the form asked for. */
export interface Teller {
  tell(run: BlockRun): void;
  /** Absent when everything is printed at its end. */
  readonly arrived: ((begun: BlockRun, arrival: Arrival) => void) | undefined;
}

/** `body` is where the body of one request goes apart from what is told. */
export function createTeller(given: CommandArguments, output: Output, body: BodyOutput | undefined): Teller {
  const bodyLimit = given.number('body-limit', 0);
  const json = given.flag('json');
  const stream = new PrintedStream(output);
  const write = (text: string): void => (body && body.file === undefined ? output.error(text) : output.out(text));
  let first = true;
  const separate = (): void => {
    if (!first) write('\n');
    first = false;
  };
  const options = ({ file, result }: BlockRun): TextOptions => ({
    file: file.name,
    lines: file.document.lines,
    mask: given.flag('mask') ? createMask(exchangeSecrets(result)) : undefined,
    bodyLimit,
    bodyFile: body?.block === result.block ? body.file : undefined,
    style: output.style,
    terminal: output.terminal,
  });
  const begin = (begun: BlockRun, { status, reason }: ResponseHead): void => {
    separate();
    output.out(`${runTitle(begun.result, options(begun))}\n  → ${inertText(`${status} ${reason}`.trimEnd())}\n\n`);
    stream.begin(begun.result.block);
  };
  return {
    tell(run) {
      const { result } = run;
      if (json) return output.out(`${JSON.stringify(exchangeReport(result, options(run)))}\n`);
      if (stream.end(result.block)) {
        return output.out(`\n${runLines(result, { ...options(run), untitled: true }).join('\n')}\n`);
      }
      separate();
      write(textOf(result, options(run), body?.block === result.block ? body : undefined));
    },
    // What is a secret is known at the end, and so is where to cut.
    arrived:
      json || given.flag('mask') || bodyLimit !== undefined
        ? undefined
        : (begun, arrival) => {
            const { block } = begun.result;
            if (arrival.kind === 'content') return stream.print(block, arrival.bytes);
            const mediaType = parseMediaType(firstHeader(arrival.head.headers, 'content-type'));
            if (isEventStream(mediaType) && block !== body?.block) begin(begun, arrival.head);
          },
  };
}

function textOf(result: RunResult, options: TextOptions, apart: BodyOutput | undefined): string {
  if (!apart) return runText(result, options);
  const written = apart.written();
  const where =
    written !== undefined && options.bodyFile !== undefined
      ? [`  ${counted(written, 'byte')} in ${options.bodyFile}`]
      : [];
  return `${[...runLines(result, options), ...where].join('\n')}\n`;
}

/** The event stream that is printed as it comes: one at a time. */
class PrintedStream {
  readonly #output: Output;
  #block: Block | undefined;
  #decoder = new TextDecoder();
  /** A carriage return at the end of a part: the line feed that belongs to it may come with the next. */
  #held = '';
  #last = '\n';

  constructor(output: Output) {
    this.#output = output;
  }

  begin(block: Block): void {
    this.#block = block;
    this.#decoder = new TextDecoder();
    this.#held = '';
    this.#last = '\n';
  }

  print(block: Block, bytes: Uint8Array): void {
    if (block === this.#block) this.#write(this.#held + this.#decoder.decode(bytes, { stream: true }));
  }

  /** True when this block's body has been printed; then it ends with a line. */
  end(block: Block): boolean {
    if (block !== this.#block) return false;
    const rest = this.#held + this.#decoder.decode();
    if (rest !== '') this.#out(rest);
    if (this.#last !== '\n') this.#output.out('\n');
    this.#block = undefined;
    return true;
  }

  #write(text: string): void {
    this.#held = text.endsWith('\r') ? '\r' : '';
    const whole = text.slice(0, text.length - this.#held.length);
    if (whole !== '') this.#out(whole);
  }

  #out(text: string): void {
    this.#last = text.at(-1) ?? this.#last;
    this.#output.out(this.#output.terminal ? inertText(text) : text);
  }
}
