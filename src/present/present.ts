/* Entry of dist/present.cjs: what the extension loads with the first send or preview. */
export { prettyFormat } from './bodyKind.ts';
export { bodyView, pendingPretty, textLimits } from './bodyView.ts';
export { hopAsCurl, preparedAsCurl } from './curl.ts';
export { exchangeView, runningView } from './exchangeView.ts';
export { htmlPreviewPage } from './htmlPreviewPage.ts';
export { hopAsHttp } from './httpBlock.ts';
export { englishStrings } from '../protocol/strings.ts';
export { bodyFileName } from './bodyName.ts';
export { exchangeSecrets } from './exchangeSecrets.ts';
export { comparableText } from './comparable.ts';
export { historyEntry } from './historyEntry.ts';
export { maskedView } from './maskedView.ts';
export { httpArchive } from './har.ts';
export { hopOfView } from './hopOfView.ts';
export { createStreamReader, type StreamReader } from './streamReader.ts';
export { previewText } from './previewText.ts';
