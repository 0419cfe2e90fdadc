import type { Failure } from '../../src/core/http/failure.ts';
import type { WireResponse } from '../../src/core/http/transport.ts';
import type { Exchange, Hop } from '../../src/core/session/exchange.ts';
import type { Session } from '../../src/core/session/session.ts';
import type { SendSettings } from '../../src/core/session/settings.ts';
import type { Problem } from '../../src/core/text/problem.ts';
import type { CaseScene } from './caseScene.ts';
import type { ArrivedRequest } from './wire/arrivedRequest.ts';

/** What one send of a case came to, on the product's side and at the servers. */
export interface SendResult {
  readonly scene: CaseScene;
  readonly session: Session;
  /** What was said about the request before it was sent. */
  readonly problems: readonly Problem[];
  readonly settings: SendSettings;
  readonly failure: (Pick<Failure, 'code' | 'message'> & Partial<Failure>) | undefined;
  readonly exchange: Exchange | undefined;
  readonly hops: readonly Hop[];
  readonly arrived: readonly ArrivedRequest[];
  /** Milliseconds that the product asked to wait between attempts. */
  readonly waits: readonly number[];
  /** Those of the case, which answers to challenges are checked with. */
  readonly credentials: { readonly username: string; readonly password: string };
  /** Wall time in milliseconds. */
  readonly durationMs: number;
}

/** The response received last, also when the send failed. */
export function lastResponse({ hops }: SendResult): WireResponse | undefined {
  return hops.findLast((hop) => hop.response !== undefined)?.response;
}

export function warningsOf({ exchange, hops, problems }: SendResult): readonly { code: string; message: string }[] {
  const before = problems.filter(({ severity }) => severity === 'warning');
  return [...before, ...(exchange?.warnings ?? []), ...hops.flatMap((hop) => hop.warnings)];
}
