import { mountIndex } from './mount.ts';
import type { CertSetting, DefaultsPart, Mount } from './settings.ts';

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
  const mounts = url === undefined ? [] : mountsOf(layers);
  const index = mountIndex(
    mounts.map(({ mount }) => mount.prefix),
    url ?? '',
  );
  const mounted = index === undefined ? undefined : mounts[index];
  const flags = layers.filter(({ origin }) => origin.kind === 'flags');
  const inForce = [
    ...layers.filter((layer) => !flags.includes(layer)),
    ...(mounted && url !== undefined ? [mountLayer(mounted, url)] : []),
    ...flags,
  ];
  return inForce.map(({ origin, defaults }) => {
    const { mount, ...others } = defaults;
    return { origin, defaults: mount ? others : defaults };
  });
}

interface OwnedMount {
  readonly mount: Mount;
  readonly origin: SettingOrigin;
}

/** Strongest layer first, so that it wins a tie; within a layer in its order. */
function mountsOf(layers: readonly DefaultsLayer[]): readonly OwnedMount[] {
  const taken = new Set<string>();
  return layers.toReversed().flatMap(({ origin, defaults: { mount = [] } }) => {
    const own = mount.filter(({ prefix }) => !taken.has(prefix));
    for (const { prefix } of own) taken.add(prefix);
    return own.map((each) => ({ mount: each, origin }));
  });
}

function mountLayer({ mount, origin }: OwnedMount, url: string): DefaultsLayer {
  const { cert, auth } = mount.defaults;
  const defaults = {
    ...mount.defaults,
    ...(cert && { cert: certificateAt(cert, url) }),
    // Credentials as well: those of one mount never go where another holds.
    ...(auth && { auth: { origin: new URL(url).origin, ...auth } }),
  };
  return { origin: { kind: 'mount', prefix: mount.prefix, of: origin }, defaults };
}

/** A certificate that names no origins is for those that the mount holds for, also when the send began elsewhere. */
function certificateAt(cert: CertSetting, url: string): CertSetting {
  const certificate = typeof cert === 'string' ? { file: cert } : cert;
  return { origins: [new URL(url).origin], ...certificate };
}
