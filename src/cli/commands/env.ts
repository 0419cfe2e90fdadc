import { relative, resolve } from 'node:path';
import { statSync } from 'node:fs';
import { looksSecret } from '../../core/http/secretName.ts';
import type { EnvironmentProfiles, Profile, ProfileVariable } from '../../core/variables/profile.ts';
import { readProfiles } from '../../node/profileFiles.ts';
import { masked } from '../../present/mask.ts';
import { checkEnvironment, environmentNames } from '../environmentNames.ts';
import { exitCodes } from '../exitCode.ts';
import type { Command } from '../commands.ts';
import type { Output } from '../output.ts';
import type { CommandArguments } from '../parseCommandLine.ts';
import { profileProblems } from '../profileProblems.ts';
import { rootFolder } from '../rootFolder.ts';
import { UsageError } from '../usageError.ts';

export const envList: Command = async (given, output) => {
  const [place, extra] = given.positionals;
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: name one file or folder.`);
  const profiles = await profilesOf(place, given, output);
  if (given.flag('json')) {
    for (const profile of profiles.profiles) output.out(`${JSON.stringify(profileReport(profile))}\n`);
  } else if (profiles.profiles.length === 0) {
    output.out('There is no environment. Write http-client.env.json: { "dev": { "host": "http://localhost:8080" } }\n');
  } else {
    for (const profile of profiles.profiles) output.out(profileLine(profile, output));
  }
  return exitCodes.ok;
};

export const envShow: Command = async (given, output) => {
  const [list, place, extra] = given.positionals;
  if (list === undefined) throw new UsageError('Name the environment to show. "crumbtrail env list" lists them.');
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many: name one file or folder.`);
  const profiles = await profilesOf(place, given, output);
  const names = environmentNames(list);
  checkEnvironment(names, profiles);
  const variables = [...inForce(names, profiles).values()];
  const hidden = given.flag('mask') || !given.flag('json');
  const shown = variables.map((each) => (hidden && isSecret(each) ? { ...each, value: masked } : each));
  if (given.flag('json')) {
    const report = { version: 1, environment: names.join(','), variables: shown.map(variableReport) };
    output.out(`${JSON.stringify(report)}\n`);
  } else {
    for (const { name, value, source } of shown) {
      output.out(`${output.style('cyan', name)} = ${value} ${output.style('dim', relative('.', source))}\n`);
    }
  }
  return exitCodes.ok;
};

/** `place` is a file or a folder; the current folder without it. */
function profilesOf(place: string | undefined, given: CommandArguments, output: Output): Promise<EnvironmentProfiles> {
  const path = resolve(place ?? '.');
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) throw new UsageError(`There is no file or folder ${place}.`);
  // A file that need not be there stands for its folder.
  const file = facts.isDirectory() ? resolve(path, 'requests.http') : path;
  const root = rootFolder(given.text('root'), resolve(file, '..'));
  return readProfiles(root, file).then((profiles) => {
    for (const line of profileProblems(profiles)) output.error(line);
    return profiles;
  });
}

/** Shared variables lie below every profile, and a later profile above an earlier one. */
function inForce(names: readonly string[], { shared, profiles }: EnvironmentProfiles): Map<string, ProfileVariable> {
  const layers = [shared, ...names.map((name) => profiles.find((profile) => profile.name === name)?.variables ?? [])];
  return new Map(layers.flat().map((variable) => [variable.name, variable]));
}

/** From a file for secrets, or with a name that says so. */
function isSecret({ name, secret }: ProfileVariable): boolean {
  return secret || looksSecret(name);
}

function profileLine({ name, sources, protected: isProtected }: Profile, { style }: Output): string {
  const mark = isProtected ? ` ${style('yellow', 'protected')}` : '';
  return `${style('bold', name)}${mark} ${style('dim', sources.map((source) => relative('.', source)).join(', '))}\n`;
}

function profileReport({ name, sources, protected: isProtected }: Profile): object {
  return { version: 1, name, protected: isProtected, sources };
}

function variableReport({ name, value, source, secret }: ProfileVariable): object {
  return { name, value, source, secret };
}
