import type * as Demo from '../demo/server.ts';
import type * as Engine from '../node/engine.ts';
import type * as Query from '../node/query.ts';
import type * as Commands from './commands.ts';

/* The parts of the program that are loaded when they are needed. Each is a bundle that stands beside this one in dist/. */

export function loadCommands(): typeof Commands {
  return require('./commands.cjs') as typeof Commands;
}

export function loadEngine(): typeof Engine {
  return require('./engine.cjs') as typeof Engine;
}

export function loadDemo(): typeof Demo {
  return require('./demo.cjs') as typeof Demo;
}

export function loadQuery(): typeof Query {
  return require('./query.cjs') as typeof Query;
}
