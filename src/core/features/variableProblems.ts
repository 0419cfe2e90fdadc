import type { HttpDocument, VariableNode } from '../syntax/ast.ts';
import { parse } from '../syntax/parse.ts';
import { blockAt } from '../syntax/query.ts';
import type { Problem } from '../text/problem.ts';
import type { VariableScope } from '../variables/scope.ts';
import { namesOf, type NameUse } from './names.ts';
import { scopeOf, type Surroundings } from './surroundings.ts';

/**
 * What can be said about the variables that a file defines: nobody uses one, the environment has one of that name (C7), or the one
 * meant stands below its use (C8). `sharedWith` are names that other files use: those are not unused.
 */
export function variableProblems(
  document: HttpDocument,
  around: Surroundings,
  sharedWith: ReadonlySet<string> = new Set(),
): readonly Problem[] {
  const names = namesOf(document).filter(({ kind }) => kind === 'variable');
  const uses = Map.groupBy(
    names.filter(({ role }) => role === 'use'),
    ({ name }) => name,
  );
  const outside = scopeOf(nothing, undefined, around);
  return [...Map.groupBy(document.variables, ({ name }) => name.text)]
    .flatMap(([name, nodes]) => [
      ...nodes.flatMap((node) => unused(node, uses, sharedWith)),
      ...shadowed(nodes, outside, around),
      ...redefinedBelow(document, nodes, uses.get(name) ?? []),
    ])
    .sort((a, b) => a.span.start - b.span.start);
}

function unused(
  { name, span }: VariableNode,
  uses: ReadonlyMap<string, readonly NameUse[]>,
  sharedWith: ReadonlySet<string>,
): Problem[] {
  if (uses.has(name.text) || sharedWith.has(name.text)) return [];
  const message = `Nothing in this file uses "${name.text}". Remove the line, or write {{${name.text}}} where its value belongs.`;
  return [{ code: 'unused-variable', severity: 'hint', span, message }];
}

/** What is in sight when no file defines anything. */
const nothing = parse('');

/** C7: both define the name, and the setting decides. One remark, at the first definition. */
function shadowed([node]: readonly VariableNode[], outside: VariableScope, around: Surroundings): Problem[] {
  const text = node?.name.text ?? '';
  const found = outside.lookup(text);
  // `@host = {{host}}` hands the environment's value on: nothing is hidden by it.
  if (!node || !found || new RegExp(`\\{\\{\\s*${escaped(text)}\\s*\\}\\}`).test(node.value.text)) return [];
  const environment = [found.winner, ...found.shadowed].find(({ layer }) => layer === 'environment');
  if (!environment) return [];
  const winner = around.variablePrecedence === 'file' ? 'this file' : environment.origin;
  const message = `"${text}" is defined here and in ${environment.origin}; the value of ${winner} is used. Rename one of them, or change the setting crumbtrail.variablePrecedence.`;
  return [{ code: 'shadowed-variable', severity: 'information', span: node.name.span, message }];
}

/** C8: a use above every definition gets the last one, which few expect when there are several. */
function redefinedBelow(document: HttpDocument, nodes: readonly VariableNode[], uses: readonly NameUse[]): Problem[] {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (nodes.length < 2 || !first || !last) return [];
  const early = uses.find((use) => use.span.start < first.span.start && meansLast(document, use));
  if (!early) return [];
  const line = document.lines.lineAt(early.span.start) + 1;
  const message = `The use of "${last.name.text}" in line ${line} stands above every definition and gets this last one. Move the definition that it needs above it.`;
  return [{ code: 'redefined-below-use', severity: 'warning', span: last.span, message }];
}

/** Definitions in the request's own block count as above it. */
function meansLast(document: HttpDocument, use: NameUse): boolean {
  const block = blockAt(document, use.span.start);
  return !block?.variables.some(({ name }) => name.text === use.name);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
