/* Entry of dist/language.cjs: what is loaded when the first request file is open. */
import type * as vscode from 'vscode';
import type { Registration } from '../registration.ts';
import { registerCodeActions } from './codeActions.ts';
import { registerCompletion } from './completionProvider.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { registerEnvironmentActions } from './environmentActions.ts';
import { registerEnvironmentDecoration } from './environmentDecoration.ts';
import { Hovers } from './hoverProvider.ts';
import type { LanguageHost } from './languageHost.ts';
import { registerNavigation } from './navigation.ts';
import { registerOutline } from './outline.ts';
import { RequestTexts } from './requestTexts.ts';
import { registerTextProviders } from './textProviders.ts';
import { registerUnsentDecoration } from './unsentDecoration.ts';
import { offerLensOwner, takeOverSettings } from './otherTools.ts';
import { pickRequest, registerWorkspaceSymbols } from './workspaceRequests.ts';

export { offerLensOwner, takeOverSettings };

/** What commands of the extension ask of the language features. */
export interface LanguageFeatures {
  showValue(uri: string, name: string): Promise<void>;
  pickRequest(): Promise<{ readonly uri: vscode.Uri; readonly offset: number } | undefined>;
}

/** Registers every language feature of request files. */
export function registerLanguageFeatures(host: LanguageHost, registration: Registration): LanguageFeatures {
  const texts = new RequestTexts(host, registration);
  const hovers = new Hovers(host, registration);
  registerOutline(host, registration);
  registerDiagnostics(host, texts, registration);
  registerUnsentDecoration(host, registration);
  registerEnvironmentDecoration(host, registration);
  registerEnvironmentActions(registration);
  registerNavigation(host, texts, registration);
  registerCompletion(host, registration);
  registerCodeActions(host, registration);
  registerTextProviders(host, registration);
  registerWorkspaceSymbols(texts, registration);
  return { showValue: (uri, name) => hovers.show(uri, name), pickRequest: () => pickRequest(texts) };
}
