import { getNodeValue, type Node } from 'jsonc-parser';
import type { EnvironmentSource, ProfileVariable } from './profile.ts';

/** Values of one profile while its sources are laid over each other: a later leaf replaces an earlier one, objects merge. */
export type ProfileTree = Map<string, Branch | Leaf>;

interface Branch {
  readonly kind: 'branch';
  readonly children: ProfileTree;
  readonly origin: Origin;
}

interface Leaf {
  readonly kind: 'leaf';
  /** What `{{name}}` gives: a string as it is, anything else as its JSON text. */
  readonly text: string;
  readonly json: string;
  readonly origin: Origin;
}

interface Origin {
  readonly source: string;
  readonly secret: boolean;
  readonly offset: number;
}

/** Lays the properties of a JSON object over `tree`. Names beginning with `$` are settings and not variables. */
export function overlay(tree: ProfileTree, object: Node, source: EnvironmentSource): void {
  for (const { name, key, value } of properties(object)) {
    if (name.startsWith('$')) continue;
    const origin = { source: source.path, secret: isSecretSource(source), offset: key.offset };
    const before = tree.get(name);
    if (value.type !== 'object') {
      tree.set(name, leaf(value, source.text, origin));
      continue;
    }
    const children: ProfileTree = before?.kind === 'branch' ? before.children : new Map();
    overlay(children, value, source);
    tree.set(name, { kind: 'branch', children, origin });
  }
}

/** Lays the lines of a `.env` file over `tree`. */
export function overlayTexts(tree: ProfileTree, variables: readonly ProfileVariable[]): void {
  for (const { name, value, source, secret, offset } of variables) {
    tree.set(name, { kind: 'leaf', text: value, json: JSON.stringify(value), origin: { source, secret, offset } });
  }
}

/** All values by path: `Security.Auth.token` for a leaf, and `Security` for the object as JSON text. */
export function flatten(tree: ProfileTree, prefix = ''): readonly ProfileVariable[] {
  return [...tree].flatMap(([key, node]) => {
    const name = prefix + key;
    if (node.kind === 'leaf') return [{ name, value: node.text, ...node.origin }];
    const secret = holdsSecret(node);
    return [{ name, value: jsonOf(node), ...node.origin, secret }, ...flatten(node.children, `${name}.`)];
  });
}

/** Properties of an object node in order; a half-written one without a value is left out. */
export function properties(object: Node): readonly { name: string; key: Node; value: Node }[] {
  return (object.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key && value ? [{ name: String(key.value), key, value }] : [];
  });
}

function isSecretSource(source: EnvironmentSource): boolean {
  return source.kind === 'private' || source.kind === 'user';
}

/** A number keeps its digits: what is written is what is sent. Arrays lose their comments, which JSON does not have. */
function leaf(value: Node, text: string, origin: Origin): Leaf {
  const asWritten = text.slice(value.offset, value.offset + value.length);
  const json = value.type === 'array' ? JSON.stringify(getNodeValue(value)) : asWritten;
  return { kind: 'leaf', text: value.type === 'string' ? String(value.value) : json, json, origin };
}

function jsonOf(node: Branch | Leaf): string {
  if (node.kind === 'leaf') return node.json;
  return `{${[...node.children].map(([name, child]) => `${JSON.stringify(name)}:${jsonOf(child)}`).join(',')}}`;
}

function holdsSecret(node: Branch | Leaf): boolean {
  if (node.kind === 'leaf') return node.origin.secret;
  return [...node.children.values()].some(holdsSecret);
}
