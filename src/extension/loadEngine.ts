import type * as language from './language/languageFeatures.ts';
import type * as engine from '../node/engine.ts';
import type * as query from '../node/query.ts';
import type * as present from '../present/present.ts';
import type * as viewMessages from './panels/viewMessages.ts';
import type * as sessions from './sessions/sessionFeatures.ts';

export type Engine = typeof engine;

/**
 * The bundle with undici and tough-cookie, read on the first send, hover or panel, or when the editor is idle: activation must not pay
 * for it (ARCHITECTURE "Bundles"). `require` keeps what it loaded.
 */
export function loadEngine(): Engine {
  // oxlint-disable-next-line typescript/no-require-imports -- a bundle beside this one, external to esbuild
  return require('./engine.cjs') as Engine;
}

/** The bundle with the XPath libraries, read when a reference first goes into XML. */
export function loadQuery(): typeof query {
  // oxlint-disable-next-line typescript/no-require-imports -- a bundle beside this one, external to esbuild
  return require('./query.cjs') as typeof query;
}

/** The bundle that turns exchanges into what is shown and copied, read with the first of them. */
export function loadPresent(): typeof present {
  // oxlint-disable-next-line typescript/no-require-imports -- a bundle beside this one, external to esbuild
  return require('./present.cjs') as typeof present;
}

/** The bundle with the language features, read when the first request file is open. */
export function loadLanguage(): typeof language {
  // oxlint-disable-next-line typescript/no-require-imports -- a bundle beside this one, external to esbuild
  return require('./language.cjs') as typeof language;
}

/** The bundle that does what the response view asks for, read with its first click. */
export function loadViewMessages(): typeof viewMessages {
  // oxlint-disable-next-line typescript/no-require-imports -- a bundle beside this one, external to esbuild
  return require('./viewMessages.cjs') as typeof viewMessages;
}

/** The bundle with the session view and its commands, read when the view is shown or the first of them is run. */
export function loadSessions(): typeof sessions {
  // oxlint-disable-next-line typescript/no-require-imports -- a bundle beside this one, external to esbuild
  return require('./sessions.cjs') as typeof sessions;
}
