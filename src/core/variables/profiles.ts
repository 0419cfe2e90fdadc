import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { LineMap } from '../text/lineMap.ts';
import { dotenvVariables } from './dotenv.ts';
import type { EnvironmentProfiles, EnvironmentSource, Profile, ProfileProblem, ProfileSession } from './profile.ts';
import { flatten, overlay, overlayTexts, properties, type ProfileTree } from './profileTree.ts';

/**
 * Merges environment files into profiles (C22). `sources` come from the root to the file's folder; the order among kinds
 * does not matter: settings lie lowest, then httpYac's configuration, `.env.NAME`, public, private and user files, and within a kind the nearest
 * wins. `.env` files are kept apart, below everything.
 * Never throws: a file that cannot be read is a problem with its path, and the others count.
 */
export function mergeProfiles(sources: readonly EnvironmentSource[]): EnvironmentProfiles {
  const ordered = kinds.flatMap((kind) =>
    sources.filter((source) => source.kind === kind && (kind !== 'dotenv' || source.profile !== undefined)),
  );
  const problems: ProfileProblem[] = [];
  const shared: ProfileTree = new Map();
  const sharedSession: ProfileSession[] = [];
  const drafts = new Map<string, Draft>();
  for (const source of ordered) {
    if (source.kind === 'dotenv') {
      addTexts(draftOf(drafts, source.profile ?? ''), source);
      continue;
    }
    for (const level of levelsOf(source, problems)) {
      if (sharedNames.has(level.name)) {
        overlay(shared, level.object, source);
        sharedSession.push(...sessionsIn(level.object, source));
      } else if (!level.name.startsWith('$')) addTo(draftOf(drafts, level.name), level.object, source);
    }
  }
  return {
    names: namesInOrder(sources, drafts),
    profiles: [...drafts.values()].map(profileOf),
    shared: flatten(shared),
    sharedSession,
    dotenv: sources.filter(({ kind, profile }) => kind === 'dotenv' && profile === undefined).flatMap(dotenvVariables),
    problems,
  };
}

const kinds = ['settings', 'httpyac', 'dotenv', 'public', 'private', 'user'] as const;

/** C22: merged underneath every profile and never offered as one. */
const sharedNames: ReadonlySet<string> = new Set(['$shared', '$default', '$kulalaShared']);

/** VS Code settings that hold environments, weakest first; REST Client's is read so that its users need not copy it. */
const settingNames = ['rest-client.environmentVariables', 'crumbtrail.environmentVariables'];

interface Draft {
  readonly name: string;
  readonly sources: string[];
  readonly tree: ProfileTree;
  isProtected: boolean;
  color: string | undefined;
  readonly session: ProfileSession[];
}

interface Level {
  readonly name: string;
  readonly object: Node;
}

function draftOf(drafts: Map<string, Draft>, name: string): Draft {
  const draft = drafts.get(name) ?? {
    name,
    sources: [],
    tree: new Map(),
    isProtected: false,
    color: undefined,
    session: [],
  };
  drafts.set(name, draft);
  return draft;
}

function addTo(draft: Draft, object: Node, source: EnvironmentSource): void {
  if (!draft.sources.includes(source.path)) draft.sources.push(source.path);
  overlay(draft.tree, object, source);
  for (const { name, value } of properties(object)) {
    if (name === '$protected') draft.isProtected = value.value === true;
    if (name === '$color' && value.type === 'string') draft.color = String(value.value);
    if (name === '$session') draft.session.push(sessionOf(value, source));
  }
}

function addTexts(draft: Draft, source: EnvironmentSource): void {
  draft.sources.push(source.path);
  overlayTexts(draft.tree, dotenvVariables(source));
}

function sessionsIn(object: Node, source: EnvironmentSource): readonly ProfileSession[] {
  const sessions = properties(object).filter(({ name }) => name === '$session');
  return sessions.map(({ value }) => sessionOf(value, source));
}

function sessionOf(node: Node, source: EnvironmentSource): ProfileSession {
  return {
    source: source.path,
    value: getNodeValue(node) as unknown,
    offsetOf: (path) => findNodeAtLocation(node, [...path])?.offset ?? node.offset,
  };
}

function profileOf(draft: Draft): Profile {
  return {
    name: draft.name,
    sources: draft.sources,
    protected: draft.isProtected,
    ...(draft.color !== undefined && { color: draft.color }),
    variables: flatten(draft.tree),
    session: draft.session,
  };
}

