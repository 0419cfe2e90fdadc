import { childrenOf, findNode, innermostAt, oneLine, type BodyTree, type TreeRow } from './bodyTree.ts';
import { xmlTokens } from './xmlTokens.ts';

/** XML as a tree of elements, attributes, texts and comments; `undefined` when its tags do not match. It may have several roots. */
export function xmlTree(text: string, partial = false): BodyTree | undefined {
  const tokens = xmlTokens(text, partial);
  if (!tokens) return undefined;
  const tree = new XmlTree(text);
  for (const token of tokens) {
    if (token.kind === 'close') {
      if (!tree.close(token.start, token.end)) return undefined;
    } else if (token.kind === 'open' || token.kind === 'empty')
      tree.element(token.start, token.end, token.kind === 'open');
    else if (token.kind === 'text' || token.kind === 'cdata') tree.leaf('text', token.start, token.end);
    else if (text.startsWith('<!--', token.start)) tree.leaf('comment', token.start, token.end);
  }
  return tree.finish(partial);
}

const attribute = /([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')/g;

class XmlTree implements BodyTree {
  readonly roots: number[] = [];
  readonly #text: string;
  readonly #kinds: TreeRow['kind'][] = [];
  readonly #names: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #parents: number[] = [];
  readonly #afters: number[] = [];
  readonly #sizes: number[] = [];
  readonly #places = new Map<number, ReadonlyMap<number, string>>();
  #open = -1;

  constructor(text: string) {
    this.#text = text;
  }

  element(start: number, end: number, stays: boolean): void {
    const name = nameAt(this.#text, start + 1);
    const node = this.#add('element', name, start, end);
    const before = this.#open;
    this.#open = node;
    const head = this.#text.slice(start + 1 + name.length, end);
    for (const match of head.matchAll(attribute)) {
      const valueStart = start + 1 + name.length + match.index + match[0].length - (match[2]?.length ?? 0);
      this.#add('attribute', `@${match[1] ?? ''}`, valueStart + 1, valueStart + (match[2]?.length ?? 2) - 1);
    }
    if (stays) return;
    this.#afters[node] = this.#kinds.length;
    this.#open = before;
  }

  /** False when the tag closes something else. */
  close(start: number, end: number): boolean {
    const node = this.#open;
    if (node < 0 || this.#names[node] !== nameAt(this.#text, start + 2)) return false;
    this.#end(node, end);
    this.#open = this.parent(node);
    return true;
  }

  leaf(kind: 'text' | 'comment', start: number, end: number): void {
    const isBlank = kind === 'text' && /^\s*$/.test(this.#text.slice(start, end));
    if (!isBlank) this.#add(kind, kind === 'text' ? '#text' : '#comment', start, end);
  }

  finish(partial: boolean): BodyTree | undefined {
    if (this.#open >= 0 && !partial) return undefined;
    for (let node = this.#open; node >= 0; node = this.parent(node)) this.#end(node, this.#text.length);
    return this.#kinds.includes('element') ? this : undefined;
  }

  parent(node: number): number {
    return this.#parents[node] ?? -1;
  }

  after(node: number): number {
    return this.#afters[node] ?? node + 1;
  }

  row(node: number): TreeRow {
    const kind = this.#kinds[node] ?? 'text';
    const children = this.#sizes[node] ?? 0;
    const only = kind === 'element' ? this.#onlyText(node) : undefined;
    const name = kind === 'element' ? `<${this.#names[node] ?? ''}>` : (this.#names[node] ?? '');
    if (only !== undefined) return { name, kind, shown: this.#shown(only), children: 0 };
    return { name, kind, shown: kind === 'element' ? '' : this.#shown(node), children };
  }

  path(node: number): string {
    const steps: string[] = [];
    for (let at = node; at >= 0; at = this.parent(at)) steps.push(this.#step(at));
    return `/${steps.reverse().join('/')}`;
  }

  value(node: number): string {
    const only = this.#onlyText(node);
    const at = only ?? node;
    return this.#text.slice(this.#starts[at], this.#ends[at]);
  }

  find(wanted: string, from: number, backwards: boolean): number | undefined {
    return findNode(this.#text, this.#starts, wanted, { from, backwards });
  }

  at(place: number): number {
    return innermostAt(this, this.#starts, this.#ends, place);
  }

  #shown(node: number): string {
    return oneLine(this.#text, this.#starts[node] ?? 0, this.#ends[node] ?? 0).trim();
  }

  /** An element that holds one text and nothing else is one row. */
  #onlyText(node: number): number | undefined {
    const holdsOne = this.#kinds[node] === 'element' && this.#sizes[node] === 1;
    return holdsOne && this.#kinds[node + 1] === 'text' ? node + 1 : undefined;
  }

  #step(node: number): string {
    const kind = this.#kinds[node];
    if (kind === 'attribute') return this.#names[node] ?? '';
    const test = kind === 'element' ? (this.#names[node] ?? '') : kind === 'text' ? 'text()' : 'comment()';
    return test + (this.#placesBelow(this.parent(node)).get(node) ?? '');
  }

  /** `[2]` for a node that has others of its name beside it; counted once a parent, when it is first asked for. */
  #placesBelow(parent: number): ReadonlyMap<number, string> {
    const known = this.#places.get(parent);
    if (known) return known;
    const siblings = parent < 0 ? this.roots : childrenOf(this, parent);
    const byName = new Map<string, number[]>();
    for (const node of siblings) {
      const name = this.#names[node] ?? '';
      const same = byName.get(name);
      if (same) same.push(node);
      else byName.set(name, [node]);
    }
    const places = new Map<number, string>();
    for (const same of byName.values()) {
      for (const [index, node] of same.entries()) places.set(node, same.length > 1 ? `[${index + 1}]` : '');
    }
    this.#places.set(parent, places);
    return places;
  }

  #add(kind: TreeRow['kind'], name: string, start: number, end: number): number {
    const node = this.#kinds.length;
    this.#kinds.push(kind);
    this.#names.push(name);
    this.#starts.push(start);
    this.#ends.push(end);
    this.#parents.push(this.#open);
    this.#afters.push(node + 1);
    this.#sizes.push(0);
    if (this.#open < 0) this.roots.push(node);
    else this.#sizes[this.#open] = (this.#sizes[this.#open] ?? 0) + 1;
    return node;
  }

  #end(node: number, end: number): void {
    this.#ends[node] = end;
    this.#afters[node] = this.#kinds.length;
  }
}

function nameAt(text: string, start: number): string {
  let end = start;
  while (end < text.length && !/[\s/>]/.test(text.charAt(end))) end++;
  return text.slice(start, end);
}
