import type { LoadViewer } from './viewerApi.ts';

/** `shell` is the script element of this page: it knows the viewer's URL and the page's nonce. */
export function viewerLoader(shell: HTMLScriptElement): LoadViewer {
  const { nonce } = shell;
  let loading: ReturnType<LoadViewer> | undefined;
  return () => (loading ??= load(shell.dataset['viewer'] ?? '', nonce));
}

function load(url: string, nonce: string): ReturnType<LoadViewer> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = url;
    script.addEventListener('error', () => reject(new Error('The code viewer could not be loaded.')));
    script.addEventListener('load', () => {
      const create = globalThis.crumbtrailViewer;
      if (create) resolve({ create, nonce });
      else reject(new Error('The code viewer did not start.'));
    });
    document.head.append(script);
  });
}
