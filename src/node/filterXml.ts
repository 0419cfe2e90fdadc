import { parseXmlDocument, type Document, type Node } from 'slimdom';
import { foundPieces, type BodyFilterResult } from '../core/body/bodyFilter.ts';
import { xmlTokens } from '../core/body/xmlTokens.ts';
import { pathTrouble, textOf, xpathResults } from './xpath.ts';

/** Everything that an XPath (1.0 to 3.1) finds in an XML text; elements as they were sent. */
export function filterXml(xml: string, path: string): BodyFilterResult {
  let document: Document;
  try {
    document = parseXmlDocument(xml);
  } catch (error) {
    return { kind: 'trouble', message: `This body is not well-formed XML: ${pathTrouble(error)}.` };
  }
  try {
    const sources = elementSources(xml, document);
    const pieces = xpathResults(path, document).map((result) => {
      const text = sources.get(result) ?? textOf(result);
      return { place: placeOf(result), length: text.length, text: () => text };
    });
    return foundPieces({ pieces, join: (texts) => texts.join('\n') });
  } catch (error) {
    return {
      kind: 'trouble',
      message: `This is no XPath: ${pathTrouble(error)}. Write for example //item[@id='3']/name.`,
    };
  }
}

/** The parser keeps no places; elements come in the same order in the text and in the tree. */
function elementSources(xml: string, document: Document): ReadonlyMap<unknown, string> {
  const spans = elementSpans(xml);
  const sources = new Map<unknown, string>();
  let index = 0;
  for (let node: Node | null = document.documentElement; node; node = nextElement(node)) {
    const span = spans[index++];
    if (span) sources.set(node, xml.slice(span.start, span.end));
  }
  return sources;
}

function elementSpans(xml: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  const open: { start: number; end: number }[] = [];
  for (const { kind, start, end } of xmlTokens(xml, true) ?? []) {
    if (kind === 'open' || kind === 'empty') spans.push({ start, end });
    const last = spans.at(-1);
    if (kind === 'open' && last) open.push(last);
    const closed = kind === 'close' ? open.pop() : undefined;
    if (closed) closed.end = end;
  }
  return spans;
}

interface Family {
  readonly firstElementChild?: Node | null;
  readonly nextElementSibling?: Node | null;
}

function nextElement(node: Node): Node | null {
  const below = (node as Family).firstElementChild;
  if (below) return below;
  for (let at: Node | null = node; at; at = at.parentNode) {
    const beside = (at as Family).nextElementSibling;
    if (beside) return beside;
  }
  return null;
}

/** `/note/to[2]`; of what is no node, nothing. */
function placeOf(result: unknown): string {
  if (typeof result !== 'object' || result === null || !('nodeName' in result)) return '';
  const steps: string[] = [];
  let node: Node | null = result as Node;
  while (node && (node.parentNode || ownerOf(node))) {
    steps.push(step(node));
    node = ownerOf(node) ?? node.parentNode;
  }
  return `/${steps.reverse().join('/')}`;
}

function ownerOf(node: Node | null): Node | null {
  return (node as { ownerElement?: Node | null } | null)?.ownerElement ?? null;
}

function step(node: Node): string {
  if (ownerOf(node)) return `@${node.nodeName}`;
  const same = (node.parentNode?.childNodes ?? []).filter(({ nodeName }) => nodeName === node.nodeName);
  const test = node.nodeName.startsWith('#') ? `${node.nodeName.slice(1)}()` : node.nodeName;
  return same.length > 1 ? `${test}[${same.indexOf(node) + 1}]` : test;
}
