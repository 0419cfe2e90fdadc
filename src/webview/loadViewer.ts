import type { CreateLargeViewer, LoadLargeViewer } from './largeViewerApi.ts';
import type { CreateViewer, LoadCsv, LoadViewer } from './viewerApi.ts';

/** `shell` is the script element of this page: it knows the viewer's URL and the page's nonce. */
export function viewerLoader(shell: HTMLScriptElement): LoadViewer {
  const { nonce } = shell;
  let loading: ReturnType<LoadViewer> | undefined;
  return () => (loading ??= load(shell.dataset['viewer'] ?? '', nonce));
}

/** The viewer of large bodies lies beside the other one. */
export function largeViewerLoader(shell: HTMLScriptElement): LoadLargeViewer {
  let loading: ReturnType<LoadLargeViewer> | undefined;
  return () => (loading ??= loadLarge(new URL('largeViewer.js', shell.dataset['viewer']).href));
}

async function loadLarge(url: string): ReturnType<LoadLargeViewer> {
  const { create } = (await import(url)) as { readonly create: CreateLargeViewer };
  return create;
}

/** The page's policy lets modules of the extension's own folder in. */
async function load(url: string, nonce: string): ReturnType<LoadViewer> {
  const { create } = (await import(url)) as { readonly create: CreateViewer };
  return { create, nonce };
}

/** The chunk that reads tables stands beside the viewer. */
export function csvLoader(shell: HTMLScriptElement): LoadCsv {
  const url = new URL('csv.js', shell.dataset['viewer']).href;
  return () => import(url) as ReturnType<LoadCsv>;
}
