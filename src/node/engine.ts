/* Entry of dist/engine.cjs: what the extension and the CLI load with the first send. */
export { createTransport, type TransportOptions } from './transport.ts';
export type { ConnectTo } from './transportConnection.ts';
export { systemRoots } from './systemRoots.ts';
