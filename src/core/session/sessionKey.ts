import type { SessionKey } from './session.ts';

/** What stands for no environment in a key: a profile cannot have this name. */
const noProfile = '-';

/** The key of a session: the profiles in order, joined by `,`. */
export function sessionKey(folder: string, environment: readonly string[], name: string): SessionKey {
  return { folder, profile: environment.length === 0 ? noProfile : environment.join(','), name };
}

/** The profiles of a key, in order; empty for none. */
export function environmentOfKey({ profile }: SessionKey): readonly string[] {
  return profile === noProfile ? [] : profile.split(',');
}

/** One text for a key, to remember things by. */
export function sessionId({ folder, profile, name }: SessionKey): string {
  return `${folder}|${profile}|${name}`;
}
