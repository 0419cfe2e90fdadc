import { closeSync, openSync, writev } from 'node:fs';

/** A file that is written from its beginning on: the one door of stored bodies to the disk, so that tests can bring about a full one. */
export interface DiskFile {
  /** Writes at `position` as much as the system takes at once, and says how much that was. Rejects with the system's error. */
  write(chunks: readonly Uint8Array[], position: number): Promise<number>;
  close(): void;
}

/** Makes a file, by default one that only its owner can read, and empties one that is there. Throws the system's error. */
export function createDiskFile(path: string, mode = 0o600): DiskFile {
  const file = openSync(path, 'w', mode);
  return {
    write: (chunks, position) =>
      new Promise((resolve, reject) => {
        writev(file, chunks, position, (error, bytes) => (error ? reject(error) : resolve(bytes)));
      }),
    close: () => closeSync(file),
  };
}
