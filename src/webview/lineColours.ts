import type { Extension, Range } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';
import { highlight } from './highlight.ts';
import type { CodeLanguage } from './viewerApi.ts';

/** Colours the lines on the screen as the plain text does: for languages without a grammar. */
export function lineColours(language: CodeLanguage): Extension {
  return ViewPlugin.define(
    (view) => {
      const plugin = {
        colours: coloursOf(view, language),
        update(update: ViewUpdate) {
          if (update.docChanged || update.viewportChanged) plugin.colours = coloursOf(update.view, language);
        },
      };
      return plugin;
    },
    { decorations: ({ colours }) => colours },
  );
}

function coloursOf(view: EditorView, language: CodeLanguage): DecorationSet {
  const marks: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    let at = from;
    for (const line of highlight(view.state.doc.sliceString(from, to).split('\n'), language)) {
      for (const { text, kind } of line) {
        if (kind !== undefined && text !== '')
          marks.push(Decoration.mark({ class: `tok-${kind}` }).range(at, at + text.length));
        at += text.length;
      }
      at += 1;
    }
  }
  return Decoration.set(marks);
}
