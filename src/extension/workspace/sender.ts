import { randomInt, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { changeOfSend, type SessionChange } from '../../core/session/sessionChange.ts';
import type { RetryWait } from '../../core/session/retryWait.ts';
import type { Session, SessionVariable } from '../../core/session/session.ts';
import type { RequestTarget, RunInput, RunPorts, RunResult } from '../../core/run/run.ts';
import type { RunSteps } from '../../core/run/runSteps.ts';
import type { Block, HttpDocument, RequestBlock } from '../../core/syntax/ast.ts';
import { blockTag, requestId } from '../../core/syntax/query.ts';
import { environmentOfBlock } from '../../core/variables/chosenEnvironment.ts';
import type { BodyThread } from '../../node/bodyThread.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import type { ExchangeViewInput } from '../../present/exchangeView.ts';
import { loadPresent, loadQuery, type Engine } from '../loadEngine.ts';
import { readSettings } from '../settings.ts';
import { secretFrom, type Ask } from './ask.ts';
import type { Batches } from './batches.ts';
import type { Bodies } from './bodies.ts';
import type { Documents } from './documents.ts';
import type { Environments } from './environments.ts';
import type { History } from './history.ts';
import { LiveView } from './liveView.ts';
import { folderOf, placeOf, type Place } from './place.ts';
import type { RequestFiles } from './requestFiles.ts';
import { blockKey, type Run, type Runs } from './runs.ts';
import type { DoneChange } from './sessionChanges.ts';
import type { SessionHost } from './sessionHost.ts';
import type { Views } from './views.ts';

export interface SenderParts {
  readonly engine: () => Engine;
  readonly documents: Documents;
  readonly requestFiles: RequestFiles;
  readonly environments: Environments;
  readonly sessions: SessionHost;
  readonly runs: Runs;
  readonly views: Views;
  readonly secrets: vscode.SecretStorage;
  readonly ask: Ask;
  readonly pretty: BodyThread;
  readonly bodies: Bodies;
  readonly history: History;
  readonly batches: Batches;
}

/** A block to send, and where it stands. The place's file is the one of the block. */
interface Addressed {
  readonly uri: vscode.Uri;
  readonly tree: HttpDocument;
  readonly block: RequestBlock;
  readonly place: Place;
  readonly overrides?: RunInput['overrides'];
  /** Name of a session for this send alone. */
  readonly as?: string | undefined;
  /** The exchange that somebody asked for, where this one is sent for it; absent: this is the one. */
  readonly asked?: { readonly id: string; readonly name: string };
}

/** What a send has beside its block. */
export interface SendOptions {
  /** Identity of the exchange; absent: a new one. */
  readonly id?: string;
  /** Values of the line that runs the block. */
  readonly overrides?: RunInput['overrides'];
  /** Name of another session than the one in force. */
  readonly as?: string;
}

/** Sends blocks of open documents: stations 2 to 11 of ARCHITECTURE "One click on Send". */
export class Sender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Sends one block and shows it from the first moment on. Never throws for trouble on the net or in the file. */
  async send(document: vscode.TextDocument, block: RequestBlock, { id, ...options }: SendOptions = {}): Promise<Run> {
    const tree = this.#parts.documents.parse(document);
    const addressed = { uri: document.uri, tree, block, place: placeOf(document), ...options };
    const run = newRun(addressed, id);
    this.#parts.runs.begin(run);
    try {
      const asked = { id: run.id, name: nameOf(block) };
      run.result = await this.#run(run, await this.#input({ ...addressed, asked }));
    } finally {
      this.#parts.batches.endOf(run.id);
      this.#parts.runs.end(run, run.result);
    }
    return run;
  }

  /** The requests that the `run` lines of a block name; `ahead` when nothing is to be sent now and nobody asked. */
  async steps(document: vscode.TextDocument, tree: HttpDocument, block: Block, ahead = false): Promise<RunSteps> {
    const input = await this.#input({ uri: document.uri, tree, block, place: placeOf(document) });
    return this.#parts.engine().stepsOfBlock(input, ahead);
  }

  /** What a send of `block` would be given, without its signal: shared with previews, which never send. */
  async input(
    document: vscode.TextDocument,
    tree: HttpDocument,
    block: RequestBlock,
  ): Promise<Omit<RunInput, 'signal'>> {
    return this.#input({ uri: document.uri, tree, block, place: placeOf(document) });
  }

  async #input<B extends Block>(
    addressed: Omit<Addressed, 'block'> & { readonly block: B },
  ): Promise<Omit<RunInput, 'signal' | 'block'> & { readonly block: B }> {
    const { environments, sessions, bodies } = this.#parts;
    const { uri, tree, block, place, as } = addressed;
    const settings = readSettings(uri);
    const environment = environmentOfBlock(block) ?? environments.selected(place.folder);
    const session = await sessions.openFresh(
      sessions.keyOf(place.folder, environment, as ?? blockTag(block, 'session')),
    );
    return {
      document: tree,
      block,
      file: place.file,
      session,
      environment,
      profiles: await environments.profiles(place),
      settings: settings.send,
      defaults: settings.defaults,
      variablePrecedence: settings.variablePrecedence,
      overrides: addressed.overrides ?? [],
      ports: this.#ports(place),
      bodyStore: await bodies.folder(),
      runDependencies: settings.runDependencies,
      otherRun: (target) => this.#otherRun(target, addressed),
    };
  }

  async #run(run: Run, input: Omit<RunInput, 'signal'>): Promise<RunResult> {
    const { engine, views, sessions } = this.#parts;
    const live = new LiveView(run, input, views);
    const variables = input.session.variables();
    live.draw();
    try {
      const result = await engine().runBlock({
        ...input,
        signal: run.abort.signal,
        onPrepared: (request) => live.prepared(request),
        onHop: (hop) => {
          this.#parts.runs.waits(run);
          live.hop(hop);
        },
        onWait: (wait) => this.#wait(run, live, wait),
        onProgress: (_hop, progress) => live.progress(progress),
        onArrival: (_hop, arrival) => live.arrived(arrival),
      });
      this.#recordChange(run, input.session, result, variables);
      // A send has ended when its session has flushed; the response is shown before, and also when the disk is full, which is told.
      live.stop();
      const shown = this.#show(run, { ...this.#about(run, input, result), streams: live.streams() });
      await Promise.all([shown, sessions.flush()]);
      return result;
    } finally {
      live.stop();
    }
  }

  #wait(run: Run, live: LiveView, wait: RetryWait): void {
    this.#parts.runs.waits(run, () => {
      wait.sendNow();
      this.#parts.runs.waits(run);
      live.goesOn();
    });
    live.waits(wait);
  }

  /** A request that another one needs first: its lens tells how it went, and the response tab stays with the one asked for. */
  async #otherRun(target: RequestTarget, from: Pick<Addressed, 'uri' | 'place' | 'as' | 'asked'>): Promise<RunInput> {
    const { runs, batches } = this.#parts;
    const { asked } = from;
    const { document: tree, block, file } = target;
    const uri = file.path === undefined || file.id === from.place.file.id ? from.uri : vscode.Uri.file(file.path);
    const addressed = { uri, tree, block, place: { ...from.place, file }, as: from.as, ...(asked && { asked }) };
    const input = await this.#input(addressed);
    const run = newRun(addressed);
    const variables = input.session.variables();
    return {
      ...input,
      signal: run.abort.signal,
      onBegin: () => {
        runs.begin(run, 'needed');
        if (asked) batches.addNeeded(asked, { id: run.id, name: nameOf(block) });
      },
      onHop: (hop) => run.hops.push(hop),
      onEnd: async (result) => {
        if (result) this.#recordChange(run, input.session, result, variables);
        if (result) this.#keep(loadPresent().exchangeView(this.#about(run, input, result)), run, result);
        runs.end(run, result);
      },
    };
  }

  /** What a send did to its session, so that the views can tell and undo it. */
  #recordChange(run: Run, session: Session, result: RunResult, variables: readonly SessionVariable[]): void {
    const hops = result.exchange?.hops ?? [];
    const change = changeOfSend(hops, session, Object.keys(result.captured), variables);
    this.#parts.sessions.changes.record(session, result.title ?? result.name ?? requestLine(result), change, run.id);
  }

  async #show(run: Run, about: ExchangeViewInput): Promise<void> {
    const { views, pretty } = this.#parts;
    const { exchangeView, pendingPretty } = loadPresent();
    const view = exchangeView(about);
    views.show(view, run.uri);
    this.#remember(view, run, about.result);
    const indented = new Map<number, string>();
    for (const { hop, text, format, partial } of pendingPretty(view)) {
      const lines = await pretty.pretty(text, format, partial);
      if (lines !== undefined) indented.set(hop, lines);
    }
    if (indented.size > 0) views.show(exchangeView({ ...about, pretty: indented }), run.uri);
  }

  /** One that another request needed: nobody looks at it now. */
  #keep(view: ExchangeView, run: Run, result: RunResult): void {
    this.#parts.views.keep(view, run.uri);
    this.#remember(view, run, result);
  }

  #remember(view: ExchangeView, { uri, block }: Run, result: RunResult): void {
    if (!result.exchange || blockTag(result.block, 'no-log') !== undefined) return;
    const folder = folderOf(uri);
    this.#parts.history.add({ view, secrets: loadPresent().exchangeSecrets(result), uri, block, folder });
  }

  #about(run: Run, input: Omit<RunInput, 'signal'>, result: RunResult): ExchangeViewInput {
    return {
      id: run.id,
      result,
      document: input.document,
      startedAt: run.startedAt,
      now: Date.now(),
      lostCookies: this.#parts.sessions.lostCookies(input.session),
      ...sessionChangeOf(this.#parts.sessions.changes.ofRun(run.id)),
    };
  }

  #ports(place: Place): RunPorts {
    const { engine, secrets, ask, requestFiles } = this.#parts;
    return {
      files: engine().nodeFiles(),
      now: Date.now,
      randomInt,
      uuid: randomUUID,
      processEnv: (name) => process.env[name],
      utcOffsetMinutes: (epochMs) => -new Date(epochMs).getTimezoneOffset(),
      secret: (name) => secretFrom(secrets, name),
      ask: (question) => ask(question, place.label),
      openRequestFile: (filePath) => requestFiles.open(filePath, place),
      lookUpXml: (xml, xpath) => loadQuery().lookUpXml(xml, xpath),
    };
  }
}

function newRun({ uri, tree, block, as }: Addressed, id: string = randomUUID()): Run {
  return {
    id,
    block: blockKey(uri, tree, block),
    uri,
    as,
    startedAt: Date.now(),
    abort: new AbortController(),
    hops: [],
    result: undefined,
  };
}

function sessionChangeOf(done: DoneChange | undefined): { readonly sessionChange?: SessionChange } {
  return done ? { sessionChange: done.change } : {};
}

/** What a request is called before it was sent. */
export function nameOf(block: RequestBlock): string {
  const { method, target } = block.request;
  return block.title?.text ?? requestId(block) ?? `${method.text} ${target.text}`;
}

/** A request without a title is known by its line: `GET /me`. */
function requestLine({ exchange }: RunResult): string {
  const request = exchange?.hops[0]?.request;
  return request ? `${request.method} ${new URL(request.url).pathname}` : vscode.l10n.t('a request');
}
