import type { EnvironmentProfiles } from '../variables/profile.ts';
import type { ReferencedResponse } from '../variables/recordedValue.ts';
import { buildScope, type ScopeInput, type SessionBinding, type VariableScope } from '../variables/scope.ts';
import type { Block, HttpDocument } from '../syntax/ast.ts';

/** What features know besides the text of a document. A snapshot: nothing in it is read later, asked for or sent. */
export interface Surroundings {
  /** Absolute path of the document, `undefined` for an untitled one. */
  readonly path: string | undefined;
  /** Files that the document imports, as far as they could be read. */
  readonly imported: ScopeInput['imported'];
  readonly profiles: EnvironmentProfiles;
  /** Names of the profiles in force; empty for none. */
  readonly environment: readonly string[];
  readonly variablePrecedence: 'file' | 'environment';
  readonly sessionVariables: readonly SessionBinding[];
  /** The workspace is set up for httpYac, whose `{{$timestamp}}` counts milliseconds (C4). */
  readonly httpYac: boolean;
  /** Names of the session's cookies, each with the domain it belongs to. */
  readonly cookies: readonly { readonly name: string; readonly domain: string }[];
  /** The last response of the request with that id in this file, as far as the session keeps it. */
  recorded(id: string): ReferencedResponse | undefined;
}

/** For a document of which nothing but its text is known, as in VS Code for the Web. */
export const noSurroundings: Surroundings = {
  path: undefined,
  imported: [],
  profiles: { names: [], profiles: [], shared: [], dotenv: [], problems: [] },
  environment: [],
  variablePrecedence: 'file',
  sessionVariables: [],
  httpYac: false,
  cookies: [],
  recorded: () => undefined,
};

/** The names in sight of a block: what its send would have, but for what it asks for. */
export function scopeOf(document: HttpDocument, block: Block | undefined, around: Surroundings): VariableScope {
  return buildScope({ document, block, overrides: [], prompts: [], ...around });
}
