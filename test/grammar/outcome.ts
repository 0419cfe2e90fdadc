import { problems } from '../../src/core/features/problems.ts';
import { noSurroundings } from '../../src/core/features/surroundings.ts';
import { variableProblems } from '../../src/core/features/variableProblems.ts';
import { prepareRequest } from '../../src/core/prepare/prepareRequest.ts';
import type { RunInput } from '../../src/core/run/run.ts';
import { runBlock } from '../../src/core/run/runBlock.ts';
import { createResolver, prepareInput } from '../../src/core/run/runContext.ts';
import { defaultSettings } from '../../src/core/session/settings.ts';
import type { HttpDocument } from '../../src/core/syntax/ast.ts';
import { parse } from '../../src/core/syntax/parse.ts';
import { requestBlocks } from '../../src/core/syntax/query.ts';
import type { Problem } from '../../src/core/text/problem.ts';
import { mergeProfiles } from '../../src/core/variables/profiles.ts';
import type { ArrivedRequest, EchoServer } from '../support/echo.ts';
import { newSession, runInput, type RunOptions } from '../support/runInput.ts';

/** What a file finds when it is sent, besides its text. */
export interface Situation extends RunOptions {
  /** Variables of the session. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Sends every request of a file, one after another in one session, and says what came of it in lines: what reached the server
 * (`POST /x`, `A: 1`, `= body`), `blocked code` for a request that was not sent, and at the end `~ severity code` for all that an editor
 * says about the file. `HOST` in the text stands for the server.
 */
export async function outcomeOf(text: string, echo: EchoServer, situation: Situation = {}): Promise<readonly string[]> {
  const host = `127.0.0.1:${echo.port}`;
  const session = newSession();
  for (const [name, value] of Object.entries(situation.variables ?? {})) {
    session.setVariable({ name, value: value.replaceAll('HOST', host), origin: 'a test', secret: false, at: 0 });
  }
  const written = text.replaceAll('HOST', host);
  const document = parse(written);
  const lines: string[] = [];
  const remarks: Problem[] = [...problems(document), ...ofVariables(document, situation)];
  const blocks = requestBlocks(document);
  const base =
    blocks.length > 0
      ? runInput(written, undefined, { ...situation, files: filesAt(host, situation), session })
      : undefined;
  for (const block of base ? requestBlocks(base.document) : []) {
    const input = { ...base, block } as RunInput;
    const result = await runBlock(input);
    lines.push(...(await timeoutLines(input)));
    const errors = result.problems.filter(({ severity }) => severity === 'error');
    if (result.outcome === 'blocked') lines.push(`blocked ${errors.map(({ code }) => code).join(' ')}`);
    else if (result.outcome === 'failed') lines.push(`failed ${result.exchange?.failure?.code}`);
    lines.push(...echo.take().flatMap(requestLines), ...result.saved.map((name) => `saved ${name}`));
    remarks.push(...result.problems.filter(({ severity }) => severity !== 'error'));
  }
  await session.close();
  return [...lines, ...remarkLines(remarks)].map((line) => line.replaceAll(host, 'HOST'));
}

function filesAt(host: string, { files = {} }: Situation): NonNullable<Situation['files']> {
  const entries = Object.entries(files);
  return Object.fromEntries(
    entries.map(([path, content]) => [path, typeof content === 'string' ? content.replaceAll('HOST', host) : content]),
  );
}

function ofVariables(document: HttpDocument, situation: Situation): readonly Problem[] {
  const around = {
    ...noSurroundings,
    profiles: mergeProfiles(situation.sources ?? []),
    environment: situation.environment ?? [],
    variablePrecedence: situation.variablePrecedence ?? 'file',
  };
  return variableProblems(document, around).filter(({ code }) => code !== 'unused-variable');
}

/** What stands in the tags of a block about its times. */
async function timeoutLines(input: RunInput): Promise<string[]> {
  const { settings } = await prepareRequest(prepareInput(input, createResolver(input, [], 'no'), 'no'));
  const { connectMs, readMs } = defaultSettings.timeouts;
  return [
    ...(settings.timeouts.connectMs === connectMs ? [] : [`connect within ${settings.timeouts.connectMs} ms`]),
    ...(settings.timeouts.readMs === readMs ? [] : [`answer within ${settings.timeouts.readMs} ms`]),
  ];
}

function requestLines({ line, headers, body }: ArrivedRequest): string[] {
  const own = headers.filter((header) => !/^(content-length|transfer-encoding): /.test(header));
  return [line.replace(/ HTTP\/1\.1$/, ''), ...own, ...(body === undefined ? [] : [`= ${body}`])];
}

/** The same remark may come from the editor and from the send. */
function remarkLines(remarks: readonly Problem[]): string[] {
  const byPlace = new Map(remarks.map((each) => [`${each.span.start} ${each.code}`, each]));
  return [...byPlace.values()]
    .toSorted((a, b) => a.span.start - b.span.start)
    .filter(({ severity }) => severity !== 'error')
    .map(({ severity, code }) => `~ ${severity} ${code}`);
}
