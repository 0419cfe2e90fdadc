import { randomInt, randomUUID } from 'node:crypto';
import type { Question, RunPorts, RunResult } from '../core/run/run.ts';
import { nodeFiles } from '../node/files.ts';
import { loadQuery } from './bundles.ts';
import { answeringFlag, askTerminal, canAsk, type AskOptions } from './askTerminal.ts';

/** The ports of one run. */
export interface AnsweringPorts {
  readonly ports: RunPorts;
  /** The result, with the flags that would have answered the questions nobody answered. */
  readonly named: (result: RunResult) => RunResult;
}

export interface RunPortsOptions extends AskOptions {
  readonly openRequestFile: RunPorts['openRequestFile'];
}

export function runPorts(options: RunPortsOptions): AnsweringPorts {
  const unanswered: Question[] = [];
  const ports: RunPorts = {
    files: nodeFiles(),
    now: Date.now,
    randomInt,
    uuid: randomUUID,
    processEnv: (name) => process.env[name],
    utcOffsetMinutes: (epochMs) => -new Date(epochMs).getTimezoneOffset(),
    secret: async (name) => secretOf(name),
    openRequestFile: options.openRequestFile,
    lookUpXml: (xml, path) => loadQuery().lookUpXml(xml, path),
    ask: async (question) => {
      const answer = await askTerminal(question, options);
      if (answer === undefined && !canAsk()) unanswered.push(question);
      return answer;
    },
  };
  return { ports, named: (result) => withFlags(result, unanswered) };
}

/** A shell cannot set a variable whose name holds `-` or `.`: there `_` stands for them. */
function secretOf(name: string): string | undefined {
  return process.env[`CRUMBTRAIL_SECRET_${name}`] ?? process.env[`CRUMBTRAIL_SECRET_${name.replace(/\W/g, '_')}`];
}

/** Core knows that nobody answered, not how one answers here: that is added to the problem that blocks. */
function withFlags(result: RunResult, unanswered: readonly Question[]): RunResult {
  if (result.outcome !== 'blocked' || unanswered.length === 0) return result;
  const flags = [...new Set(unanswered.map(answeringFlag))].join(' ');
  const last = result.problems.findLastIndex(({ severity }) => severity === 'error');
  const problems = result.problems.map((problem, index) =>
    index === last ? { ...problem, message: `${problem.message} Without a terminal, use ${flags}.` } : problem,
  );
  return { ...result, problems };
}
