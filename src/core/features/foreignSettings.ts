import { isObject } from '../text/jsonShape.ts';

/** One setting of another tool that somebody wrote, and what becomes of it here. */
export interface MigratedSetting {
  /** For example `rest-client.followredirect`. */
  readonly from: string;
  readonly value: unknown;
  /** Settings of ours to write, by their id without `crumbtrail.`; empty when there is nothing to do or nothing that can be done. */
  readonly writes: Readonly<Record<string, unknown>>;
  /** `same`: read where it stands; `write`: can be taken over; `none`: has no counterpart. */
  readonly kind: 'same' | 'write' | 'none';
  /** In words: what happens here. */
  readonly words: string;
}

type Reading = Omit<MigratedSetting, 'from' | 'value'>;

const same = (words: string): Reading => ({ kind: 'same', writes: {}, words });
const none = (words: string): Reading => ({ kind: 'none', writes: {}, words });
const write = (writes: Readonly<Record<string, unknown>>, words: string): Reading => ({ kind: 'write', writes, words });

const looks = none('The response view follows the fonts and colours of the editor; there is nothing to set.');

/** What is known of the settings of REST Client and httpYac, by their ids. */
const readings: Readonly<Record<string, (value: unknown) => Reading>> = {
  'rest-client.followredirect': follow,
  'rest-client.timeoutinmilliseconds': timeout,
  'rest-client.rememberCookiesForSubsequentRequests': cookies,
  'rest-client.defaultHeaders': () => same('Read as the weakest session defaults; nothing to do.'),
  'rest-client.environmentVariables': () =>
    same('Read as environments; those of files and of crumbtrail.environmentVariables win.'),
  'rest-client.certificates': () => same('Read as client certificates below crumbtrail.certificates.'),
  'rest-client.excludeHostsForProxy': (value) =>
    Array.isArray(value) && value.length > 0
      ? write(
          { proxies: { no_proxy: value.join(',') } },
          'Hosts reached without a proxy: crumbtrail.proxies, no_proxy.',
        )
      : none('Names no host.'),
  'rest-client.showResponseInDifferentTab': () =>
    none('One tab is reused; "Pin" in the response view keeps a response and lets the next one open another tab.'),
  'rest-client.enableSendRequestCodeLens': () =>
    none('Says whether REST Client shows its lens; crumbtrail.lenses says it for Crumbtrail.'),
  'rest-client.formParamEncodingStrategy': () =>
    none('Forms are sent as they are written; characters that no form may hold are escaped.'),
  'rest-client.previewOption': () => none('Request, headers and body are tabs of one response view.'),
  'rest-client.mimeAndFileExtensionMapping': () =>
    none('A saved body is named by Content-Disposition, the URL or its type.'),
  'rest-client.useContentDispositionFilename': () => none('A saved body is named by Content-Disposition first.'),
  'rest-client.largeResponseBodySizeLimitInMB': () => none('Bodies of any size are shown; there is no limit to set.'),
  'rest-client.fontSize': () => looks,
  'rest-client.fontFamily': () => looks,
  'rest-client.fontWeight': () => looks,
  'rest-client.enableTelemetry': () => none('Crumbtrail has no telemetry.'),
  'httpyac.requestDefaultHeaders': (value) =>
    isObject(value)
      ? write({ sessionDefaults: { headers: value } }, 'Session defaults: crumbtrail.sessionDefaults, headers.')
      : none('Names no header.'),
  'httpyac.requestGotOptions': gotOptions,
  'httpyac.cookieJarEnabled': cookies,
  'httpyac.environmentVariables': (value) =>
    write({ environmentVariables: value }, 'Environments in settings: crumbtrail.environmentVariables.'),
  'httpyac.environmentSelectedOnStart': () =>
    none('The environment is chosen for each folder and remembered; choose it once in the status bar.'),
  'httpyac.clientCertificates': certificates,
  'httpyac.clientCertficates': certificates,
  'httpyac.envDirName': () =>
    none('Environment files are read beside the request file, in the folders above it, and in their env folders.'),
  'httpyac.maxHistoryItems': () => none('The history has bounds of its own.'),
  'httpyac.codelens': () => none('Says which lenses httpYac shows; crumbtrail.lenses says it for Crumbtrail.'),
};

/**
 * What becomes of settings of REST Client and httpYac, in the order of their ids. `written` holds only what somebody wrote: a default
 * of another tool is no wish.
 */
export function migratedSettings(written: Readonly<Record<string, unknown>>): readonly MigratedSetting[] {
  return Object.entries(written)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([from, value]) => ({
      from,
      value,
      ...(readings[from]?.(value) ?? none('There is no counterpart.')),
    }));
}

/** The settings to write for these, those that two of them name merged key by key. */
export function settingsToWrite(chosen: readonly MigratedSetting[]): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const { writes } of chosen) {
    for (const [id, value] of Object.entries(writes)) {
      const before = all[id];
      all[id] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
    }
  }
  return all;
}

function follow(value: unknown): Reading {
  return value === false
    ? write({ followRedirects: false }, 'crumbtrail.followRedirects.')
    : same('Redirects are followed, and each is shown as a hop.');
}

/** REST Client's is for the whole request; ours are for connecting and for each pause. */
function timeout(value: unknown): Reading {
  return typeof value === 'number' && value > 0
    ? write(
        { connectTimeout: value, readTimeout: value },
        'crumbtrail.connectTimeout and crumbtrail.readTimeout: the longest wait for a connection and between bytes.',
      )
    : none('No limit; here a connection has 30 s and a pause 120 s unless the settings say 0.');
}

function cookies(value: unknown): Reading {
  return value === false
    ? none('Each session keeps its cookies; "# @no-cookie-jar" above a request sends and keeps none.')
    : same('Each session keeps its cookies.');
}

function certificates(value: unknown): Reading {
  return write({ certificates: value }, 'Client certificates by host: crumbtrail.certificates.');
}

function gotOptions(value: unknown): Reading {
  if (!isObject(value)) return none('Holds no options.');
  const { timeout: milliseconds, followRedirect, maxRedirects, rejectUnauthorized } = value;
  const writes = {
    ...(typeof milliseconds === 'number' && { connectTimeout: milliseconds, readTimeout: milliseconds }),
    ...(followRedirect === false && { followRedirects: false }),
    ...(typeof maxRedirects === 'number' && { maxRedirects }),
    ...(rejectUnauthorized === false && { verify: false }),
  };
  return Object.keys(writes).length > 0
    ? write(
        writes,
        'Timeouts, redirects and certificate verification have settings of their own; other options have no counterpart.',
      )
    : none('None of these options has a counterpart.');
}
