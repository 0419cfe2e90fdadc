import { randomInt, randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { PreparedRequest } from '../../core/http/transport.ts';
import type { RunInput, RunPorts, RunResult } from '../../core/run.ts';
import type { HttpDocument, RequestBlock } from '../../core/syntax/ast.ts';
import { blockTag, lineOfRequest, requestId } from '../../core/syntax/query.ts';
import { pendingPretty } from '../../present/bodyView.ts';
import { exchangeView, runningView } from '../../present/exchangeView.ts';
import type { BodyPretty } from '../../node/bodyPretty.ts';
import type { ExchangeView } from '../../protocol/exchangeView.ts';
import type { Engine } from '../loadEngine.ts';
import { readSettings } from '../settings.ts';
import { ask, secretFrom } from './ask.ts';
import type { Documents } from './documents.ts';
import type { Environments } from './environments.ts';
import { placeOf, type Place } from './place.ts';
import { blockKey, type Run, type Runs } from './runs.ts';
import type { SessionHost } from './sessionHost.ts';
import type { Views } from './views.ts';

/** How often a running view is drawn anew while bytes arrive, in milliseconds. */
const progressEvery = 250;

export interface SenderParts {
  readonly engine: () => Engine;
  readonly documents: Documents;
  readonly environments: Environments;
  readonly sessions: SessionHost;
  readonly runs: Runs;
  readonly views: Views;
  readonly secrets: vscode.SecretStorage;
  readonly pretty: BodyPretty;
}

/** Sends blocks of open documents: stations 2 to 11 of ARCHITECTURE "One click on Send". */
export class Sender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Sends one block and shows it from the first moment on. Never throws for trouble on the net or in the file. */
  async send(document: vscode.TextDocument, block: RequestBlock): Promise<Run> {
    const tree = this.#parts.documents.parse(document);
    const run: Run = {
      id: randomUUID(),
      block: blockKey(document.uri, tree, block),
      uri: document.uri,
      startedAt: Date.now(),
      abort: new AbortController(),
      hops: [],
      result: undefined,
    };
    this.#parts.runs.begin(run);
    try {
      run.result = await this.#run(run, document, tree, block);
    } finally {
      this.#parts.runs.end(run, run.result);
    }
    return run;
  }

  /** What a send of `block` would be given, without its signal: shared with previews, which never send. */
  async input(
    document: vscode.TextDocument,
    tree: HttpDocument,
    block: RequestBlock,
  ): Promise<Omit<RunInput, 'signal'>> {
    const { environments, sessions } = this.#parts;
    const place = placeOf(document);
    const settings = readSettings(document.uri);
    const environment = environmentOf(block) ?? environments.selected(place.folder);
    const session = await sessions.openFresh(sessions.keyOf(place.folder, environment, blockTag(block, 'session')));
    return {
      document: tree,
      block,
      file: place.file,
      session,
      environment,
      profiles: await environments.profiles(place),
      settings: settings.send,
      variablePrecedence: settings.variablePrecedence,
      overrides: [],
      ports: this.#ports(place),
    };
  }

  async #run(run: Run, document: vscode.TextDocument, tree: HttpDocument, block: RequestBlock): Promise<RunResult> {
    const { engine, views, sessions } = this.#parts;
    const input = await this.input(document, tree, block);
    const live = new LiveView(run, input, views);
    live.draw();
    try {
      const result = await engine().runBlock({
        ...input,
        signal: run.abort.signal,
        onPrepared: (request) => live.prepared(request),
        onHop: (hop) => live.hop(hop),
        onProgress: (_hop, bytes) => live.progress(bytes),
      });
      // A send is durable when its session has flushed; a full disk is told, and the response is shown all the same.
      await sessions.flush();
      await this.#show(run, input, result);
      return result;
    } finally {
      live.stop();
    }
  }

  async #show(run: Run, input: Omit<RunInput, 'signal'>, result: RunResult): Promise<void> {
    const { views, sessions } = this.#parts;
    const about = {
      id: run.id,
      result,
      document: input.document,
      startedAt: run.startedAt,
      now: Date.now(),
      lostCookies: sessions.lostCookies(input.session),
    };
    const view = exchangeView(about);
    views.show(view, run.uri);
    const pretty = new Map<number, string>();
    for (const { hop, text, format, partial } of pendingPretty(view)) {
      const indented = await this.#parts.pretty.pretty(text, format, partial);
      if (indented !== undefined) pretty.set(hop, indented);
    }
    if (pretty.size > 0) views.show(exchangeView({ ...about, pretty }), run.uri);
  }

  #ports(place: Place): RunPorts {
    const { engine, secrets } = this.#parts;
    return {
      files: engine().nodeFiles(),
      now: Date.now,
      randomInt,
      uuid: randomUUID,
      processEnv: (name) => process.env[name],
      utcOffsetMinutes: (epochMs) => -new Date(epochMs).getTimezoneOffset(),
      secret: (name) => secretFrom(secrets, name),
      ask: (question) => ask(question, place.label),
    };
  }
}

function environmentOf(block: RequestBlock): readonly string[] | undefined {
  return blockTag(block, 'env')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Draws a send while it runs: at once when a hop ends, at most every quarter of a second while bytes arrive. */
class LiveView {
  readonly #run: Run;
  readonly #input: Omit<RunInput, 'signal'>;
  readonly #views: Views;
  readonly #clock: NodeJS.Timeout;
  #prepared: PreparedRequest | undefined;
  #wireBytes = 0;
  #stopped = false;

  constructor(run: Run, input: Omit<RunInput, 'signal'>, views: Views) {
    this.#run = run;
    this.#input = input;
    this.#views = views;
    this.#clock = setInterval(() => this.draw(), progressEvery);
  }

  prepared(request: PreparedRequest): void {
    this.#prepared = request;
    this.draw();
  }

  hop(hop: Run['hops'][number]): void {
    this.#run.hops.push(hop);
    this.#wireBytes = 0;
    this.draw();
  }

  progress(bytes: number): void {
    this.#wireBytes = bytes;
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#clock);
  }

  draw(): void {
    if (!this.#stopped) this.#views.show(this.#view(), this.#run.uri);
  }

  #view(): ExchangeView {
    const { block, document, environment, session } = this.#input;
    return runningView({
      id: this.#run.id,
      block,
      document,
      title: block.title?.text ?? requestId(block),
      line: lineOfRequest(document, block) + 1,
      environment,
      sessionName: session.key.name,
      startedAt: this.#run.startedAt,
      now: Date.now(),
      prepared: this.#prepared,
      hops: this.#run.hops,
      wireBytes: this.#wireBytes,
      secrets: [],
    });
  }
}
