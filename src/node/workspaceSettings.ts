import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { settingLayers } from '../core/run/settingLayers.ts';
import { isObject } from '../core/text/jsonShape.ts';

/** The session defaults of a folder's `.vscode/settings.json`, for a program that no editor gives its settings. */
export async function readSettingLayers(root: string): Promise<ReturnType<typeof settingLayers>> {
  const text = await readFile(join(root, '.vscode', 'settings.json'), 'utf8').catch(() => '{}');
  const settings: unknown = parse(text, [], { allowTrailingComma: true });
  const named = isObject(settings) ? settings : {};
  return settingLayers({
    sessionDefaults: named['crumbtrail.sessionDefaults'],
    restClientHeaders: named['rest-client.defaultHeaders'],
  });
}
