import * as vscode from 'vscode';
import type { SettingId } from '../contributions.ts';

/** Settings of the language features, read when they are needed. */
export interface LanguageSettings {
  /** Values of variables beside their names. */
  readonly inlayHints: boolean;
  /** Lenses above requests. */
  readonly lenses: boolean;
  /** Lenses above requests in Markdown fences. */
  readonly markdown: boolean;
}

export function languageSettings(resource: vscode.Uri): LanguageSettings {
  const ours = vscode.workspace.getConfiguration('crumbtrail', resource);
  const get = (id: SettingId, fallback: boolean): boolean => ours.get<boolean>(id) ?? fallback;
  return { inlayHints: get('inlayHints', false), lenses: get('lenses', true), markdown: get('markdown', true) };
}
