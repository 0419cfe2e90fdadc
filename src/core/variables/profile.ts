/** One environment profile merged from all its sources (C22). */
export interface EnvironmentProfiles {
  /** Names that can be chosen, in order of appearance; never `$shared`, `$default`. */
  readonly names: readonly string[];
  readonly profiles: readonly Profile[];
  /** Merged underneath every profile. */
  readonly shared: readonly ProfileVariable[];
  /** `"$session"` objects that hold in every environment, weakest source first. */
  readonly sharedSession?: readonly ProfileSession[];
  /** Lines of `.env` files, nearest last; they lie below `shared`, and `{{$dotenv NAME}}` reads them. */
  readonly dotenv: readonly ProfileVariable[];
  readonly problems: readonly ProfileProblem[];
}

export interface Profile {
  readonly name: string;
  readonly sources: readonly string[];
  readonly protected: boolean;
  readonly color?: string;
  readonly variables: readonly ProfileVariable[];
  /** Its `"$session"` objects as they are written, weakest source first. */
  readonly session: readonly ProfileSession[];
}

/** A `"$session"` object of one source. */
export interface ProfileSession {
  readonly source: string;
  /** Parsed and not checked. */
  readonly value: unknown;
  /** Offset in the source of what `path` leads to; of the object when there is no such thing. */
  offsetOf(path: readonly (string | number)[]): number;
}

export interface ProfileVariable {
  /** Nested objects are reached by path: `Security.Auth.token`. */
  readonly name: string;
  readonly value: string;
  readonly source: string;
  /** From a `.private` or `.user` file. */
  readonly secret: boolean;
  readonly offset: number;
}

export interface ProfileProblem {
  readonly path: string;
  readonly code: string;
  /** Absent: a warning. */
  readonly severity?: 'information' | 'hint';
  readonly message: string;
  readonly offset: number;
}

/** One environment file as read; `path` is shown to the user and compared for nearness. */
export interface EnvironmentSource {
  readonly path: string;
  readonly kind: 'public' | 'private' | 'user' | 'settings' | 'dotenv' | 'httpyac';
  /** Of a `.env` file that stands for one environment: `.env.dev`, `dev.env`. */
  readonly profile?: string;
  readonly text: string;
  /** What the file said when it last could be read: it stays in use while somebody is writing. */
  readonly lastGood?: string;
}
