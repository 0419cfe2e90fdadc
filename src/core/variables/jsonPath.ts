import { exactJson } from './exactJson.ts';
import { reasonOf } from '../text/reasonOf.ts';

export type JsonLookup =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'bad-path'; readonly reason: string };

/**
 * The first value that `path` finds in a JSON text (RFC 9535), as text: strings as they are, numbers with the digits of the
 * source, the rest as JSON. A path without `$` starts at the root (C32), and `$.[0]` is read as `$[0]`.
 */
export async function lookUpJson(json: string, path: string): Promise<JsonLookup> {
  const parsed = exactJson(json);
  if (!parsed) return { kind: 'not-json' };
  // The root has no holder of its own; this one gives it a place to be looked up at.
  const holder = { $: parsed.value };
  const located = plainLocation(path) ?? (await firstLocation(parsed.value, rooted(path)));
  if (typeof located === 'string') return { kind: 'bad-path', reason: located };
  if (!located) return { kind: 'nothing' };
  const place = follow(holder, located);
  if (!place) return { kind: 'nothing' };
  if (located.length === 0) return { kind: 'found', text: wholeText(parsed.value, json) };
  return { kind: 'found', text: parsed.show(place.holder, place.key) };
}

type Location = readonly (string | number)[];

/** `a.b[0]['c d']`: what nearly every reference is. Undefined for anything that needs the full grammar. */
function plainLocation(path: string): Location | undefined {
  const rest = path.replace(/^\$(?=$|[.[])/, '');
  const step = /\.?([\p{L}_$][\p{L}\p{N}_$-]*)|\.?\[(\d+)\]|\.?\[(?:'([^'\\]*)'|"([^"\\]*)")\]/uy;
  const location: (string | number)[] = [];
  while (step.lastIndex < rest.length) {
    const match = step.exec(rest);
    if (!match) return undefined;
    location.push(match[2] === undefined ? (match[1] ?? match[3] ?? match[4] ?? '') : Number(match[2]));
  }
  return location;
}

function rooted(path: string): string {
  const fromRoot = /^\$(?=[.[])/.test(path) ? path : path.startsWith('[') ? `$${path}` : `$.${path}`;
  return fromRoot.replaceAll(/(?<!\.)\.\[/g, '[');
}

/** The library is loaded when a path first needs it: it is the larger part of what a plain reference costs. */
async function firstLocation(value: unknown, path: string): Promise<Location | undefined | string> {
  const { JSONPathEnvironment } = await import('json-p3');
  try {
    // The default limit of 50 levels is below what real documents have.
    const nodes = new JSONPathEnvironment({ maxRecursionDepth: 5000 }).query(path, value as never);
    for (const node of nodes) return node.location;
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function follow(root: { $: unknown }, location: Location): { holder: unknown; key: string | number } | undefined {
  let holder: unknown = root;
  let key: string | number = '$';
  for (const step of location) {
    holder = (holder as Record<string, unknown>)[key];
    key = step;
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step)) return undefined;
  }
  return { holder, key };
}

function wholeText(value: unknown, json: string): string {
  return typeof value === 'string' ? value : json.trim();
}
