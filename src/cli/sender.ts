import { setTimeout } from 'node:timers/promises';
import { delaysOf } from '../core/run/delays.ts';
import type { BodyStore } from '../core/http/bodyStore.ts';
import type { RunInput, RunResult } from '../core/run/run.ts';
import { runResult } from '../core/run/runResult.ts';
import { proxyForAll } from '../core/prepare/settingsFromTags.ts';
import type { Arrival } from '../core/http/transport.ts';
import type { DefaultsLayer } from '../core/session/defaultsLayer.ts';
import type { Session } from '../core/session/session.ts';
import { savesResponse } from '../core/run/savedResponse.ts';
import type { Sessions } from '../core/session/sessions.ts';
import { defaultSettings, type SendSettings } from '../core/session/settings.ts';
import type { Block, RequestBlock } from '../core/syntax/ast.ts';
import { blockTag, isRequestBlock } from '../core/syntax/query.ts';
import { environmentOfBlock } from '../core/variables/chosenEnvironment.ts';
import { canAsk } from './askTerminal.ts';
import { loadEngine } from './bundles.ts';
import { checkEnvironment } from './environmentNames.ts';
import { sessionKey } from '../core/session/sessionKey.ts';
import { openSessions } from './openSessions.ts';
import type { Output } from './output.ts';
import { profileProblems } from './profileProblems.ts';
import type { RequestFile } from './runFile.ts';
import { openSavedBodies } from './savedBodies.ts';
import { runPorts, type AnsweringPorts } from './runPorts.ts';
import type { Selected } from './selectBlocks.ts';
import { createSurroundings, type Surroundings } from './surroundings.ts';

export interface SenderOptions {
  readonly environment: readonly string[];
  readonly session: string;
  readonly store: string | undefined;
  readonly overrides: RunInput['overrides'];
  readonly yes: boolean;
  readonly timeoutMs: number | undefined;
  readonly totalTimeoutMs: number | undefined;
  readonly bodyLimit: number | undefined;
  readonly insecure: boolean;
  /** `--proxy`: a URL, or `none`. */
  readonly proxy: string | undefined;
  readonly follow: boolean;
  readonly signal: AbortSignal;
  /** Where large bodies of what was selected go. */
  readonly bodyStore?: BodyStore | undefined;
  readonly output: Output;
  /** What comes of a response while it is under way; `begun` has no outcome yet. */
  readonly onArrival?: ((begun: BlockRun, arrival: Arrival) => void) | undefined;
}

/** What came of one block. */
export interface BlockRun {
  readonly file: RequestFile;
  readonly result: RunResult;
  /** The selected block that led to it: a block of `run` lines leads to others. */
  readonly selected?: Block;
}

/** Sends blocks in order, each in the session it belongs to. */
export interface Sender {
  readonly sessions: Sessions;
  /** Those of the blocks that could not be sent whatever the others bring, with their problems. Sends nothing and asks nothing. */
  check(selected: readonly Selected<RequestFile>[]): Promise<readonly BlockRun[]>;
  run(selected: readonly Selected<RequestFile>[]): AsyncGenerator<BlockRun>;
}

/** Reads the environments of the files; one that is not there is wrong usage, and then nothing is sent. */
export async function createSender(files: readonly RequestFile[], options: SenderOptions): Promise<Sender> {
  const surroundings = createSurroundings(files);
  const profiles = await Promise.all(files.map((file) => surroundings.profiles(file)));
  for (const read of profiles) checkEnvironment(options.environment, read);
  for (const line of new Set(profiles.flatMap(profileProblems))) options.output.error(line);
  return new BlockSender(surroundings, options);
}

/** What a run is given; a block of `run` lines is only looked at. */
type RunInputOf<B extends Block> = Omit<RunInput, 'block'> & { readonly block: B };

interface Prepared<B extends Block> extends Pick<AnsweringPorts, 'named'> {
  readonly input: RunInputOf<B>;
}

/** A request to send, or a block of `run` lines that cannot be followed. */
type Part = { readonly file: RequestFile } & (
  | (Prepared<RequestBlock> & { readonly problems?: undefined })
  | { readonly input: RunInputOf<Block>; readonly problems: RunResult['problems'] }
);

class BlockSender implements Sender {
  readonly sessions: Sessions;
  readonly #surroundings: Surroundings;
  readonly #options: SenderOptions;
  readonly #settings: SendSettings;
  /** A batch holds on to its sessions: what another process writes meanwhile is merged when they are saved. */
  readonly #opened = new Map<string, Promise<Session>>();
  #saved: BodyStore | undefined;

  constructor(surroundings: Surroundings, options: SenderOptions) {
    this.#surroundings = surroundings;
    this.#options = options;
    this.#settings = sendSettings(options);
    this.sessions = openSessions(options);
  }

  async check(selected: readonly Selected<RequestFile>[]): Promise<readonly BlockRun[]> {
    const blocked: BlockRun[] = [];
    for (const { file, block } of selected) {
      for (const each of await this.#parts(file, block)) {
        const problems = each.problems ?? (await loadEngine().neverResolves(asked(each.input)));
        const named = problems.map(withFlag);
        if (problems.length > 0) {
          blocked.push({ file: each.file, result: runResult(each.input, { outcome: 'blocked', problems: named }) });
        }
      }
    }
    return blocked;
  }

