/* Entry of dist/commands.cjs: everything but the command line itself, so that `--help` and `--version` start at once. */
import type { CommandArguments } from './parseCommandLine.ts';
import type { ExitCode } from './exitCode.ts';
import type { Output } from './output.ts';

/** A command: does its work and says how it ended. Throws a `UsageError` for what the user can put right. */
export type Command = (given: CommandArguments, output: Output) => Promise<ExitCode>;

/** Each is set up when it is named. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  send: async () => (await import('./commands/send.ts')).send,
  parse: async () => (await import('./commands/parse.ts')).parse,
  'session list': async () => (await import('./commands/sessionList.ts')).sessionList,
  'session show': async () => (await import('./commands/sessionShow.ts')).sessionShow,
  'session clear': async () => (await import('./commands/sessionChange.ts')).sessionClear,
  'session set': async () => (await import('./commands/sessionChange.ts')).sessionSet,
  'session export': async () => (await import('./commands/sessionCookies.ts')).sessionExport,
  'session import': async () => (await import('./commands/sessionCookies.ts')).sessionImport,
  'session why': async () => (await import('./commands/sessionWhy.ts')).sessionWhy,
  'session rename': async () => (await import('./commands/sessionKeep.ts')).sessionRename,
  'session fork': async () => (await import('./commands/sessionKeep.ts')).sessionFork,
  'session delete': async () => (await import('./commands/sessionKeep.ts')).sessionDelete,
  'session snapshot': async () => (await import('./commands/sessionKeep.ts')).sessionSnapshot,
  'session restore': async () => (await import('./commands/sessionKeep.ts')).sessionRestore,
  'session undo': async () => (await import('./commands/sessionKeep.ts')).sessionUndo,
  'env list': async () => (await import('./commands/env.ts')).envList,
  'env show': async () => (await import('./commands/env.ts')).envShow,
  demo: async () => (await import('./commands/demo.ts')).demo,
};
