import * as vscode from 'vscode';
import { editorProxy } from '../core/http/proxy/editorProxy.ts';
import { certificateSettings } from '../core/session/certificateSettings.ts';
import type { DefaultsLayer } from '../core/session/defaultsLayer.ts';
import { readDefaults } from '../core/session/readDefaults.ts';
import { defaultSettings, type RedirectPolicy, type SendSettings } from '../core/session/settings.ts';
import { settingLayers } from '../core/run/settingLayers.ts';
import type { SettingId } from './contributions.ts';

/** The settings of one resource, read once a send: a readonly snapshot (house style 9). */
export interface ExtensionSettings {
  readonly send: SendSettings;
  readonly variablePrecedence: 'file' | 'environment';
  readonly runDependencies: 'ask' | 'always' | 'never';
  /** What Send All does after a request that was not answered below 400. */
  readonly onFailure: 'continue' | 'stop';
  readonly environmentVariables: Readonly<Record<string, unknown>>;
  /** REST Client's environments, a read-only fallback. */
  readonly restClientEnvironmentVariables: Readonly<Record<string, unknown>>;
  /** Session defaults from settings, weakest first. */
  readonly defaults: readonly DefaultsLayer[];
  readonly store: string;
  /** False: cookies without an expiry end with the window. */
  readonly keepSessionCookies: boolean;
}

export function readSettings(resource: vscode.Uri | undefined): ExtensionSettings {
  const ours = vscode.workspace.getConfiguration('crumbtrail', resource);
  const get = <T>(id: SettingId, fallback: T): T => ours.get<T>(id) ?? fallback;
  return {
    send: {
      ...defaultSettings,
      policy: get<RedirectPolicy>('redirectPolicy', 'standard'),
      followRedirects: get('followRedirects', true),
      maxRedirects: get('maxRedirects', defaultSettings.maxRedirects),
      cookieHeader: get<'merge' | 'replace'>('cookieHeader', 'merge'),
      timeouts: { connectMs: limit(get('connectTimeout', 0)), readMs: limit(get('readTimeout', 0)) },
      // 0 is what the product says anyway.
      retry: readDefaults({ retry: get<unknown>('retry', 0) }).defaults.retry || undefined,
      ...connectionSettings(resource, get),
    },
    variablePrecedence: get<'file' | 'environment'>('variablePrecedence', 'file'),
    runDependencies: get<'ask' | 'always' | 'never'>('runDependencies', 'ask'),
    onFailure: get<'continue' | 'stop'>('sendAll.onFailure', 'continue'),
    environmentVariables: get('environmentVariables', {}),
    restClientEnvironmentVariables:
      vscode.workspace.getConfiguration('rest-client', resource).get('environmentVariables') ?? {},
    defaults: settingLayers({
      sessionDefaults: get<unknown>('sessionDefaults', undefined),
      restClientHeaders: restClientHeaders(resource),
    }).layers,
    store: get('store', ''),
    keepSessionCookies: get('keepSessionCookies', true),
  };
}

/** What is kept of exchanges, read with each of them. */
export interface HistorySettings {
  readonly enabled: boolean;
  readonly maxEntries: number;
  /** Names of headers that comparisons leave out; `*`: all. */
  readonly ignoredHeaders: readonly string[];
}

export function readHistorySettings(resource: vscode.Uri | undefined): HistorySettings {
  const ours = vscode.workspace.getConfiguration('crumbtrail', resource);
  const get = <T>(id: SettingId, fallback: T): T => ours.get<T>(id) ?? fallback;
  return {
    enabled: get('history.enabled', true),
    maxEntries: get('history.maxEntries', 500),
    ignoredHeaders: get<readonly string[]>('compare.ignoredHeaders', []),
  };
}

/** How hosts are reached and trusted: our settings, the editor's proxy, and REST Client's certificates below our own. */
function connectionSettings(
  resource: vscode.Uri | undefined,
  get: <T>(id: SettingId, fallback: T) => T,
): Pick<SendSettings, 'verify' | 'proxies' | 'trustEnv' | 'certificates' | 'editorProxy' | 'systemCertificates'> {
  const all = vscode.workspace.getConfiguration(undefined, resource);
  return {
    verify: get<boolean | string>('verify', true),
    proxies: get('proxies', {}),
    trustEnv: get('trustEnv', true),
    certificates: certificateSettings(get('certificates', {}), all.get('rest-client.certificates')),
    editorProxy: editorProxy((name) => all.get(name)),
    systemCertificates: all.get('http.systemCertificates', true),
  };
}

/** Only what somebody wrote: REST Client's own default is a name for itself. */
function restClientHeaders(resource: vscode.Uri | undefined): unknown {
  const written = vscode.workspace.getConfiguration('rest-client', resource).inspect('defaultHeaders');
  return written?.workspaceFolderValue ?? written?.workspaceValue ?? written?.globalValue;
}

/** 0 in a setting means no limit. */
function limit(milliseconds: number): number | undefined {
  return milliseconds > 0 ? milliseconds : undefined;
}
