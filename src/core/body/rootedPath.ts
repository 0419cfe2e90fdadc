/** A JSONPath (RFC 9535) as a person writes it: one without `$` starts at the root, and `$.[0]` is read as `$[0]`. */
export function rootedPath(path: string): string {
  const trimmed = path.trim();
  const fromRoot = trimmed.startsWith('$') ? trimmed : trimmed.startsWith('[') ? `$${trimmed}` : `$.${trimmed}`;
  return fromRoot.replaceAll(/(?<!\.)\.\[/g, '[');
}
