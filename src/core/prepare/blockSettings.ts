import type { SendSettings } from '../session/settings.ts';
import type { TagNode } from '../syntax/ast.ts';
import { writtenAs } from '../variables/written.ts';
import { pathInFile } from './absolutePaths.ts';
import { curlSettings } from './curlSettings.ts';
import type { PrepareInput } from './prepareInput.ts';
import { settingsFromTags, type TagSettings } from './settingsFromTags.ts';

/** The settings with what the block itself says over them: options of its curl command, then its tags, placeholders replaced. */
export async function blockSettings(input: PrepareInput, base: SendSettings): Promise<TagSettings> {
  const { curl } = input.block.request;
  const tags: TagNode[] = [];
  const problems: TagSettings['problems'][number][] = [];
  for (const tag of input.block.tags) {
    const resolved = await resolvedTag(tag, input);
    tags.push(resolved.tag);
    problems.push(...resolved.problems);
  }
  const own = curl && (await curlSettings(curl, base, input));
  const tagged = settingsFromTags(tags, own?.settings ?? base);
  return { settings: tagged.settings, problems: [...(own?.problems ?? []), ...problems, ...tagged.problems] };
}

/** Tags of the transport; the others resolve their own values, or have none. */
const transportTags: ReadonlySet<string> = new Set([
  'proxy',
  'cert',
  'timeout',
  'connection-timeout',
  'total-timeout',
  'retry',
]);

async function resolvedTag(
  tag: TagNode,
  input: PrepareInput,
): Promise<{ tag: TagNode } & Pick<TagSettings, 'problems'>> {
  if (tag.value === undefined || !transportTags.has(tag.name)) return { tag, problems: [] };
  const resolved = await input.resolver.resolve(writtenAs(tag.value, input.document.text), 'path');
  const text = tag.name === 'cert' ? pathInFile(resolved.text.trim(), input) : resolved.text;
  return { tag: { ...tag, value: { ...tag.value, text } }, problems: resolved.problems };
}
