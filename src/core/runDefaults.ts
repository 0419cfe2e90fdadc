import type { RunInput } from './run.ts';
import type { DefaultsLayer } from './session/defaultsLayer.ts';
import { readDefaults } from './session/readDefaults.ts';
import { sslLayer } from './sslConfiguration.ts';
import type { EnvironmentProfiles, ProfileProblem, ProfileSession } from './variables/profile.ts';

/**
 * Everything that gives a run defaults besides the settings, weakest first: what the host read from settings, the
 * `"$session"` objects of the environment, and the running session's own. Mounts and flags are put in their place later.
 */
export function defaultsLayers({ defaults = [], profiles, environment, session }: RunInput): readonly DefaultsLayer[] {
  return [
    ...defaults,
    ...profileLayers(profiles, environment),
    { origin: { kind: 'session', name: session.key.name }, defaults: session.defaults },
  ];
}

/** `"$session"` below every profile, then those of the profiles in their order; within one, private files come last. */
export function profileLayers(profiles: EnvironmentProfiles, environment: readonly string[]): readonly DefaultsLayer[] {
  const chosen = environment.flatMap((name) => profiles.profiles.find((profile) => profile.name === name) ?? []);
  const named = chosen.flatMap(({ name, session, variables }) => [
    ...sslLayer(name, variables),
    ...session.map((each) => profileLayer(name, each)),
  ]);
  const shared = (profiles.sharedSession ?? []).map((each) => profileLayer('$shared', each));
  return [...sslLayer('$shared', profiles.shared), ...shared, ...named];
}

function profileLayer(name: string, { source, value }: ProfileSession): DefaultsLayer {
  return { origin: { kind: 'profile', name, source }, defaults: readDefaults(value).defaults };
}

/** What is wrong in the `"$session"` objects of all environment files, each at its place. */
export function sessionProblems({ sharedSession = [], profiles }: EnvironmentProfiles): readonly ProfileProblem[] {
  const sessions = [...sharedSession, ...profiles.flatMap(({ session }) => session)];
  return sessions.flatMap((session) =>
    readDefaults(session.value).faults.map(({ path, message }) => ({
      path: session.source,
      code: 'invalid-setting',
      message: `In "$session": ${message}`,
      offset: session.offsetOf(path),
    })),
  );
}
