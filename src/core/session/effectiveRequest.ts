import { layersInForce, type DefaultsLayer, type SettingOrigin } from './defaultsLayer.ts';
import { exactKey, headerKey, overlayPairs, type MergePair } from './merge.ts';
import { productHeaders } from './productHeaders.ts';
import { settingsPart, withDefaults } from './settingsPart.ts';
import { defaultSettings, type DefaultsPart, type SendSettings } from './settings.ts';

export interface EffectiveInput {
  /** The product's settings with the user's over them. */
  readonly settings: SendSettings;
  /** Everything else that gives defaults, weakest first. */
  readonly layers: readonly DefaultsLayer[];
  /** Absolute URL that mounts are chosen for; `undefined` while it is not known. */
  readonly url: string | undefined;
}

/** What a request is merged with. Values are as written: placeholders in them are not replaced yet. */
export interface EffectiveRequest {
  /** A `null` is kept: it also removes what the product would send by itself. */
  readonly headers: readonly OriginPair[];
  readonly params: readonly OriginPair[];
  readonly cookies: readonly OriginPair[];
  readonly settings: SendSettings;
  /** What holds for this URL, weakest first, the settings too: for `provenanceOf`. Worked out when asked for: a send does not. */
  readonly layers: () => readonly DefaultsLayer[];
}

export type OriginPair = readonly [name: MergePair[0], value: MergePair[1], origin: SettingOrigin];

/**
 * All defaults that hold for one URL, merged by requests' rules (SESSION 1.1): mappings by name, anything else whole; the
 * product, the settings, `"$session"`, the running session, its mount, and the command line, each over the one before.
 */
export function effectiveRequest({ settings, layers, url }: EffectiveInput): EffectiveRequest {
  const inForce = layersInForce(layers, url);
  return {
    headers: mergedPairs(inForce, 'headers', headerKey),
    params: mergedPairs(inForce, 'params', exactKey),
    cookies: mergedPairs(inForce, 'cookies', exactKey),
    settings: inForce.reduce((merged, { defaults }) => withDefaults(merged, defaults), settings),
    layers: () => [...settingLayers(settings), ...inForce],
  };
}

function mergedPairs(
  layers: readonly DefaultsLayer[],
  setting: 'headers' | 'params' | 'cookies',
  keyOf: (name: string) => string,
): readonly OriginPair[] {
  return layers.reduce<readonly OriginPair[]>((merged, { origin, defaults }) => {
    const pairs = (defaults[setting] ?? []).map(([name, value]): OriginPair => [name, value, origin]);
    return overlayPairs(merged, pairs, keyOf);
  }, []);
}

/** The settings as two layers: what the product says, and where the user said otherwise. */
function settingLayers(settings: SendSettings): readonly DefaultsLayer[] {
  const product = settingsPart(defaultSettings);
  return [
    { origin: { kind: 'product' }, defaults: { headers: productHeaders, ...product } },
    { origin: { kind: 'settings' }, defaults: changedPart(product, settingsPart(settings)) },
  ];
}

/** What `after` says otherwise than `before`; members of a setting one by one. */
export function changedPart(before: DefaultsPart, after: DefaultsPart): DefaultsPart {
  return changedMembers(before, after);
}

function changedMembers(before: object, after: object): object {
  const old = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after).flatMap(([name, value]: [string, unknown]) => {
    const was = old.get(name);
    if (isMapping(was) && isMapping(value)) {
      const members = changedMembers(was, value);
      return Object.keys(members).length === 0 ? [] : [[name, members] as const];
    }
    return JSON.stringify(was) === JSON.stringify(value) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changed);
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
