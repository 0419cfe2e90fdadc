/** The file port of a run: body files, imports, environment files, saved responses. Paths are absolute and use the host's separator. */
export interface Files {
  /** Whole content, or `undefined` when there is no such file. Other trouble is thrown with a message for the user. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Size in bytes of a regular file, or `undefined`. */
  size(path: string): Promise<number | undefined>;
  stream(path: string): AsyncIterable<Uint8Array>;
  /** Writes a file and the folders above it; false, and nothing is written, when there is one and it shall stay. */
  write(
    path: string,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    how: { readonly overwrite: boolean },
  ): Promise<boolean>;
  /** `reference` against the folder of `base`; absolute references and `~/` are taken as they are. */
  resolve(base: string, reference: string): string;
  /** True when `path` is inside `root`, links followed. */
  isInside(path: string, root: string): Promise<boolean>;
}
