/* Entry of dist/engine.cjs: what the extension and the CLI load with the first send. */
export { createTransport, type TransportOptions } from './transport.ts';
export type { ConnectTo } from './transportConnection.ts';
export { systemRoots } from './systemRoots.ts';
export { createCookieJar } from '../core/cookies/createCookieJar.ts';
export { createSession } from '../core/session/createSession.ts';
export { createSessions } from '../core/session/sessions.ts';
export { sessionFolder } from './sessionPath.ts';
export { openStore } from './sessionStore.ts';
export { storeKeyFromEnvironment } from './storeKeyFromEnvironment.ts';
export { exportCookieJson, importCookieJson } from '../core/cookies/formats/cookieJson.ts';
export { exportJetBrains, importJetBrains } from '../core/cookies/formats/jetbrains.ts';
export { exportNetscape, importNetscape } from '../core/cookies/formats/netscape.ts';
export { createBodyPretty, type BodyPretty } from './bodyPretty.ts';
export { nodeFiles } from './files.ts';
export { readEnvironmentSources, readProfiles } from './profileFiles.ts';
export { prepareRequest } from '../core/prepare/prepareRequest.ts';
export { neverResolves } from '../core/neverResolves.ts';
export { runBlock } from '../core/runBlock.ts';
