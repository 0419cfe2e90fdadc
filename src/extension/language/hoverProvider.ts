import * as vscode from 'vscode';
import { hoverPlace, placeholderHover, type HoverPlace } from '../../core/features/hover.ts';
import { isRequestBlock } from '../../core/syntax/query.ts';
import type { CommandId } from '../contributions.ts';
import type { Registration } from '../registration.ts';
import type { LanguageHost } from './languageHost.ts';
import { httpDocuments, rangeOf } from './ranges.ts';

/** Hovers. What is secret stays masked until somebody asks for it, and then until the window is reloaded. */
export class Hovers implements vscode.HoverProvider {
  readonly #host: LanguageHost;
  readonly #shown = new Set<string>();

  constructor(host: LanguageHost, registration: Registration) {
    this.#host = host;
    registration.own(vscode.languages.registerHoverProvider(httpDocuments, this));
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const place = hoverPlace(this.#host.parse(document), document.offsetAt(position));
    if (!place) return undefined;
    const text = await this.#text(document, place);
    return text && new vscode.Hover(text, rangeOf(document, place.span));
  }

  /** The command behind `Show the value`: from now on hovers of that name in that document tell it. */
  async show(uri: string, name: string): Promise<void> {
    this.#shown.add(`${uri}\n${name}`);
    await vscode.commands.executeCommand('editor.action.showHover');
  }

  async #text(document: vscode.TextDocument, place: HoverPlace): Promise<vscode.MarkdownString | undefined> {
    switch (place.kind) {
      case 'text':
        return new vscode.MarkdownString(place.text);
      case 'request':
        return this.#request(document, place);
      case 'placeholder':
        return this.#placeholder(document, place);
    }
  }

  async #request(
    document: vscode.TextDocument,
    { block, text }: Extract<HoverPlace, { kind: 'request' }>,
  ): Promise<vscode.MarkdownString | undefined> {
    const markdown = new vscode.MarkdownString(text);
    const preview = await this.#host.previews?.text(document, this.#host.parse(document), block);
    if (preview !== undefined) markdown.appendCodeblock(preview, 'http');
    return markdown.value === '' ? undefined : markdown;
  }

  async #placeholder(
    document: vscode.TextDocument,
    place: Extract<HoverPlace, { kind: 'placeholder' }>,
  ): Promise<vscode.MarkdownString | undefined> {
    const tree = this.#host.parse(document);
    const { form, inner } = place.placeholder;
    const surroundings = await this.#host.surroundings(document);
    const value =
      isRequestBlock(place.block) && form.kind !== 'function'
        ? await this.#host.previews?.value(document, tree, place.block, inner.text)
        : undefined;
    const uri = document.uri.toString();
    const hover = placeholderHover(tree, place, surroundings, value, this.#shown.has(`${uri}\n${inner.text}`));
    if (!hover) return undefined;
    const markdown = new vscode.MarkdownString(hover.text);
    if (!hover.isMasked) return markdown;
    const command: `crumbtrail.${CommandId}` = 'crumbtrail.showValue';
    const argument = encodeURIComponent(JSON.stringify([uri, inner.text]));
    markdown.appendMarkdown(`\n\n[${vscode.l10n.t('Show the value')}](command:${command}?${argument})`);
    markdown.isTrusted = { enabledCommands: [command] };
    return markdown;
  }
}
