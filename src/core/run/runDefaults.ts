import type { RunInput } from './run.ts';
import { mountLayers, type DefaultsLayer } from '../session/defaultsLayer.ts';
import { effectiveRequest } from '../session/effectiveRequest.ts';
import { provenanceOf, type Provenance } from '../session/provenance.ts';
import { readDefaults } from '../session/readDefaults.ts';
import { sslLayer } from './sslConfiguration.ts';
import type { SendSettings } from '../session/settings.ts';
import type { EnvironmentProfiles, ProfileProblem, ProfileSession } from '../variables/profile.ts';

/**
 * Everything that gives a run defaults besides the settings, weakest first: what the host read from settings, the
 * `"$session"` objects of the environment, and the running session's own. Mounts and flags are put in their place later.
 */
export function defaultsLayers({
  defaults = [],
  profiles,
  environment,
  session,
}: DefaultsInput): readonly DefaultsLayer[] {
  return [
    ...defaults,
    ...profileLayers(profiles, environment),
    { origin: { kind: 'session', name: session.key.name }, defaults: session.defaults },
  ];
}

export type DefaultsInput = Pick<RunInput, 'defaults' | 'profiles' | 'environment' | 'session'>;

/** Every default that requests of a session are merged with, and who said it; what a mount adds comes behind, with its prefix. */
export function defaultsInForce(input: DefaultsInput, settings: SendSettings): readonly Provenance[] {
  const layers = defaultsLayers(input);
  const everywhere = effectiveRequest({ settings, layers, url: undefined });
  return [...provenanceOf(everywhere.layers()), ...mountLayers(layers).flatMap((mount) => provenanceOf([mount]))];
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
