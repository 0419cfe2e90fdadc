import type * as vscode from 'vscode';
import type { EnvironmentFile } from '../../core/features/environmentNames.ts';
import type { Surroundings } from '../../core/features/surroundings.ts';
import type { HttpDocument, RequestBlock } from '../../core/syntax/ast.ts';
import type { Problem } from '../../core/text/problem.ts';
import type { Value } from '../../core/variables/value.ts';

/** What language features ask of the program they run in. Nothing of it sends, asks anybody or runs code (invariant 10). */
export interface LanguageHost {
  parse(document: vscode.TextDocument): HttpDocument;
  surroundings(document: vscode.TextDocument): Promise<Surroundings>;
  environmentFiles(document: vscode.TextDocument): Promise<readonly EnvironmentFile[]>;
  /** Git has the file, so that others get what stands in it. */
  isTracked(uri: vscode.Uri): Promise<boolean>;
  /** What would be sent could be looked up; absent where nothing can be sent, as in VS Code for the Web. */
  readonly previews: LanguagePreviews | undefined;
  /** Environments or the session have changed. */
  readonly onDidChange: vscode.Event<void>;
}

export interface LanguagePreviews {
  /** Of a long document those of the blocks that are, or have been, in sight. */
  problems(document: vscode.TextDocument, tree: HttpDocument): Promise<readonly Problem[]>;
  dependOnSight(tree: HttpDocument): boolean;
  /** Another file has changed that some document imports. */
  outdated(): void;
  /** The request as it would go, its cookies and those that stay, secrets masked. */
  text(document: vscode.TextDocument, tree: HttpDocument, block: RequestBlock): Promise<string>;
  value(document: vscode.TextDocument, tree: HttpDocument, block: RequestBlock, expression: string): Promise<Value>;
}
