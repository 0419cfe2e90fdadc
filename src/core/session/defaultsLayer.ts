import { mountIndex } from './mount.ts';
import type { DefaultsPart } from './settings.ts';

/** Who said a default: what a preview, a hover and the session view tell. */
export type SettingOrigin =
  | { readonly kind: 'product' | 'settings' | 'restClient' | 'flags' | 'request' }
  /** `"$session"` of a profile; `name` is `$shared` for the one below all of them. */
  | { readonly kind: 'profile'; readonly name: string; readonly source: string }
  | { readonly kind: 'session'; readonly name: string }
  | { readonly kind: 'mount'; readonly prefix: string; readonly of: SettingOrigin };

/** One set of defaults with its origin. Lists of layers begin with the weakest. */
export interface DefaultsLayer {
  readonly origin: SettingOrigin;
  readonly defaults: DefaultsPart;
}

/**
 * The layers that hold for a URL, weakest first: those given, then the mount that matches it, and flags of a command line
 * above all. Of equal prefixes in several layers the strongest layer's is the one mounted.
 */
export function layersInForce(layers: readonly DefaultsLayer[], url: string | undefined): readonly DefaultsLayer[] {
  const mounts = url === undefined ? [] : mountLayers(layers);
  const index = mountIndex(
    mounts.map(({ origin }) => origin.prefix),
    url ?? '',
  );
  const mounted = index === undefined ? [] : mounts.slice(index, index + 1).map((mount) => boundTo(url ?? '', mount));
  const flags = layers.filter(({ origin }) => origin.kind === 'flags');
  const inForce = [...layers.filter((layer) => !flags.includes(layer)), ...mounted, ...flags];
  return inForce.map(({ origin, defaults }) => {
    const { mount, ...others } = defaults;
    return { origin, defaults: mount ? others : defaults };
  });
}

/** The mounts of all layers, each as a layer: the strongest layer first, so that it wins a tie; within a layer in its order. */
export function mountLayers(layers: readonly DefaultsLayer[]): readonly MountLayer[] {
  const taken = new Set<string>();
  return layers.toReversed().flatMap(({ origin, defaults: { mount = [] } }) => {
    const own = mount.filter(({ prefix }) => !taken.has(prefix));
    for (const { prefix } of own) taken.add(prefix);
    return own.map(({ prefix, defaults }): MountLayer => ({ origin: { kind: 'mount', prefix, of: origin }, defaults }));
  });
}

/** Credentials and a certificate that name no origin are for the one that the mount holds for, also when the send began elsewhere. */
function boundTo(url: string, { origin: by, defaults }: MountLayer): DefaultsLayer {
  const { origin } = new URL(url);
  const { cert, auth } = defaults;
  return {
    origin: by,
    defaults: {
      ...defaults,
      ...(cert && { cert: { origins: [origin], ...(typeof cert === 'string' ? { file: cert } : cert) } }),
      ...(auth && { auth: { origin, ...auth } }),
    },
  };
}

interface MountLayer extends DefaultsLayer {
  readonly origin: Extract<SettingOrigin, { kind: 'mount' }>;
}
