import * as vscode from 'vscode';
import { lenses, type RequestLens } from '../../core/features/lenses.ts';
import type { HttpDocument } from '../../core/syntax/ast.ts';
import { blockAt, isRequestBlock } from '../../core/syntax/query.ts';
import { chainWords } from '../../present/chainWords.ts';
import { languageId, markdownId } from '../contributions.ts';
import { languageSettings } from './languageSettings.ts';
import type { Registration } from '../registration.ts';
import type { BlockAddress, Documents } from '../workspace/documents.ts';
import type { Environments } from '../workspace/environments.ts';
import { placeOf } from '../workspace/place.ts';
import type { Previews } from '../workspace/previews.ts';
import { blockKey, type Run, type Runs } from '../workspace/runs.ts';
import { isLong } from '../workspace/visibleBlocks.ts';

export interface LensParts {
  readonly documents: Documents;
  readonly environments: Environments;
  readonly runs: Runs;
  readonly previews: Previews;
}

export function registerLenses(parts: LensParts, registration: Registration): void {
  const provider = new LensProvider(parts, registration);
  registration.own(
    vscode.languages.registerCodeLensProvider([{ language: languageId }, { language: markdownId }], provider),
  );
}

/** A send shorter than this never shows `Cancel` (UX: after 300 ms of running), in milliseconds. */
const cancelAfter = 300;

type MakeCommand = () => vscode.Command;

/** A lens whose words are made when it comes into sight. */
class PendingLens extends vscode.CodeLens {
  readonly make: MakeCommand;

  constructor(range: vscode.Range, make: MakeCommand) {
    super(range);
    this.make = make;
  }
}

/** One line of lenses above each request: Send or Cancel, Send All, environment, what goes along, the last result. */
class LensProvider implements vscode.CodeLensProvider {
  readonly #parts: LensParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(parts: LensParts, registration: Registration) {
    this.#parts = parts;
    registration.own(this.#changed);
    const refresh = () => this.#changed.fire();
    registration.own(parts.runs.onDidChange((run) => this.#afterChangeOf(run)));
    registration.own(parts.environments.onDidChange(refresh));
    registration.own(parts.previews.onDidCompute(refresh));
    // VS Code gives a refresh up when its editor loses the focus before it is done, as by a click into the response.
    registration.own(vscode.window.onDidChangeActiveTextEditor(refresh));
  }

  /** Answers at once: VS Code waits with the next refresh as long as the last ones took. */
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const settings = languageSettings(document.uri);
    if (!settings.lenses || (document.languageId === markdownId && !settings.markdown)) return [];
    const tree = this.#parts.documents.parse(document);
    const places = lenses(tree).filter(({ sendable }) => sendable);
    // Markdown without requests must not cost a look at the environment.
    if (places.length === 0) return [];
    const environment = this.#environmentWords(document);
    return places.flatMap((place) => {
      const { line, offset } = place;
      const at = new vscode.Position(line, offset - tree.lines.startOf(line));
      const range = new vscode.Range(at, at);
      const commands = this.#commandsOf(document, tree, place, {
        isFirstOfMany: place.first && places.length > 1,
        environment,
      });
      // Of a long document VS Code asks for the words of those in sight, and the others cost a place alone.
      return commands.map((make) => (isLong(tree) ? new PendingLens(range, make) : new vscode.CodeLens(range, make())));
    });
  }

  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (lens instanceof PendingLens) lens.command = lens.make();
    return lens;
  }

  #environmentWords(document: vscode.TextDocument): string {
    const place = placeOf(document);
    const selected = this.#parts.environments.selected(place.folder);
    const known = this.#parts.environments.known(place);
    const profiles = known?.profiles ?? [];
    const guarded = profiles.some((profile) => profile.protected && selected.includes(profile.name));
    const name = selected.length === 0 ? vscode.l10n.t('no environment') : selected.join(' + ');
    if (known && selected.some((each) => !known.names.includes(each))) return `$(error) ${name}`;
    return guarded ? `$(warning) ${name}` : name;
  }

  #commandsOf(
    document: vscode.TextDocument,
    tree: HttpDocument,
    { offset }: RequestLens,
    about: { readonly isFirstOfMany: boolean; readonly environment: string },
  ): readonly MakeCommand[] {
    const lens = (title: string, command: string, tooltip: string): vscode.Command => {
      const address: BlockAddress = { uri: document.uri.toString(), version: document.version, offset };
      return { title, command: `crumbtrail.${command}`, tooltip, arguments: [address] };
    };
    const block = blockAt(tree, offset);
    // What `run` lines send has lenses of its own.
    const request = block && isRequestBlock(block) ? block : undefined;
    const run = request && this.#parts.runs.last(blockKey(document.uri, tree, request));
    const commands = [() => this.#sendCommand(lens, run)];
    if (about.isFirstOfMany)
      commands.push(() => lens('Send All', 'sendAll', vscode.l10n.t('Send every request of this file, in order')));
    commands.push(() => lens(about.environment, 'switchEnvironment', vscode.l10n.t('Switch the environment')));
    const along = request && this.#parts.previews.words(document, tree, request);
    if (along !== undefined)
      commands.push(() => lens(along, 'previewRequest', vscode.l10n.t('What will be sent: preview before sending')));
    const result = run && resultWords(run);
    if (result !== undefined) commands.push(() => lens(result, 'response.focus', vscode.l10n.t('Show this response')));
    return commands;
  }

  #sendCommand(
    lens: (title: string, command: string, tooltip: string) => vscode.Command,
    run: Run | undefined,
  ): vscode.Command {
    const isLasting = run !== undefined && this.#parts.runs.isRunning(run) && Date.now() - run.startedAt >= cancelAfter;
    return isLasting
      ? lens('Cancel', 'cancel', vscode.l10n.t('Cancel this send (Ctrl+Alt+K)'))
      : lens('Send', 'send', vscode.l10n.t('Send this request (Ctrl+Alt+R)'));
  }

  /** A send that is over soon changes the lenses once, at its end: in a file of thousands of requests each change is thousands of lenses. */
  #afterChangeOf(run: Run): void {
    if (!this.#parts.runs.isRunning(run)) return this.#changed.fire();
    setTimeout(() => this.#parts.runs.isRunning(run) && this.#changed.fire(), cancelAfter);
  }
}

/** `302 → 200 · 84 ms`, or what went wrong in a word. */
function resultWords({ result }: Run): string | undefined {
  if (!result) return undefined;
  if (result.outcome === 'blocked') return vscode.l10n.t('$(error) not sent');
  return result.exchange && chainWords(result.exchange);
}
