import type { CreateViewer, LoadViewer } from './viewerApi.ts';

/** `shell` is the script element of this page: it knows the viewer's URL and the page's nonce. */
export function viewerLoader(shell: HTMLScriptElement): LoadViewer {
  const { nonce } = shell;
  let loading: ReturnType<LoadViewer> | undefined;
  return () => (loading ??= load(shell.dataset['viewer'] ?? '', nonce));
}

/** The page's policy lets modules of the extension's own folder in. */
async function load(url: string, nonce: string): ReturnType<LoadViewer> {
  const { create } = (await import(url)) as { readonly create: CreateViewer };
  return { create, nonce };
}
