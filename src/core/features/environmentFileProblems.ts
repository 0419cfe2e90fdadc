import { parseTree, type Node } from 'jsonc-parser';
import { looksSecret } from '../http/secretName.ts';
import { templatesIn } from '../syntax/template.ts';
import type { EnvironmentProfiles, ProfileProblem, ProfileVariable } from '../variables/profile.ts';
import { fileName } from '../variables/profiles.ts';
import { properties } from '../variables/profileTree.ts';
import type { EnvironmentFile } from './environmentNames.ts';

/**
 * What can be said about the values of an environment file, each at its place: a name that nothing defines, a value that another file
 * says otherwise, a secret in a file that others see. `isShared` is false for a file that version control does not have.
 */
export function environmentFileProblems(
  file: EnvironmentFile,
  profiles: EnvironmentProfiles,
  isShared = true,
): readonly ProfileProblem[] {
  if (!file.path.endsWith('.json') && !file.path.endsWith('.user')) return [];
  const root = parseTree(file.text, [], { allowTrailingComma: true, disallowComments: false });
  const levels = root?.type === 'object' ? properties(root) : [];
  return levels.flatMap(({ name, value }) => {
    if (value.type !== 'object' || file.path.endsWith('.httpyac.json')) return [];
    const level = levelOf(name, profiles);
    return valuesOf(value, '').flatMap((each) => [
      ...unknownNames(each, level, file),
      ...overridden(each, level, file),
      ...(isShared && isPublic(file.path) ? exposed(each, file) : []),
    ]);
  });
}

/** True for a file that is meant to be shared: neither `.private` nor `.user`. */
export function isPublic(path: string): boolean {
  return !/\.private\.|\.user$/.test(fileName(path));
}

interface Level {
  /** The names that a value of this level may use. */
  readonly names: ReadonlySet<string>;
  readonly variables: ReadonlyMap<string, ProfileVariable>;
}

/** `$shared` is merged underneath every profile: its values may use what any of them defines. */
function levelOf(name: string, { profiles, shared, dotenv }: EnvironmentProfiles): Level {
  const own = profiles.filter((profile) => profile.name === name);
  const seen = name.startsWith('$') ? profiles : own;
  const all = [...shared, ...dotenv, ...seen.flatMap(({ variables }) => variables)];
  const variables = name.startsWith('$') ? shared : own.flatMap((profile) => profile.variables);
  return {
    names: new Set(all.map((variable) => variable.name)),
    variables: new Map(variables.map((variable) => [variable.name, variable])),
  };
}

interface Value {
  /** By its path: `Security.Auth.token`. */
  readonly name: string;
  readonly key: Node;
  readonly value: Node;
}

function valuesOf(object: Node, prefix: string): readonly Value[] {
  return properties(object).flatMap(({ name, key, value }) => {
    if (name.startsWith('$')) return [];
    return value.type === 'object'
      ? valuesOf(value, `${prefix}${name}.`)
      : [{ name: prefix + name, key, value } satisfies Value];
  });
}

function unknownNames({ value }: Value, { names }: Level, { path, text }: EnvironmentFile): readonly ProfileProblem[] {
  if (value.type !== 'string') return [];
  const written = text.slice(value.offset, value.offset + value.length);
  return templatesIn(written, value.offset).flatMap(({ form, span }) => {
    if (form.kind !== 'name' || names.has(form.name)) return [];
    return {
      path,
      code: 'unknown-environment-variable',
      severity: 'information',
      message: `No environment file defines "${form.name}" here. Define it, or leave it to the request files and the session.`,
      offset: span.start,
    };
  });
}

/** The value that counts stands in another file. */
function overridden({ name, key }: Value, { variables }: Level, { path }: EnvironmentFile): readonly ProfileProblem[] {
  const counts = variables.get(name);
  if (!counts || counts.source === path) return [];
  return [
    {
      path,
      code: 'shadowed-environment-value',
      severity: 'hint',
      message: `Not used: ${fileName(counts.source)} gives "${name}" another value.`,
      offset: key.offset,
    },
  ];
}

function exposed({ name, value }: Value, { path }: EnvironmentFile): readonly ProfileProblem[] {
  const text = value.type === 'string' ? String(value.value) : '';
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (!looksSecret(last) || text.length < 4 || text.includes('{{')) return [];
  return [
    {
      path,
      code: 'secret-in-public-file',
      severity: 'information',
      message: `"${last}" looks like a secret, and ${fileName(path)} is shared. Move it to the private file or to secret storage.`,
      offset: value.offset,
    },
  ];
}
