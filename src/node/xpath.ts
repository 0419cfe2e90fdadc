import fontoxpath from 'fontoxpath';
import { parseXmlDocument, serializeToWellFormedString, type Document, type Node } from 'slimdom';
import { reasonOf } from '../core/text/reasonOf.ts';
import type { XmlLookup } from '../core/variables/xmlQuery.ts';

/**
 * First result of an XPath (1.0 to 3.1) in an XML text. Prefixes are those that the document declares; a name without a
 * prefix is one of the root's default namespace, and when that finds nothing, one without a namespace.
 */
export async function lookUpXml(xml: string, path: string): Promise<XmlLookup> {
  let document: Document;
  try {
    document = parseXmlDocument(xml);
  } catch (error) {
    return { kind: 'not-xml', reason: firstLine(error) };
  }
  try {
    const [first] = xpathResults(path, document);
    return first === undefined ? { kind: 'nothing' } : { kind: 'found', text: textOf(first) };
  } catch (error) {
    return { kind: 'bad-path', reason: pathTrouble(error) };
  }
}

/** All results, in the default namespace of the root or, when that has none, without a namespace. Throws for a path that is none. */
export function xpathResults(path: string, document: Document): unknown[] {
  const namespaces = declaredNamespaces(document);
  for (const namespace of new Set([defaultNamespace(document), null])) {
    const found = results(path, document, (prefix) => (prefix === '' ? namespace : (namespaces.get(prefix) ?? null)));
    if (found.length > 0) return found;
  }
  return [];
}

function results(path: string, document: Document, namespaceResolver: (prefix: string) => string | null): unknown[] {
  // The package is CommonJS without names that Node can see from a module.
  // oxlint-disable-next-line import/no-named-as-default-member
  const { evaluateXPath, ReturnType } = fontoxpath;
  return evaluateXPath(path, document, null, {}, ReturnType.ALL_RESULTS, { namespaceResolver }) as unknown[];
}

function defaultNamespace({ documentElement: root }: Document): string | null {
  return root && root.prefix === null ? root.namespaceURI : null;
}

/** Every prefix that is declared anywhere; of two declarations the one further out counts. */
function declaredNamespaces(document: Document): ReadonlyMap<string, string> {
  const declared = new Map<string, string>();
  const left = document.documentElement ? [document.documentElement] : [];
  // Grows while it is walked: a queue without the cost of taking from its front.
  for (const element of left) {
    for (const { prefix, localName, value } of element.attributes) {
      if (prefix === 'xmlns' && !declared.has(localName)) declared.set(localName, value);
    }
    for (const child of element.children) left.push(child);
  }
  return declared;
}

/** An element that holds others is its XML, as an object found by a JSONPath is its JSON; every other node is its text. */
export function textOf(result: unknown): string {
  if (!isNode(result)) return String(result);
  const isTree = result.nodeType === elementNode || result.nodeType === documentNode;
  const holdsElements = isTree && [...result.childNodes].some((child) => child.nodeType === elementNode);
  return holdsElements ? serializeToWellFormedString(result) : (result.textContent ?? '');
}

const elementNode = 1;
const documentNode = 9;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'nodeType' in value;
}

/** The library quotes the path, points at it, and lists every token it knows: only where it stopped is worth saying. */
export function pathTrouble(error: unknown): string {
  const text = reasonOf(error);
  const at = /at <>:\d+:(\d+)/.exec(text)?.[1];
  if (at !== undefined) return `it cannot be read from character ${at} on`;
  return firstLine(error).replace(/^[A-Z]{4}\d{4}: /, '');
}

function firstLine(error: unknown): string {
  const text = reasonOf(error);
  return text.split('\n')[0]?.trim().replace(/\.$/, '') ?? '';
}
