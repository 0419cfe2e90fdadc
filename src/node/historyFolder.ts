import { openSealedFolder, type SealedText } from './sealedFolder.ts';
import type { StoreKey } from './sessionBytes.ts';

/**
 * Exchanges that were made, newest first, each with a short text for lists and a long one to be shown again, encrypted. Every entry has files of its
 * own, so that several windows may write at the same time, and nothing is lost when one of them ends in the middle.
 */
export interface HistoryFolder {
  /** `at`: epoch milliseconds, the order of the list. Now and then deletes the oldest that are too many or too large in sum. */
  add(entry: { readonly id: string; readonly at: number; readonly head: string; readonly body: string }): Promise<void>;
  /** Keys and short texts. What cannot be read (another key, half written) is left out. */
  list(): Promise<readonly HistoryLine[]>;
  /** The long text; `undefined` when another window deleted it. */
  read(key: string): Promise<string | undefined>;
  remove(keys: readonly string[]): Promise<void>;
}

export interface HistoryLine {
  readonly key: string;
  readonly head: string;
}

export interface HistoryLimits {
  readonly entries: number;
  /** On disk. */
  readonly bytes: number;
}

/** `owner` is the URI of the workspace folder: its name on the disk does not tell it. */
export function openHistoryFolder(
  directory: string,
  key: StoreKey,
  owner: string,
  limits: () => HistoryLimits,
): HistoryFolder {
  const folder = openSealedFolder(directory, key);
  const removeEntries = async (keys: readonly string[]): Promise<void> => {
    // The long text goes first: a head alone would promise what is not there.
    for (const each of keys) {
      await folder.remove(each + bodyPart);
      await folder.remove(each + headPart);
    }
  };
  let untilLook = 0;
  let isOwned = false;
  return {
    async add({ id, at, head, body }) {
      if (!isOwned) await folder.write(ownerName, owner);
      isOwned = true;
      const name = `${at.toString(36).padStart(9, '0')}-${id}`;
      await folder.write(name + bodyPart, body);
      await folder.write(name + headPart, head);
      if (untilLook-- > 0) return;
      // A look costs as much as the folder has files: a run of a thousand requests must not look a thousand times.
      const wanted = limits();
      untilLook = Math.min(mostUnlooked, Math.floor(wanted.entries / 10));
      await removeEntries(tooMany(await folder.list(), wanted));
    },
    async list() {
      const keys = keysOf(await folder.list()).filter(({ isWhole }) => isWhole);
      const lines = await Promise.all(
        keys.map(async ({ key: each }) => {
          const head = await folder.read(each + headPart);
          return head === undefined ? [] : [{ key: each, head }];
        }),
      );
      return lines.flat();
    },
    read: (each) => folder.read(each + bodyPart),
    async remove(keys) {
      await removeEntries(keys);
      // A history without entries is nobody's.
      if ((await folder.list()).some(({ name }) => name !== ownerName)) return;
      isOwned = false;
      await folder.remove(ownerName);
    },
  };
}

/** Whose history lies in a folder; `undefined` when that cannot be read. */
export async function historyOwner(directory: string, key: StoreKey): Promise<string | undefined> {
  return openSealedFolder(directory, key).read(ownerName);
}

const ownerName = 'owner';

/** So many entries more than wanted may be there for a while. */
const mostUnlooked = 25;

const headPart = '-head';
const bodyPart = '-body';

interface Kept {
  readonly key: string;
  readonly bytes: number;
  /** Its head is there, which is written last. */
  readonly isWhole: boolean;
}

/** Newest first: names begin with their time. */
function keysOf(texts: readonly SealedText[]): readonly Kept[] {
  const kept = new Map<string, Kept>();
  for (const { name, bytes } of texts) {
    if (name === ownerName) continue;
    const key = name.slice(0, -headPart.length);
    const before = kept.get(key);
    const isWhole = name.endsWith(headPart) || before?.isWhole === true;
    kept.set(key, { key, bytes: bytes + (before?.bytes ?? 0), isWhole });
  }
  return [...kept.values()].toSorted((a, b) => (a.key < b.key ? 1 : -1));
}

/** The newest stays, whatever its size. */
function tooMany(texts: readonly SealedText[], limits: HistoryLimits): readonly string[] {
  let sum = 0;
  return keysOf(texts)
    .filter(({ bytes }, index) => {
      sum += bytes;
      return index > 0 && (index >= limits.entries || sum > limits.bytes);
    })
    .map(({ key }) => key);
}
