import type { SettingOrigin } from './defaultsLayer.ts';

/** Who said a default, for people: `environment dev`, `session default`. */
export function originWords(origin: SettingOrigin): string {
  switch (origin.kind) {
    case 'product':
      return 'Crumbtrail';
    case 'settings':
      return 'settings';
    case 'restClient':
      return 'setting rest-client.defaultHeaders';
    case 'flags':
      return 'command line';
    case 'request':
      return 'this request';
    case 'profile':
      return `environment ${origin.name}`;
    case 'session':
      return `session ${origin.name}`;
    case 'mount':
      return `${originWords(origin.of)}, mount ${origin.prefix}`;
    default:
      return origin satisfies never;
  }
}
