import * as vscode from 'vscode';

/** Milliseconds. */
export interface Spread {
  readonly median: number;
  readonly p99: number;
  readonly most: number;
  readonly count: number;
}

export interface Latency {
  /** How long a timer of the extension host waited beyond its time, other processes of the machine included. */
  readonly waited: Spread;
  /** How much its thread computed meanwhile: what it would have waited on a machine of its own. */
  readonly computed: Spread;
  /** From asking VS Code to its answer, through its window and back: a letter typed, what a hover shows, what completion offers. */
  readonly typing: Spread;
  readonly hover: Spread;
  readonly completion: Spread;
}

/** The timer that measures ticks so often. */
const tickMs = 5;

/** How long the next question waits: about as long as between the keys of somebody who types fast. */
const pauseMs = 100;

/** Types into the last line of a document and asks about its first line, again and again while `work` goes on. */
export async function latencyDuring(document: vscode.TextDocument, work: () => Promise<unknown>): Promise<Latency> {
  const [typing, hover, completion]: number[][] = [[], [], []];
  const place = new vscode.Position(0, 1);
  const over = new AbortController();
  const asking = repeat(over.signal, pauseMs, async () => {
    typing?.push(await timed(() => typeLetter(document)));
    hover?.push(await timed(() => ask('vscode.executeHoverProvider', document, place)));
    completion?.push(await timed(() => ask('vscode.executeCompletionItemProvider', document, place)));
  });
  const ticks = startTicks();
  await work().finally(() => over.abort());
  const { waited, computed } = ticks.stop();
  await asking;
  return {
    waited: spreadOf(waited),
    computed: spreadOf(computed),
    typing: spreadOf(typing),
    hover: spreadOf(hover),
    completion: spreadOf(completion),
  };
}

async function repeat(signal: AbortSignal, pause: number, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function startTicks(): { stop(): { readonly waited: readonly number[]; readonly computed: readonly number[] } } {
  const [waited, computed]: [number[], number[]] = [[], []];
  let [wall, thread] = [performance.now(), threadMs()];
  const timer = setInterval(() => {
    const [wallNow, threadNow] = [performance.now(), threadMs()];
    waited.push(Math.max(0, wallNow - wall - tickMs));
    computed.push(threadNow - thread);
    [wall, thread] = [wallNow, threadNow];
  }, tickMs);
  return {
    stop: () => {
      clearInterval(timer);
      return { waited, computed };
    },
  };
}

/** Of this thread alone where Node tells (23.9), else of the process: collections in other threads count too then. */
function threadMs(): number {
  const ours: { readonly threadCpuUsage?: () => NodeJS.CpuUsage } = process;
  const { user, system } = ours.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

/** In a sentence of figures. */
export function latencyText(latency: Latency): string {
  const each = Object.entries(latency) as [string, Spread][];
  const parts = each.map(
    ([name, { median, p99, most }]) => `${name} ${median.toFixed(1)} / ${p99.toFixed(1)} / ${most.toFixed(1)} ms`,
  );
  return `${parts.join(', ')} (median / p99 / longest of ${latency.typing.count})`;
}

/** A letter into the last line, or out of it again: the document stays as long as it is. */
async function typeLetter(document: vscode.TextDocument): Promise<void> {
  const { range } = document.lineAt(document.lineCount - 1);
  const edit = new vscode.WorkspaceEdit();
  if (range.isEmpty) edit.insert(document.uri, range.end, 'x');
  else edit.delete(document.uri, range);
  await vscode.workspace.applyEdit(edit);
}

function ask(command: string, document: vscode.TextDocument, place: vscode.Position): Thenable<unknown> {
  return vscode.commands.executeCommand(command, document.uri, place);
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function spreadOf(values: readonly number[] = []): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { median: at(0.5), p99: at(0.99), most: at(1), count: sorted.length };
}
