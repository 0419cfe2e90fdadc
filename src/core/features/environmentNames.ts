import { parseTree, type Node } from 'jsonc-parser';
import { templatesIn } from '../syntax/template.ts';
import { dotenvVariables } from '../variables/dotenv.ts';
import type { NameUse } from './names.ts';

/** An environment file as it stands: `http-client.env.json` and its company, or `.env`. */
export interface EnvironmentFile {
  readonly path: string;
  readonly text: string;
}

/** Names that an environment file defines, in every profile of it, and those that its values use. */
export function environmentNames({ path, text }: EnvironmentFile): readonly NameUse[] {
  if (/(?:^|[\\/])\.env[^\\/]*$/.test(path)) {
    return dotenvVariables({ path, kind: 'dotenv', text }).map(({ name, offset }) => ({
      kind: 'variable',
      name,
      span: { start: offset, end: offset + name.length },
      role: 'definition',
    }));
  }
  const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: false });
  const levels = (root?.children ?? []).flatMap((property) => property.children?.[1] ?? []);
  return levels.flatMap((level) => namesBelow(level, '', text));
}

/** A nested object is reached by its path: `Security.Auth.token`; the place is that of the last key alone. */
function namesBelow(object: Node, prefix: string, text: string): NameUse[] {
  return (object.type === 'object' ? (object.children ?? []) : []).flatMap((property): NameUse[] => {
    const [key, value] = property.children ?? [];
    if (!key || String(key.value).startsWith('$')) return [];
    const name = prefix + String(key.value);
    const span = { start: key.offset + 1, end: key.offset + key.length - 1 };
    const own: NameUse = { kind: 'variable', name, span, role: 'definition' };
    return [own, ...(value ? [...namesBelow(value, `${name}.`, text), ...usesIn(value, text)] : [])];
  });
}

function usesIn(value: Node, text: string): NameUse[] {
  if (value.type !== 'string') return [];
  return templatesIn(text.slice(value.offset, value.offset + value.length), value.offset).flatMap(({ form, inner }) => {
    if (form.kind !== 'name' && form.kind !== 'path') return [];
    const name = form.kind === 'name' ? form.name : form.root;
    const span = { start: inner.span.start, end: inner.span.start + name.length };
    return [{ kind: 'variable', name, span, role: 'use' }];
  });
}
