import type { Files } from '../files.ts';
import type { Exchange, Hop } from '../session/exchange.ts';
import type { DefaultsLayer } from '../session/defaultsLayer.ts';
import type { RetryWait } from '../session/retryWait.ts';
import type { SendSettings } from '../session/settings.ts';
import type { Session } from '../session/session.ts';
import type { Block, HttpDocument, RequestBlock } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import type { Arrival, PreparedRequest, Transferred } from '../http/transport.ts';
import type { BodyStore } from '../http/bodyStore.ts';
import type { EnvironmentProfiles } from '../variables/profile.ts';
import type { Prompt } from '../variables/prompt.ts';
import type { Override } from '../variables/scope.ts';
import type { XmlQuery } from '../variables/xmlQuery.ts';

export type { Prompt };

/** What a run asks of its host. Core reads no clock, randomness, environment or settings of its own (invariant 8). */
export interface RunPorts {
  readonly files: Files;
  /** Epoch milliseconds. */
  now(): number;
  randomInt(minInclusive: number, maxExclusive: number): number;
  uuid(): string;
  processEnv(name: string): string | undefined;
  /** Local time zone's offset at `epochMs`, minutes east of UTC. */
  utcOffsetMinutes(epochMs: number): number;
  /** `{{$secret name}}`: from secret storage or `CRUMBTRAIL_SECRET_name`; asks once where it can. */
  secret(name: string): Promise<string | undefined>;
  /** Asks the user, or answers from flags. `undefined`: nobody answered, and the request is blocked. */
  ask(question: Question): Promise<string | undefined>;
  /** The request file at an absolute path, as it stands in an editor or on disk; `undefined` when there is none. */
  openRequestFile(path: string): Promise<OpenedFile | undefined>;
  /** XPath references on XML bodies. */
  readonly lookUpXml: XmlQuery;
}

/** A question that a send may have to ask. A `confirm` is answered by `yes`. */
export type Question =
  | Prompt
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'protected'; readonly environment: string; readonly method: string; readonly url: string }
  | { readonly kind: 'file-outside-root'; readonly path: string; readonly root: string }
  /** `name` has not been sent, and `neededBy` refers to its response: shall it be sent first? */
  | { readonly kind: 'dependency'; readonly name: string; readonly neededBy: string };

/** The file a block stands in. */
export interface RunFile {
  /** Absolute path, or `undefined` for an untitled document or standard input. */
  readonly path: string | undefined;
  /** Folder that body files may be read from without asking, and the base of relative ids. */
  readonly root: string;
  /** Path relative to `root` with `/`, the key of recorded responses; the display name when there is no path. */
  readonly id: string;
}

/** A request file, parsed, and the place it has among the others. */
export interface OpenedFile {
  readonly document: HttpDocument;
  readonly file: RunFile;
}

/** A block that another one needs to be sent first. */
export interface RequestTarget extends OpenedFile {
  readonly block: RequestBlock;
}

export type { Override };

export interface RunInput {
  readonly document: HttpDocument;
  readonly block: RequestBlock;
  readonly file: RunFile;
  readonly session: Session;
  /** Names in force, in order (overlay last); empty for none. */
  readonly environment: readonly string[];
  readonly profiles: EnvironmentProfiles;
  readonly settings: SendSettings;
  /** Defaults that the host read from settings and flags, weakest first. */
  readonly defaults?: readonly DefaultsLayer[];
  /** C7: which of file and environment wins. */
  readonly variablePrecedence: 'file' | 'environment';
  /** `--var`, and what a `run` line gives: above everything, the last one of a name first. */
  readonly overrides: readonly Override[];
  readonly ports: RunPorts;
  readonly signal: AbortSignal;
  /** What a reference to a request that was not sent yet does: send it first, after asking or without, or block. */
  readonly runDependencies: 'ask' | 'always' | 'never';
  /** What a run of another block needs: its session and environment are its own. */
  otherRun(target: RequestTarget): Promise<RunInput>;
  /** A run that another one asked for begins, and has ended (without a result when it broke off). */
  readonly onBegin?: () => void;
  readonly onEnd?: (result: RunResult | undefined) => Promise<void>;
  /** The request as prepared, just before the first hop. */
  readonly onPrepared?: (request: PreparedRequest) => void;
  readonly onHop?: (hop: Hop) => void;
  readonly onProgress?: (hopNumber: number, progress: Transferred) => void;
  /** Parts of a response as they come, for streams. */
  readonly onArrival?: (hopNumber: number, arrival: Arrival) => void;
  /** Before each wait between attempts; it can be cut short from there. */
  readonly onWait?: (wait: RetryWait) => void;
  /** Where the response's body goes when it is too large for memory. */
  readonly bodyStore?: BodyStore;
}

/** What came of one block: sent (then there is an exchange) or blocked by its problems (then there is none). */
export interface RunResult {
  readonly document: HttpDocument;
  /** Without a request when its `run` lines could not be followed. */
  readonly block: Block;
  readonly file: RunFile;
  /** What was sent first because this block needs it, in order; each has its own before it. */
  readonly before: readonly RunResult[];
  /** Request id: `# @name`, else the title; absent when the block has neither. */
  readonly name: string | undefined;
  readonly title: string | undefined;
  /** Line of the request line, or of the first `run` line, from 1. */
  readonly line: number;
  readonly outcome: 'completed' | 'failed' | 'cancelled' | 'blocked';
  readonly problems: readonly Problem[];
  readonly exchange: Exchange | undefined;
  /** Session variables written by captures and declarative handlers. */
  readonly captured: Readonly<Record<string, string>>;
  /** Files that the response was saved in, as the block names them. */
  readonly saved: readonly string[];
  readonly environment: readonly string[];
  readonly sessionName: string;
  /** Texts that must be masked wherever this run is shown: values of secret bindings that were used. */
  readonly secrets: readonly string[];
}
