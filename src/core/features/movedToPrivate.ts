import { applyEdits, getLocation, getNodeValue, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';

/** Two environment files after the value at `offset` of the public one went over to the private one. */
export interface MovedValue {
  /** The variable's own name, without the objects it stands in. */
  readonly name: string;
  readonly publicText: string;
  readonly privateText: string;
}

/** Moves a value, its place among environments and objects kept; `undefined` when there is none at `offset`. */
export function movedToPrivate(publicText: string, offset: number, privateText: string): MovedValue | undefined {
  const path = getLocation(publicText, offset + 1).path;
  const root = parseTree(publicText);
  const node = root && findNodeAtLocation(root, path);
  const name = path.at(-1);
  if (!node || path.length < 2 || typeof name !== 'string') return undefined;
  const options = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };
  const before = privateText.trim() === '' ? '{}\n' : privateText;
  return {
    name,
    publicText: applyEdits(publicText, modify(publicText, path, undefined, options)),
    privateText: applyEdits(before, modify(before, path, getNodeValue(node), options)),
  };
}
