import type { OutputNode, ScriptNode } from './ast.ts';
import type { BlockDraft } from './blockDraft.ts';
import type { BodyMedia } from './bodyMedia.ts';
import { handlersWithin } from './bodyParts.ts';
import type { BodyScan } from './bodyScan.ts';
import { keepScript } from './prologue.ts';
import { readFileScript } from './scriptLines.ts';
import { isCommentAt, type SourceLines, trimmedText } from './sourceLines.ts';
import { readTrailingVariable } from './trailingVariable.ts';

/**
 * Reads what stands behind the body: handlers, outputs, assertions, variables, comments and blank lines, as long as nothing else
 * follows to the end (C15, C16). Returns the line where it begins, which is where the body ends.
 */
export function readTrailingZone(
  source: SourceLines,
  first: number,
  scan: BodyScan,
  media: BodyMedia,
  draft: BlockDraft,
): number {
  const zone = { source, media, keepsComments: !media.stripsComments && scan.hasText };
  const begin = behindAdjacentLines(zone, zoneBegin(zone, first, scan), first, scan);
  for (const handler of handlersWithin(scan, begin)) keepScript(handler, draft);
  let index = scan.scripts.length === 0 ? -1 : scan.scripts.findIndex((script) => script.first >= begin);
  for (let line = begin; line < scan.end;) {
    const script = scan.scripts[index];
    if (script?.first === line) {
      line = keepScript(script, draft);
      index++;
    } else readZoneLine(source, line++, media, draft);
  }
  return begin;
}

interface Zone {
  readonly source: SourceLines;
  readonly media: BodyMedia;
  readonly keepsComments: boolean;
}

/** Walks back from the end of the block while the lines are of the zone. */
function zoneBegin(zone: Zone, first: number, scan: BodyScan): number {
  let line = scan.end;
  let index = scan.scripts.length - 1;
  while (line > first) {
    const script = scan.scripts[index];
    if (script?.next === line) {
      line = script.first;
      index--;
    } else if (isZoneLine(zone, line - 1)) line--;
    else break;
  }
  return Math.max(line, first);
}

/** Comments and variables right below the text, without a blank line between, are text (C16). */
function behindAdjacentLines({ source, media }: Zone, begin: number, first: number, scan: BodyScan): number {
  let line = begin;
  while (line > first && line < scan.end && (source.isComment(line) || readTrailingVariable(source, line, media)))
    line++;
  return line;
}

function isZoneLine(zone: Zone, line: number): boolean {
  const { source, media } = zone;
  const at = source.indent(line);
  if (at === source.end(line)) return true;
  if (isCommentAt(source.text, at)) return !zone.keepsComments;
  if (at !== source.start(line)) return false;
  return readDirective(source, line) !== undefined || readTrailingVariable(source, line, media) !== undefined;
}

function readZoneLine(source: SourceLines, line: number, media: BodyMedia, draft: BlockDraft): void {
  const variable = readTrailingVariable(source, line, media);
  if (variable) draft.variables.push(variable);
  const directive = readDirective(source, line);
  if (!directive) return;
  if ('marker' in directive) draft.outputs.push(directive);
  else draft.scripts.push(directive);
}

function readDirective(source: SourceLines, line: number): OutputNode | ScriptNode | undefined {
  const code = source.text.charCodeAt(source.start(line));
  if (code !== 62 && code !== 60 && code !== 63) return undefined;
  return readOutput(source, line) ?? readAssertion(source, line) ?? readFileScript(source, line, '>');
}

function readOutput(source: SourceLines, line: number): OutputNode | undefined {
  const { text } = source;
  const start = source.start(line);
  const end = source.end(line);
  const marker = (['>>!', '>>', '<>'] as const).find((mark) => text.startsWith(mark, start));
  if (!marker) return undefined;
  const path = trimmedText(text, start + marker.length, end);
  const needsBlank = marker !== '<>' && path.span.start === start + marker.length;
  return path.text === '' || needsBlank ? undefined : { marker, path, span: { start, end: path.span.end } };
}

function readAssertion(source: SourceLines, line: number): ScriptNode | undefined {
  const start = source.start(line);
  if (!source.text.startsWith('??', start)) return undefined;
  const assertion = trimmedText(source.text, start + 2, source.end(line));
  return { kind: 'assertion', source: assertion, isFile: false, span: { start, end: source.end(line) } };
}
