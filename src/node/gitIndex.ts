import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Looks files up in the index of their git repository; each index is read again only after it changed. */
export class GitIndexes {
  readonly #known = new Map<string, { readonly stamp: string; readonly bytes: Buffer }>();

  /** Whether git tracks the file at an absolute path; false outside of every repository, and when the index cannot be read. */
  async tracks(path: string): Promise<boolean> {
    const found = await repositoryOf(dirname(path));
    if (!found) return false;
    const bytes = await this.#index(join(found.gitFolder, 'index'));
    return bytes !== undefined && holdsPath(bytes, relative(found.root, path).split(sep).join('/'));
  }

  async #index(path: string): Promise<Buffer | undefined> {
    const facts = await stat(path).catch(() => undefined);
    if (!facts) return undefined;
    const stamp = `${facts.mtimeMs}-${facts.size}`;
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.bytes;
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes) this.#known.set(path, { stamp, bytes });
    return bytes;
  }
}

/**
 * True when a git index (gitformat-index(5), versions 2 and 3) has an entry of this path. An entry's name follows two bytes of flags whose
 * low twelve bits are its length, and ends with a NUL.
 */
export function holdsPath(index: Buffer, path: string): boolean {
  const name = Buffer.from(path, 'utf8');
  const needle = Buffer.concat([name, Buffer.of(0)]);
  for (let at = index.indexOf(needle); at >= 0; at = index.indexOf(needle, at + 1)) {
    if (at < 2) continue;
    const length = index.readUInt16BE(at - 2) & 0xfff;
    // Version 3 may have two more bytes of flags; the length is then in the two before them.
    const extended = at >= 4 ? index.readUInt16BE(at - 4) & 0xfff : 0;
    const expected = Math.min(name.length, 0xfff);
    if (length === expected || extended === expected) return true;
  }
  return false;
}

async function repositoryOf(folder: string): Promise<{ root: string; gitFolder: string } | undefined> {
  for (let root = folder; ; root = dirname(root)) {
    const git = join(root, '.git');
    const facts = await stat(git).catch(() => undefined);
    if (facts?.isDirectory()) return { root, gitFolder: git };
    // A worktree has a file there that names its folder.
    if (facts?.isFile()) {
      const [, path] = /^gitdir:\s*(.+?)\s*$/m.exec(await readFile(git, 'utf8')) ?? [];
      return path === undefined ? undefined : { root, gitFolder: resolve(root, path) };
    }
    if (dirname(root) === root) return undefined;
  }
}