  async *run(selected: readonly Selected<RequestFile>[]): AsyncGenerator<BlockRun> {
    let previous: Block | undefined;
    for (const { file, block } of selected) {
      for (const part of await this.#parts(file, block)) {
        if (previous) await this.#wait(delaysOf(previous).after + delaysOf(part.input.block).before);
        previous = part.input.block;
        if (this.#options.signal.aborted) return;
        for (const run of await this.#runPart(part)) yield { ...run, selected: block };
      }
    }
  }

  async #runPart(part: Part): Promise<readonly BlockRun[]> {
    const { file, input, problems } = part;
    if (problems) return [{ file, result: runResult(input, { outcome: 'blocked', problems }) }];
    const bodyStore = this.#options.bodyStore ?? this.#savedBodies(part.input.block);
    return this.#inOrder(
      file,
      part.named(await loadEngine().runBlock({ ...part.input, ...(bodyStore && { bodyStore }) })),
    );
  }

  #savedBodies(block: Block): BodyStore | undefined {
    if (!savesResponse(block)) return undefined;
    return (this.#saved ??= openSavedBodies(this.#settings.bodyLimit));
  }

  /** A block with a request is one part; one with `run` lines has those that they name, or the problems that stop it. */
  async #parts(file: RequestFile, block: Block): Promise<readonly Part[]> {
    if (isRequestBlock(block)) return [{ file, ...(await this.#prepare(file, block)) }];
    const { input } = await this.#prepare(file, block);
    const { steps, problems } = await loadEngine().stepsOfBlock(input);
    if (problems.length > 0) return [{ file, input, problems }];
    return Promise.all(
      steps.map(async ({ target, overrides }) => {
        const opened = this.#surroundings.fileOf(target);
        const prepared = await this.#prepare(opened, target.block);
        const all = [...overrides, ...prepared.input.overrides];
        return { ...prepared, file: opened, input: { ...prepared.input, overrides: all } };
      }),
    );
  }

  /** Ends at once when the run is interrupted. */
  async #wait(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return;
    await setTimeout(milliseconds, undefined, { signal: this.#options.signal }).catch(() => undefined);
  }

  /** What a block needed first was sent before it. */
  #inOrder(file: RequestFile, result: RunResult): readonly BlockRun[] {
    const before = result.before.flatMap((each) => this.#inOrder(this.#surroundings.fileOf(each), each));
    return [...before, { file, result }];
  }

  async #prepare<B extends Block>(file: RequestFile, block: B): Promise<Prepared<B>> {
    const { overrides, signal, yes } = this.#options;
    const environment = environmentOfBlock(block) ?? this.#options.environment;
    const name = blockTag(block, 'session') || this.#options.session;
    const openRequestFile = (path: string) => this.#surroundings.open(path, file.place.root);
    const { ports, named } = runPorts({ overrides, signal, yes, openRequestFile });
    const input: RunInputOf<B> = {
      document: file.document,
      block,
      file: file.place,
      session: await this.#session(file.place.root, environment, name),
      environment,
      profiles: await this.#surroundings.profiles(file),
      settings: this.#settings,
      defaults: [...(await this.#surroundings.defaults(file.place.root)), flagLayer(this.#options)],
      variablePrecedence: 'file',
      overrides,
      ports,
      signal,
      // Said once for all, also when a run of all requests is looked over before anything is sent.
      runDependencies: yes ? 'always' : 'ask',
      // Its questions count as this one's, so that the flags that answer them are named.
      otherRun: async (target) => ({
        ...(await this.#prepare(this.#surroundings.fileOf(target), target.block)).input,
        ports,
      }),
    };
    return { input: this.#told(input, file), named };
  }

  #told<B extends Block>(input: RunInputOf<B>, file: RequestFile): RunInputOf<B> {
    const { onArrival } = this.#options;
    if (!onArrival) return input;
    const begun = { file, result: runResult(input, { outcome: 'completed', problems: [] }) };
    return { ...input, onArrival: (_hop, arrival) => onArrival(begun, arrival) };
  }

  #session(root: string, environment: readonly string[], name: string): Promise<Session> {
    const key = sessionKey(root, environment, name);
    const id = JSON.stringify(key);
    const opened = this.#opened.get(id) ?? this.sessions.open(key);
    this.#opened.set(id, opened);
    return opened;
  }
}

/** Where somebody can be asked, a response that is missing may still come: that is asked when the request's turn has come. */
function asked(input: RunInput): RunInput {
  return input.runDependencies === 'ask' && canAsk() ? { ...input, runDependencies: 'always' } : input;
}

function withFlag(problem: RunResult['problems'][number]): RunResult['problems'][number] {
  if (problem.code !== 'request-not-sent') return problem;
  return { ...problem, message: `${problem.message} With --yes it is sent before this one.` };
}

function sendSettings({ bodyLimit = 0 }: SenderOptions): SendSettings {
  // A small limit is for the printing alone: captures and references need the body.
  return { ...defaultSettings, bodyLimit: Math.max(bodyLimit, defaultSettings.bodyLimit) };
}

/** What the command line says about sending: stronger than what the session remembers, weaker than the tags of a request. */
function flagLayer({ follow, insecure, proxy, timeoutMs, totalTimeoutMs }: SenderOptions): DefaultsLayer {
  // `--timeout` is for connecting and for each wait between bytes, as `timeout` is in requests.
  const timeouts = {
    ...(timeoutMs !== undefined && { connectMs: timeoutMs, readMs: timeoutMs }),
    ...(totalTimeoutMs !== undefined && { totalMs: totalTimeoutMs }),
  };
  return {
    origin: { kind: 'flags' },
    defaults: {
      ...(!follow && { redirect: { follow: false } }),
      ...(insecure && { verify: false }),
      ...(proxy !== undefined && { proxies: proxyForAll(/^none$/i.test(proxy) ? null : proxy) }),
      ...(Object.keys(timeouts).length > 0 && { timeouts }),
    },
  };
}
