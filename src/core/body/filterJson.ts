import { foundPieces, type BodyFilterResult } from './bodyFilter.ts';
import { childrenOf } from './bodyTree.ts';
import { jsonNodes, type JsonNodes } from './jsonNodes.ts';
import { jsonList } from './jsonList.ts';
import { jsonPath, stringValue } from './jsonTree.ts';
import { rootedPath } from './rootedPath.ts';

/**
 * What a JSONPath (RFC 9535) finds in a JSON text, in the digits and escapes of the text. A path without `$` starts at the
 * root. With `lines` every line is a text, and the root is the list of them.
 */
export async function filterJson(text: string, path: string, lines: boolean): Promise<BodyFilterResult> {
  const nodes = jsonNodes(text, { lines });
  if (!nodes) return { kind: 'trouble', message: notJson };
  const { JSONPathEnvironment, JSONPathError } = await import('json-p3');
  try {
    // The default limit of 50 levels is below what real documents have.
    const found = new JSONPathEnvironment({ maxRecursionDepth: 5000 }).query(
      rootedPath(path),
      valueOf(nodes, lines) as never,
    );
    const places = new Places(nodes);
    const pieces = [...found].map(({ location }) => {
      const text = places.source(location);
      return { place: jsonPath(location), length: text.length, text: () => text };
    });
    return foundPieces({ pieces, join: jsonList });
  } catch (error) {
    if (error instanceof JSONPathError) return { kind: 'trouble', message: badPath(error.message) };
    return { kind: 'trouble', message: tooDeep };
  }
}

const notJson = 'This body is not whole JSON, so no JSONPath can be looked up in it.';
const tooDeep = 'This body is nested too deeply for a JSONPath. Look at its tree.';

function badPath(reason: string): string {
  return `This is no JSONPath: ${reason.trim().replace(/\.$/, '')}. Write for example $.items[?@.price > 10].name.`;
}

function valueOf(nodes: JsonNodes, lines: boolean): unknown {
  if (!lines) return JSON.parse(nodes.text);
  return childrenOf({ after: (node) => nodes.afters[node] ?? node + 1 }, 0).map((node): unknown =>
    JSON.parse(nodes.text.slice(nodes.starts[node], nodes.ends[node])),
  );
}

/** From where a value is to where it stands in the text. The children of a container are looked through once. */
class Places {
  readonly #nodes: JsonNodes;
  readonly #children = new Map<number, ReadonlyMap<string | number, number>>();

  constructor(nodes: JsonNodes) {
    this.#nodes = nodes;
  }

  source(location: readonly (string | number)[]): string {
    const node = location.reduce<number>((at, step) => this.#childrenOf(at).get(step) ?? -1, 0);
    return this.#nodes.text.slice(this.#nodes.starts[node], this.#nodes.ends[node]);
  }

  /** Of members with one name the last counts, as in the value (RFC 8259 4). */
  #childrenOf(node: number): ReadonlyMap<string | number, number> {
    const known = this.#children.get(node);
    if (known) return known;
    const { text, keyStarts, keyEnds, afters } = this.#nodes;
    const children = childrenOf({ after: (each) => afters[each] ?? each + 1 }, node);
    const places = new Map(
      children.map((child, index) => {
        const keyStart = keyStarts[child] ?? -1;
        return [keyStart < 0 ? index : stringValue(text.slice(keyStart, keyEnds[child])), child] as const;
      }),
    );
    this.#children.set(node, places);
    return places;
  }
}
