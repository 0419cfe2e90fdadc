import type { CommandArguments } from './parseCommandLine.ts';
import { UsageError } from './usageError.ts';

/** For commands that take options alone. */
export function noPositionals(given: CommandArguments): void {
  const [extra] = given.positionals;
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: this command takes options alone.`);
}
