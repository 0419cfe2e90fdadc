import { environmentList } from '../core/variables/chosenEnvironment.ts';
import { didYouMean } from '../core/variables/nearestName.ts';
import type { EnvironmentProfiles } from '../core/variables/profile.ts';
import { UsageError } from './usageError.ts';

/** The names of `--env A,B`, in order; none when the option is absent. */
export function environmentNames(option: string | undefined): readonly string[] {
  return environmentList(option ?? '');
}

/** A profile that no file has would send requests without their variables, and to a session that nobody meant. */
export function checkEnvironment(names: readonly string[], profiles: EnvironmentProfiles): void {
  for (const name of names) {
    if (profiles.names.includes(name)) continue;
    const known =
      profiles.names.length === 0
        ? 'No environment file was found; write http-client.env.json beside the request file.'
        : `There are: ${profiles.names.join(', ')}.`;
    throw new UsageError(`There is no environment "${name}".${didYouMean(name, profiles.names)} ${known}`);
  }
}
