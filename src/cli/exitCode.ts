/** What the process says about a whole run; the README documents it as stable. */
export const exitCodes = {
  /** All sent, all answered below 400. */
  ok: 0,
  /** A request failed on the network or was answered with 400 or above. */
  failed: 1,
  /** Wrong usage, or a file that cannot be read. */
  usage: 2,
  /** A selected request was blocked by its own problems and not sent. */
  blocked: 3,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const strongestFirst: readonly ExitCode[] = [130, 2, 3, 1];

/** When several hold, the strongest: 130 > 2 > 3 > 1. */
export function strongestExitCode(codes: Iterable<ExitCode>): ExitCode {
  const held = new Set(codes);
  return strongestFirst.find((code) => held.has(code)) ?? exitCodes.ok;
}
