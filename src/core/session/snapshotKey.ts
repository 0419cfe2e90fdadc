import type { SessionKey } from './session.ts';

/** No session's name holds one: names come from one line of a file, a command line or an input box. */
const separator = '\n';

/** Where a named snapshot of a session rests: beside it, in its store, under a name that no session can have. */
export function snapshotKey(key: SessionKey, name: string): SessionKey {
  return { ...key, name: `${key.name}${separator}${name}` };
}

/** The name of the snapshot that `stored` is, when it is one of `key`. */
export function snapshotName(stored: SessionKey, key: SessionKey): string | undefined {
  const prefix = `${key.name}${separator}`;
  return stored.profile === key.profile && stored.name.startsWith(prefix)
    ? stored.name.slice(prefix.length)
    : undefined;
}

export function isSnapshotKey({ name }: SessionKey): boolean {
  return name.includes(separator);
}
