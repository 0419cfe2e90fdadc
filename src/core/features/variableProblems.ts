import type { HttpDocument, VariableNode } from '../syntax/ast.ts';
import { blockAt, visibleVariable } from '../syntax/query.ts';
import type { Problem } from '../text/problem.ts';
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
  return document.variables
    .flatMap((node) => [
      ...unused(node, uses, sharedWith),
      ...shadowed(document, node, around),
      ...redefinedBelow(document, node, uses.get(node.name.text) ?? []),
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

/** C7: both define the name, and the setting decides. One remark, at the first definition. */
function shadowed(document: HttpDocument, node: VariableNode, around: Surroundings): Problem[] {
  const { text } = node.name;
  if (document.variables.find((each) => each.name.text === text) !== node) return [];
  // `@host = {{host}}` hands the environment's value on: nothing is hidden by it.
  if (new RegExp(`\\{\\{\\s*${escaped(text)}\\s*\\}\\}`).test(node.value.text)) return [];
  const found = scopeOf(document, blockAt(document, node.span.start), around).lookup(text);
  const bindings = found ? [found.winner, ...found.shadowed] : [];
  const environment = bindings.find(({ layer }) => layer === 'environment');
  if (!environment) return [];
  const winner = around.variablePrecedence === 'file' ? 'this file' : environment.origin;
  const message = `"${text}" is defined here and in ${environment.origin}; the value of ${winner} is used. Rename one of them, or change the setting crumbtrail.variablePrecedence.`;
  return [{ code: 'shadowed-variable', severity: 'information', span: node.name.span, message }];
}

/** C8: a use above every definition gets the last one, which few expect when there are several. */
function redefinedBelow(document: HttpDocument, node: VariableNode, uses: readonly NameUse[]): Problem[] {
  const all = document.variables.filter((each) => each.name.text === node.name.text);
  const first = all[0];
  if (all.length < 2 || !first || all.at(-1) !== node) return [];
  const early = uses.find(
    (use) => use.span.start < first.span.start && visibleVariable(document, use.name, use.span.start) === node,
  );
  if (!early) return [];
  const line = document.lines.lineAt(early.span.start) + 1;
  const message = `The use of "${node.name.text}" in line ${line} stands above every definition and gets this last one. Move the definition that it needs above it.`;
  return [{ code: 'redefined-below-use', severity: 'warning', span: node.span, message }];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
