import type { DefaultsLayer } from '../session/defaultsLayer.ts';
import { readDefaults } from '../session/readDefaults.ts';
import type { SettingFault } from '../session/readSetting.ts';

/** Settings of an editor that give every session defaults, as they are written. */
export interface WrittenSettings {
  /** `crumbtrail.sessionDefaults`. */
  readonly sessionDefaults: unknown;
  /** `rest-client.defaultHeaders`: read as a fallback, so that its users need not copy it (C22). */
  readonly restClientHeaders: unknown;
}

/** The layers of these settings, weakest first, and what is wrong with our own. */
export function settingLayers({ sessionDefaults, restClientHeaders }: WrittenSettings): {
  readonly layers: readonly DefaultsLayer[];
  readonly faults: readonly SettingFault[];
} {
  const fallback = readDefaults(restClientHeaders === undefined ? {} : { headers: restClientHeaders });
  const own = readDefaults(sessionDefaults ?? {});
  const layers: DefaultsLayer[] = [
    { origin: { kind: 'restClient' }, defaults: fallback.defaults },
    { origin: { kind: 'settings' }, defaults: own.defaults },
  ];
  return { layers: layers.filter(({ defaults }) => Object.keys(defaults).length > 0), faults: own.faults };
}
