import { looksSecret } from '../http/secretName.ts';
import type { Block, HttpDocument } from '../syntax/ast.ts';
import { visibleVariable } from '../syntax/query.ts';
import type { EnvironmentProfiles, ProfileVariable } from './profile.ts';
import { fileName } from './profiles.ts';

/** Layers of names, strongest first: runtime (captures, prompts, `--var`), block and file, environment. C7 orders file and environment. */
export interface Binding {
  readonly name: string;
  /** Raw text; may hold placeholders of its own when `template` is true. */
  readonly value: string;
  readonly template: boolean;
  readonly layer: 'override' | 'session' | 'block' | 'file' | 'environment';
  /** In words with place, for example `http-client.env.json › dev`, `@host, line 3`, `captured from login`. */
  readonly origin: string;
  readonly secret: boolean;
  /** Where it is defined, for go to definition. */
  readonly location?: { readonly path: string; readonly offset: number };
}

export interface VariableScope {
  /** The binding that wins, and those it shadows, strongest first. */
  lookup(name: string): { readonly winner: Binding; readonly shadowed: readonly Binding[] } | undefined;
  /** All names in sight, each once, for completion. */
  names(): readonly string[];
}

/** Everything names can come from. Nothing here is read later than the call of `buildScope`. */
export interface ScopeInput {
  readonly document: HttpDocument;
  readonly block: Block | undefined;
  /** Absolute path of the document, for `Binding.location`. */
  readonly path: string | undefined;
  /** Files that the document imports, nearest first: their variables hold where it has none of that name. */
  readonly imported: readonly ImportedDocument[];
  readonly overrides: readonly Override[];
  /** Answers to `# @prompt` of this run. */
  readonly prompts: readonly { readonly name: string; readonly value: string; readonly secret: boolean }[];
  readonly sessionVariables: readonly SessionBinding[];
  readonly profiles: EnvironmentProfiles;
  /** Names of the profiles in force; a later one lies over an earlier one. */
  readonly environment: readonly string[];
  readonly variablePrecedence: 'file' | 'environment';
}

/** A value that somebody gave for this run alone; `origin` in words, absent for `--var NAME=VALUE`. */
export type Override = readonly [name: string, value: string, origin?: string];

export interface ImportedDocument {
  readonly document: HttpDocument;
  readonly file: { readonly path: string | undefined; readonly id: string };
}

/** A variable of the session, as far as a scope needs it. */
export interface SessionBinding {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
  readonly secret: boolean;
}

/** Layers the sources (C7, C8). Cheap to build: each layer is searched only when a name is asked for. */
export function buildScope(input: ScopeInput): VariableScope {
  const files = [fileLayer(input), ...input.imported.map(importedLayer)];
  const environment = environmentLayers(input);
  const written = input.variablePrecedence === 'file' ? [...files, ...environment] : [...environment, ...files];
  const layers = [overrideLayer(input), promptLayer(input), sessionLayer(input), ...written];
  return {
    lookup(name) {
      const bindings = layers.flatMap((layer) => layer.find(name) ?? []);
      const [winner, ...shadowed] = bindings;
      return winner && { winner, shadowed };
    },
    names: () => [...new Set(layers.flatMap((layer) => layer.names()))],
  };
}

interface Layer {
  find(name: string): Binding | undefined;
  names(): readonly string[];
}

function overrideLayer({ overrides }: ScopeInput): Layer {
  return {
    // The last one given on a command line is the one meant.
    find: (name) => {
      const given = overrides.findLast(([key]) => key === name);
      if (!given) return undefined;
      const [, value, origin = 'given with --var'] = given;
      return { ...runtime(name, value, looksSecret(name)), layer: 'override', origin };
    },
    names: () => overrides.map(([name]) => name),
  };
}

function promptLayer({ prompts }: ScopeInput): Layer {
  return {
    find: (name) => {
      const answer = prompts.find((prompt) => prompt.name === name);
      return answer && { ...runtime(name, answer.value, answer.secret), layer: 'override', origin: 'asked for' };
    },
    names: () => prompts.map((prompt) => prompt.name),
  };
}

function sessionLayer({ sessionVariables }: ScopeInput): Layer {
  return {
    find: (name) => {
      const variable = sessionVariables.find((each) => each.name === name);
      if (!variable) return undefined;
      return { ...runtime(name, variable.value, variable.secret), layer: 'session', origin: variable.origin };
    },
    names: () => sessionVariables.map((variable) => variable.name),
  };
}

/** Values that came from outside are taken as they are: a `{{x}}` in a captured text must not be evaluated. */
function runtime(
  name: string,
  value: string,
  secret: boolean,
): Pick<Binding, 'name' | 'value' | 'template' | 'secret'> {
  return { name, value, template: false, secret };
}

function fileLayer({ document, block, path }: ScopeInput): Layer {
  const offset = block?.request?.line.start ?? block?.span.end ?? document.text.length;
  return {
    find: (name) => {
      const node = visibleVariable(document, name, offset);
      if (!node) return undefined;
      return {
        name,
        value: withoutEscapes(node.value.text),
        template: true,
        layer: block?.variables.includes(node) === true ? 'block' : 'file',
        origin: `@${name}, line ${document.lines.lineAt(node.span.start) + 1}`,
        secret: false,
        ...(path !== undefined && { location: { path, offset: node.span.start } }),
      };
    },
    names: () => document.variables.map((node) => node.name.text),
  };
}

/** What a file leaves behind for those that import it: the last definition of each name. */
function importedLayer({ document, file }: ImportedDocument): Layer {
  return {
    find: (name) => {
      const node = visibleVariable(document, name, document.text.length);
      if (!node) return undefined;
      return {
        name,
        value: withoutEscapes(node.value.text),
        template: true,
        layer: 'file',
        origin: `@${name} in ${file.id}, line ${document.lines.lineAt(node.span.start) + 1}`,
        secret: false,
        ...(file.path !== undefined && { location: { path: file.path, offset: node.span.start } }),
      };
    },
    names: () => document.variables.map((node) => node.name.text),
  };
}

/** Profiles from the last overlay down, then `$shared`, then `.env` files. */
function environmentLayers({ profiles, environment }: ScopeInput): readonly Layer[] {
  const chosen = environment
    .toReversed()
    .flatMap((name) => profiles.profiles.filter((profile) => profile.name === name));
  return [
    ...chosen.map((profile) => profileLayer(profile.variables, profile.name)),
    profileLayer(profiles.shared, '$shared'),
    profileLayer(profiles.dotenv.toReversed(), undefined),
  ];
}

function profileLayer(variables: readonly ProfileVariable[], profile: string | undefined): Layer {
  return {
    find: (name) => {
      const variable = variables.find((each) => each.name === name);
      if (!variable) return undefined;
      const file = fileName(variable.source);
      return {
        name,
        value: variable.value,
        template: true,
        layer: 'environment',
        origin: profile === undefined ? file : `${file} › ${profile}`,
        secret: variable.secret,
        location: { path: variable.source, offset: variable.offset },
      };
    },
    names: () => variables.map((variable) => variable.name),
  };
}

/** `\n`, `\r`, `\t` and `\\` of an `@` value (GRAMMAR 3); any other backslash stays, and so do quotes. */
function withoutEscapes(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([nrt\\])/g, (_escape, letter: string) => escapes[letter] ?? letter);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };
