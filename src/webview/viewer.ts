/**
 * Entry of dist/viewer.js: a read-only CodeMirror for bodies that are too long for plain text. Loaded by the shell when it is needed;
 * grammars other than JSON's are chunks of their own, loaded with the first text that has them.
 */
import { jsonLanguage } from '@codemirror/lang-json';
import { codeFolding, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { readingKeys } from './readingKeys.ts';
import { lineColours } from './lineColours.ts';
import type { CodeLanguage, CodeText, CodeViewer, CreateViewer, ViewerOptions } from './viewerApi.ts';

export const create: CreateViewer = (parent, options) => new ReadOnlyViewer(parent, options);

class ReadOnlyViewer implements CodeViewer {
  readonly #language = new Compartment();
  readonly #wrap = new Compartment();
  readonly #view: EditorView;
  #shown: CodeText;

  constructor(parent: HTMLElement, options: ViewerOptions) {
    this.#shown = { text: options.text, language: options.language };
    const state = EditorState.create({ doc: options.text, extensions: this.#extensions(options) });
    this.#view = new EditorView({ parent, state });
    void this.#colour(options.language);
  }

  show(code: CodeText): void {
    if (code.text === this.#shown.text && code.language === this.#shown.language) return;
    this.#shown = code;
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: code.text },
      effects: this.#language.reconfigure(builtIn(code.language)),
    });
    void this.#colour(code.language);
  }

  /** The text stands at once; its colours come when the grammar has loaded, and never when that fails. */
  async #colour(language: CodeLanguage): Promise<void> {
    const loaded = await grammars[language]?.().catch(() => undefined);
    if (loaded === undefined || this.#shown.language !== language) return;
    this.#view.dispatch({ effects: this.#language.reconfigure(loaded.language) });
  }

  setWrap(wrap: boolean): void {
    this.#view.dispatch({ effects: this.#wrap.reconfigure(wrap ? EditorView.lineWrapping : []) });
  }

  openSearch(): void {
    openSearchPanel(this.#view);
  }

  destroy(): void {
    this.#view.destroy();
  }

  #extensions(options: ViewerOptions): Extension[] {
    return [
      EditorView.cspNonce.of(options.nonce),
      EditorState.readOnly.of(true),
      EditorState.phrases.of(options.phrases),
      EditorView.contentAttributes.of({ 'aria-label': options.label, 'aria-readonly': 'true', tabindex: '0' }),
      lineNumbers(),
      codeFolding(),
      foldGutter({ openText: '⌄', closedText: '›' }),
      highlightSpecialChars(),
      search({ top: true }),
      syntaxHighlighting(colours),
      keymap.of([...searchKeymap, ...foldKeymap, ...readingKeys]),
      EditorView.updateListener.of(({ selectionSet, state, transactions }) => {
        const byHand = transactions.some((transaction) => transaction.isUserEvent('select'));
        if (selectionSet && byHand) options.onCursor(state.selection.main.head);
      }),
      theme,
      this.#language.of(builtIn(options.language)),
      this.#wrap.of(options.wrap ? EditorView.lineWrapping : []),
    ];
  }
}

function builtIn(language: CodeLanguage): Extension {
  if (language === 'json') return jsonLanguage;
  return language === 'graphql' ? lineColours('graphql') : [];
}

const grammars: Partial<Record<CodeLanguage, () => Promise<{ readonly language: Extension }>>> = {
  xml: () => import('./languages/xml.ts'),
  html: () => import('./languages/html.ts'),
  css: () => import('./languages/css.ts'),
  javascript: () => import('./languages/javascript.ts'),
  yaml: () => import('./languages/yaml.ts'),
};

/** The same custom properties that colour the plain text (media/response.css), each made of theme colours. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.attributeName, tags.definition(tags.propertyName)], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], color: 'var(--code-string)' },
  { tag: [tags.number, tags.unit, tags.color], color: 'var(--code-number)' },
  { tag: [tags.bool, tags.null, tags.keyword, tags.atom], color: 'var(--code-literal)' },
  { tag: [tags.tagName, tags.angleBracket, tags.typeName, tags.className], color: 'var(--code-tag)' },
  { tag: [tags.comment, tags.processingInstruction, tags.documentMeta], color: 'var(--code-comment)' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--vscode-editor-foreground)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--code-font)', fontSize: 'var(--code-size)', lineHeight: '1.5' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--vscode-editorCursor-foreground)' },
  '.cm-gutters': {
    backgroundColor: 'var(--vscode-editor-background)',
    color: 'var(--code-line-number)',
    border: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '3em', padding: '0 4px 0 8px' },
  '.cm-foldGutter .cm-gutterElement': { width: '16px', cursor: 'pointer', textAlign: 'center' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'transparent',
    border: '1px solid var(--line)',
    color: 'var(--dim)',
    padding: '0 4px',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, ::selection': {
    backgroundColor: 'var(--vscode-editor-selectionBackground)',
  },
  '.cm-searchMatch': {
    backgroundColor: 'var(--vscode-editor-findMatchHighlightBackground)',
    outline: '1px solid var(--vscode-editor-findMatchHighlightBorder, transparent)',
  },
  '.cm-searchMatch-selected': {
    backgroundColor: 'var(--vscode-editor-findMatchBackground)',
    outline: '1px solid var(--vscode-contrastActiveBorder, transparent)',
  },
  '.cm-panels': { backgroundColor: 'var(--vscode-editorWidget-background)', color: 'var(--vscode-foreground)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 6px',
    padding: '3px 30px 3px 10px',
    font: 'inherit',
  },
  '.cm-panel.cm-search br': { display: 'none' },
  '.cm-panel.cm-search input.cm-textfield': {
    width: '22em',
    margin: '0',
    padding: '1px 6px',
    border: '1px solid var(--vscode-input-border, var(--line))',
    borderRadius: '2px',
    backgroundColor: 'var(--vscode-input-background)',
    color: 'var(--vscode-input-foreground)',
    font: 'var(--code-size) / 1.5 var(--code-font)',
  },
  '.cm-panel.cm-search button.cm-button': {
    margin: '0',
    padding: '1px 7px',
    border: '1px solid transparent',
    background: 'none',
    color: 'var(--dim)',
    font: 'inherit',
    textTransform: 'capitalize',
  },
  '.cm-panel.cm-search button.cm-button:hover': {
    background: 'var(--vscode-toolbar-hoverBackground)',
    color: 'var(--vscode-foreground)',
  },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '2px',
    margin: '0',
    color: 'var(--dim)',
    font: 'inherit',
  },
  '.cm-panel.cm-search [name=close]': { top: '3px', right: '6px', color: 'inherit', fontSize: '1.3em' },
});
