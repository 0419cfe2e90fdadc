import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBlock } from '../../src/core/run/runBlock.ts';
import { requestBlocks } from '../../src/core/syntax/query.ts';
import type { ArrivedRequest, EchoServer } from '../support/echo.ts';
import { newSession, runInput } from '../support/runInput.ts';
import { conformanceFolder, needsConformance } from './conformanceFolder.ts';

/** One request as a tool sent it; `h` holds the lines of the file and none that the tool added. */
export interface Sent {
  readonly m: string;
  readonly u: string;
  readonly h: Readonly<Record<string, string>>;
  readonly b?: string;
}

/** One small input of dialect-probes.json, and what two tools made of it. */
export interface Probe {
  readonly id: string;
  readonly text: string;
  readonly restClient: readonly (Sent | string | null)[];
  readonly httpYac: { readonly log: readonly Sent[] };
}

/** The probes, or none when the folder is not there. */
export function readProbes(): readonly Probe[] {
  if (needsConformance.skip !== false) return [];
  return JSON.parse(readFileSync(join(conformanceFolder, 'dialect-probes.json'), 'utf8')) as Probe[];
}

/** A request as it reached the server, or the codes of the errors that kept a block from being sent. */
export type Arrived = ArrivedRequest | { readonly blocked: readonly string[] };

/** What a probe made us send, and the rule of GRAMMAR.md (or the row of its matrix) that says so. */
export interface ReviewedProbe {
  readonly rule: string;
  readonly sent: readonly Arrived[];
}

/** Our own record, by the id of the probe. */
export function readReviewed(): Readonly<Record<string, ReviewedProbe>> {
  const file = join(import.meta.dirname, 'dialectProbes.reviewed.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, ReviewedProbe>;
}

/** The port that all probes are written for. */
const writtenPort = '18999';

/** Sends every request of the probe, one after another in one session, and returns what came of each. */
export async function sendProbe(text: string, echo: EchoServer): Promise<readonly Arrived[]> {
  const session = newSession();
  const port = String(echo.port);
  const base = runInput(text.replaceAll(writtenPort, port), undefined, {
    session,
    files: { '/work/api/inc.json': '{"inc":"{{v}}"}\n' },
  });
  const came: Arrived[] = [];
  for (const block of requestBlocks(base.document)) {
    const { outcome, problems } = await runBlock({ ...base, block });
    const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    came.push(...(outcome === 'blocked' ? [{ blocked: errors }] : echo.take()));
  }
  await session.close();
  return JSON.parse(JSON.stringify(came).replaceAll(port, writtenPort)) as Arrived[];
}
