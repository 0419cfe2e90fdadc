/** The response view: draws the last message of the extension, posts what the user asks for. Server text reaches the DOM as text only. */
import { render } from 'preact';
import { validToView } from '../protocol/validMessage.ts';
import { App } from './app.tsx';
import { createAsking } from './asking.ts';
import { Boundary } from './boundary.tsx';
import { connectHost } from './host.ts';
import { csvLoader, largeViewerLoader, viewerLoader } from './loadViewer.ts';
import { nextMessage, type Drawn } from './nextMessage.ts';
import { textsFrom, ViewContextProvider } from './viewContext.ts';

start();

function start(): void {
  const root = document.querySelector<HTMLElement>('#root');
  const shell = document.querySelector<HTMLScriptElement>('#shell');
  if (!root || !shell) throw new Error('The page of the response view lacks its root or its script.');
  const host = connectHost();
  const loadViewer = viewerLoader(shell);
  const loadCsv = csvLoader(shell);
  const loadLargeViewer = largeViewerLoader(shell);
  const ownStrings = JSON.parse(root.dataset['strings'] ?? '{}') as Record<string, string>;
  root.replaceChildren();
  let drawn: Drawn | undefined;
  const asking = createAsking(host.post);
  addEventListener('message', ({ data: posted }: MessageEvent<unknown>) => {
    const received = validToView(posted);
    if (received?.type === 'filtered' || received?.type === 'bodyPart') return asking.settle(received);
    const data = received && nextMessage(drawn, received);
    if (data === undefined) return;
    drawn = data;
    const text = textsFrom(data.type === 'show' ? data.strings : ownStrings);
    const { filter, askBody } = asking;
    const view = { text, post: host.post, filter, askBody, loadViewer, loadLargeViewer, loadCsv };
    render(
      <ViewContextProvider value={view}>
        <Boundary of={data}>
          <App message={data} host={host} />
        </Boundary>
      </ViewContextProvider>,
      root,
    );
  });
  host.post({ type: 'ready' });
}
