import * as vscode from 'vscode';
import { languageId } from '../contributions.ts';
import { loadLanguage } from '../loadEngine.ts';
import type { Registration } from '../registration.ts';
import type { LanguageFeatures } from './languageFeatures.ts';
import type { LanguageHost } from './languageHost.ts';

/**
 * Loads the language features right behind activation when a request file is open, else with the first one: Markdown alone never does.
 * The function that comes back loads them at once.
 */
export function startLanguage(
  host: LanguageHost,
  memory: vscode.Memento,
  registration: Registration,
): () => LanguageFeatures {
  let features: LanguageFeatures | undefined;
  const load = (): LanguageFeatures => (features ??= loadLanguage().registerLanguageFeatures(host, registration));
  const loadFor = (document: vscode.TextDocument): void => {
    if (document.languageId !== languageId) return;
    load();
    void loadLanguage().offerLensOwner(memory);
  };
  registration.own(vscode.workspace.onDidOpenTextDocument(loadFor));
  const soon = setTimeout(() => vscode.workspace.textDocuments.forEach(loadFor), 0);
  registration.own({ dispose: () => clearTimeout(soon) });
  return load;
}
