import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type IRawGrammar } from 'vscode-textmate';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

/** A piece of a line with its scopes, outermost first. */
export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

/** The tokens of every line of `text`. */
export function tokensOf(grammar: IGrammar, text: string): readonly (readonly Token[])[] {
  let state = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }));
  });
}

/**
 * Our grammar with stand-ins for those of other languages. They do what breaks an outer grammar most: an opening brace, quote or tag holds on
 * to everything until its end. Words of theirs have the scope `word.<language>`.
 */
export async function withStandIns(scopeName = 'source.http'): Promise<IGrammar> {
  return loaded(scopeName, (scope) => standIns[scope]);
}

/** The same with the grammars that come with VS Code; `undefined` when no VS Code is there. */
export async function withBuiltIns(scopeName = 'source.http'): Promise<IGrammar | undefined> {
  const found = builtIns();
  return found && loaded(scopeName, (scope) => (found[scope] ? readGrammar(found[scope]) : undefined));
}

async function loaded(scopeName: string, other: (scope: string) => IRawGrammar | undefined): Promise<IGrammar> {
  await onigLib;
  const registry = new textmate.Registry({
    onigLib,
    loadGrammar: async (scope) => {
      const own = contributed.find((each) => each.scopeName === scope);
      return own ? readGrammar(join(root, own.path)) : other(scope);
    },
    getInjections: (scope) =>
      contributed.filter(({ injectTo }) => injectTo?.includes(scope)).map((each) => each.scopeName),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`There is no grammar ${scopeName}.`);
  return grammar;
}

interface Contributed {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

const contributed = (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly contributes: { readonly grammars: readonly Contributed[] };
  }
).contributes.grammars;

const onigLib = loadOniguruma();

async function loadOniguruma() {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  return {
    createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text: string) => new oniguruma.OnigString(text),
  };
}

function readGrammar(path: string): IRawGrammar {
  return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
}

const standIns: Readonly<Record<string, IRawGrammar>> = Object.fromEntries(
  [
    ['source.json', 'json'],
    ['source.js', 'javascript'],
    ['source.css', 'css'],
    ['source.yaml', 'yaml'],
    ['source.graphql', 'graphql'],
    ['text.xml', 'xml'],
    ['text.html.basic', 'html'],
    ['text.html.markdown', 'markdown'],
  ].map(([scope = '', language = '']) => [scope, standIn(scope, language)]),
);

function standIn(scopeName: string, language: string): IRawGrammar {
  const held = (begin: string, end: string) => ({
    name: `held.${language}`,
    begin,
    end,
    patterns: [{ include: '$self' }],
  });
  const patterns = [
    held('[{]', '[}]'),
    held('<(?=[A-Za-z])', '/>|</[A-Za-z]+>'),
    { name: `string.${language}`, begin: '"', end: '"' },
    { name: `word.${language}`, match: '\\w+' },
  ];
  return { scopeName, patterns, repository: {} } as unknown as IRawGrammar;
}

const extensions: Readonly<Record<string, string>> = {
  'source.json': 'json/syntaxes/JSON.tmLanguage.json',
  'source.js': 'javascript/syntaxes/JavaScript.tmLanguage.json',
  'source.css': 'css/syntaxes/css.tmLanguage.json',
  'text.xml': 'xml/syntaxes/xml.tmLanguage.json',
  'text.html.basic': 'html/syntaxes/html.tmLanguage.json',
  'text.html.markdown': 'markdown-basics/syntaxes/markdown.tmLanguage.json',
};

/** Where VS Code keeps its grammars, in the copy that the tests of the host have installed. */
function builtIns(): Readonly<Record<string, string>> | undefined {
  const folder = join(root, '.vscode-test');
  const server = existsSync(folder) && readdirSync(folder).find((name) => name.startsWith('code-server-'));
  if (!server) return undefined;
  const base = join(folder, server, 'node_modules', 'code-server', 'lib', 'vscode', 'extensions');
  const paths = Object.entries(extensions).map(([scope, path]) => [scope, join(base, path)] as const);
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path)));
}
