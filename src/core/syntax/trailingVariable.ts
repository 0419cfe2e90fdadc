import type { VariableNode } from './ast.ts';
import type { BodyMedia } from './bodyMedia.ts';
import type { SourceLines } from './sourceLines.ts';
import { readVariable } from './variableLine.ts';

/**
 * A variable behind a body. C16: only where `@` cannot begin a line of the body. C31: one that reads a response
 * (`@token = {{login.response.body.token}}`) is meant as a variable behind any body that is no prose.
 */
export function readTrailingVariable(source: SourceLines, line: number, media: BodyMedia): VariableNode | undefined {
  const start = source.start(line);
  if (source.text.charCodeAt(start) !== 64) return undefined;
  const variable = readVariable(source, line);
  if (!variable || media.allowsVariables) return variable;
  const readsResponse = /\{\{\s*[^\s{}.]+\.(response|request)\./.test(variable.value.text.slice(0, 300));
  return readsResponse && !media.type.startsWith('text/') ? variable : undefined;
}
