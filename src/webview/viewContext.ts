import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { englishStrings, type StringKey } from '../protocol/strings.ts';
import type { Asking } from './asking.ts';
import type { Host } from './host.ts';
import type { LoadLargeViewer } from './largeViewerApi.ts';
import type { LoadCsv, LoadViewer } from './viewerApi.ts';

/** A text of the view by key, with `{0}`, `{1}` … replaced. */
export type Text = (key: StringKey, ...values: readonly (string | number)[]) => string;

/** What every part of the view needs and none of them owns. */
export interface ViewContext {
  readonly text: Text;
  readonly post: Host['post'];
  readonly filter: Asking['filter'];
  readonly askBody: Asking['askBody'];
  readonly loadViewer: LoadViewer;
  readonly loadCsv: LoadCsv;
  readonly loadLargeViewer: LoadLargeViewer;
}

const context = createContext<ViewContext | undefined>(undefined);

export const ViewContextProvider = context.Provider;

export function useView(): ViewContext {
  const view = useContext(context);
  if (view === undefined) throw new Error('A part of the view was drawn outside of it.');
  return view;
}

/** Falls back to English for a key that the extension did not translate. */
export function textsFrom(strings: Readonly<Record<string, string>>): Text {
  return (key, ...values) =>
    (strings[key] ?? englishStrings[key]).replace(/\{(\d)\}/g, (_, index: string) =>
      String(values[Number(index)] ?? ''),
    );
}