/** Order of appearance in the sources as given, so that a private file does not change the list's order. */
function namesInOrder(sources: readonly EnvironmentSource[], drafts: ReadonlyMap<string, Draft>): readonly string[] {
  const names = sources.flatMap((source) =>
    source.kind === 'dotenv' ? (source.profile ?? []) : levelsOf(source, []).map((level) => level.name),
  );
  return [...new Set(names)].filter((name) => drafts.has(name));
}

/** The environment levels of one source; what is wrong with it is added to `problems`, and what could be read still counts. */
function levelsOf(source: EnvironmentSource, problems: ProfileProblem[]): readonly Level[] {
  const text = source.text.replace(/^\uFEFF/, ' ');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, jsonc);
  const [first] = errors;
  if (first && (text.trim() !== '' || source.kind !== 'settings')) problems.push(brokenFile(source, text, first));
  // Half of a file that is being written would be half of its values.
  if (first && source.lastGood !== undefined) return levelsOf({ ...without(source), text: source.lastGood }, []);
  if (!root) return [];
  if (root.type !== 'object') {
    if (!first) problems.push(notAnObject(source, root));
    return [];
  }
  if (source.kind === 'settings') return settingLevels(root);
  return source.kind === 'httpyac' ? httpYacLevels(root) : objectLevels(root, source, problems);
}

const jsonc = { allowTrailingComma: true, disallowComments: false };

/** True for an environment file that can be used whole: what it says is then worth keeping. */
export function isReadable(text: string): boolean {
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, jsonc);
  return errors.length === 0 && root?.type === 'object';
}

function without({ lastGood: _lastGood, ...source }: EnvironmentSource): EnvironmentSource {
  return source;
}

/** `.httpyac.json` has more than environments; the rest is for httpYac alone. */
function httpYacLevels(root: Node): readonly Level[] {
  const holders = properties(root).filter(({ name }) => name === 'environments');
  return holders.flatMap(({ value: holder }) =>
    properties(holder).flatMap(({ name, value }) => (value.type === 'object' ? [{ name, object: value }] : [])),
  );
}

function settingLevels(root: Node): readonly Level[] {
  const sections = properties(root);
  const named = settingNames.flatMap((name) => sections.filter((section) => section.name === name));
  const holders = named.length > 0 || isSettingsFile(sections) ? named.map((section) => section.value) : [root];
  return holders.flatMap((holder) =>
    properties(holder).flatMap(({ name, value }) => (value.type === 'object' ? [{ name, object: value }] : [])),
  );
}

/** A whole settings file has dotted keys; the value of the one setting has environment names. */
function isSettingsFile(sections: readonly { name: string }[]): boolean {
  return sections.some((section) => /^\w+\.\w/.test(section.name));
}

function objectLevels(root: Node, source: EnvironmentSource, problems: ProfileProblem[]): readonly Level[] {
  return properties(root).flatMap(({ name, key, value }) => {
    if (value.type === 'object') return [{ name, object: value }];
    // `$schema` and the like belong to editors.
    if (!name.startsWith('$')) problems.push(missingLevel(source, name, key));
    return [];
  });
}

function brokenFile(source: EnvironmentSource, text: string, error: ParseError): ProfileProblem {
  const { line, character } = new LineMap(text).positionAt(error.offset);
  const what = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return {
    path: source.path,
    code: 'environment-file-broken',
    message:
      `${fileName(source.path)} is not valid JSON at line ${line + 1}, column ${character + 1} (${what}). ` +
      (source.lastGood === undefined
        ? 'Correct it there; what could be read of it is used.'
        : 'Correct it there; until then its last correct version is used.'),
    offset: error.offset,
  };
}

function notAnObject(source: EnvironmentSource, root: Node): ProfileProblem {
  return {
    path: source.path,
    code: 'environment-file-broken',
    message: `${fileName(source.path)} does not hold an object. Write { "dev": { "name": "value" } }.`,
    offset: root.offset,
  };
}

function missingLevel(source: EnvironmentSource, name: string, key: Node): ProfileProblem {
  return {
    path: source.path,
    code: 'environment-level-missing',
    message:
      `"${name}" in ${fileName(source.path)} stands outside of any environment and is not used. ` +
      `Put it into one, for example { "dev": { "${name}": … } }, or into "$shared".`,
    offset: key.offset,
  };
}

/** Last part of a path, of either separator: enough to know the file by, and no machine's folders in a message. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
