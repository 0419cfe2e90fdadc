import { sessionProblems } from './runDefaults.ts';
import type { EnvironmentProfiles, EnvironmentSource } from '../variables/profile.ts';
import { mergeProfiles } from '../variables/profiles.ts';

/** Environment files merged into profiles, with everything that is wrong in them: their form, and their `"$session"` objects. */
export function environmentProfiles(sources: readonly EnvironmentSource[]): EnvironmentProfiles {
  const profiles = mergeProfiles(sources);
  return { ...profiles, problems: [...profiles.problems, ...sessionProblems(profiles)] };
}
