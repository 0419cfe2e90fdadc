import * as vscode from 'vscode';
import type { FilteredFormat } from '../../core/body/bodyFilter.ts';
import type { WireResponse } from '../../core/http/transport.ts';
import type { BodyThread } from '../../node/bodyThread.ts';
import type { BodyView, ExchangeView, FilterView, HopView } from '../../protocol/exchangeView.ts';
import type { FromView, ViewAnswer } from '../../protocol/messages.ts';
import { loadPresent } from '../loadEngine.ts';
import type { Bodies } from '../workspace/bodies.ts';
import type { Views } from '../workspace/views.ts';
import { showHtmlPreview } from './htmlPreviews.ts';
import { openOutside } from './openOutside.ts';

export interface BodyParts {
  readonly views: Views;
  readonly bodyThread: BodyThread;
  readonly bodies: Bodies;
}

/** The body that a message is about: as it is shown, and as it came when this window has it still. */
interface ShownBody {
  readonly view: ExchangeView;
  readonly uri: vscode.Uri | undefined;
  readonly hop: HopView;
  readonly response: WireResponse | undefined;
}

type BodyMessage = Extract<FromView, { readonly type: 'filterBody' | 'decodeBody' | 'previewBody' | 'openOutside' }>;

/** Other ways to look at a body: through a filter, in another encoding, as a page, in another program. */
export async function handleBodyMessage(
  parts: BodyParts,
  message: BodyMessage,
  shown: Omit<ShownBody, 'hop'>,
  answer: (answer: ViewAnswer) => void,
): Promise<void> {
  const hop = shown.view.hops.find(({ number }) => number === message.hop);
  if (!hop) return;
  const about = { ...shown, hop };
  switch (message.type) {
    case 'filterBody':
      return answer({ type: 'filtered', ask: message.ask, result: await filtered(parts, about, message.path) });
    case 'decodeBody':
      return decode(parts, about, message.encoding);
    case 'previewBody':
      return preview(parts, about);
    case 'openOutside':
      return openOutside(await wholeBytes(parts, about), hop);
  }
}

async function preview(parts: BodyParts, about: ShownBody): Promise<void> {
  const { hop, view } = about;
  if (hop.body?.kind !== 'text') return;
  const text = await wholeText(parts, about);
  if (text === undefined && hop.stored) {
    const message = vscode.l10n.t(
      'This page is too large for a preview, or no longer kept. Save it and open it in a browser.',
    );
    await vscode.window.showInformationMessage(message);
    return;
  }
  showHtmlPreview(text ?? hop.body.text, { title: view.title, url: hop.url });
}

async function filtered(parts: BodyParts, about: ShownBody, path: string): Promise<FilterView> {
  const { body } = about.hop;
  const format = body?.kind === 'text' ? filteredFormat(body) : undefined;
  const text = await wholeText(parts, about);
  if (format === undefined) return { kind: 'trouble', message: vscode.l10n.t('Only JSON and XML can be filtered.') };
  if (text === undefined) {
    return {
      kind: 'trouble',
      message: await unreadWords(parts, about.hop, format, path),
    };
  }
  return parts.bodyThread.filter(text, format, path);
}

/** Why there is no text to look into. A path that is wrong is wrong at any size. */
async function unreadWords(
  { bodyThread }: BodyParts,
  { stored }: HopView,
  format: FilteredFormat,
  path: string,
): Promise<string> {
  const isLarge = stored !== undefined && stored.bytes > wholeLimit;
  if (!isLarge)
    return vscode.l10n.t('Not all of this body is at hand, so it cannot be filtered. Send the request again.');
  if (format === 'xml') {
    return vscode.l10n.t(
      'An XPath needs all of a body in memory, which is done up to 64 MB. Search for what you look for, or save the body.',
    );
  }
  const judged = await bodyThread.filter('null', 'json', path);
  if (judged.kind === 'trouble') return judged.message;
  return vscode.l10n.t(
    'This path needs all of a body in memory, which is done up to 64 MB. Of any size are followed: .name, [0], [1:5], *, one .. and simple filters, as in $.items[?@.price > 10].name.',
  );
}

function filteredFormat({ language, lines }: Extract<BodyView, { kind: 'text' }>): FilteredFormat | undefined {
  if (language === 'xml') return 'xml';
  if (language !== 'json') return undefined;
  return lines ? 'json-lines' : 'json';
}

/** All of the text, which may be more than is shown; `undefined` when not all of it was kept. */
async function wholeText(parts: BodyParts, about: ShownBody): Promise<string | undefined> {
  const { body, stored } = about.hop;
  if (body?.kind !== 'text') return undefined;
  if (body.cut === undefined && !stored) return body.text;
  const bytes = await wholeBytes(parts, about);
  if (bytes === undefined) return undefined;
  // After a reload there is the file, and the view knows how it is to be read.
  if (!about.response) return new TextDecoder(body.encoding).decode(bytes);
  const { stored: _, ...facts } = about.response.body;
  const response = { ...about.response, body: { ...facts, bytes, truncated: false } };
  const whole = loadPresent().bodyView(response, { textLimit: Infinity, encoding: chosen(body) });
  return whole.kind === 'text' ? whole.text : undefined;
}

/** Our choice: more than this is for other programs, and for the file that it lies in. */
const wholeLimit = 64_000_000;

/** All bytes: from where a large body lies, from this window's memory, or from the view. */
async function wholeBytes({ bodies }: BodyParts, { hop, response }: ShownBody): Promise<Uint8Array | undefined> {
  const { body, stored } = hop;
  if (stored) return stored.bytes <= wholeLimit ? bodies.read(stored.id) : undefined;
  if (response && !response.body.truncated) return response.body.bytes;
  const isShownWhole = body?.kind === 'image' || (body?.kind === 'binary' && body.cut === undefined);
  return isShownWhole ? Buffer.from(body.base64, 'base64') : undefined;
}

function chosen(body: Extract<BodyView, { kind: 'text' }>): string | undefined {
  return body.chosenEncoding === true ? body.encoding : undefined;
}

async function decode(
  { views, bodyThread }: BodyParts,
  { view, uri, hop, response }: ShownBody,
  encoding: string | undefined,
): Promise<void> {
  if (response === undefined || uri === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('The bytes of this response are no longer kept: send the request again first.'),
    );
    return;
  }
  const { bodyView, pendingPretty, textLimits } = loadPresent();
  const textLimit = hop === view.hops.at(-1) ? textLimits.lastHop : textLimits.otherHop;
  const show = (body: BodyView): ExchangeView => {
    const changed = { ...view, hops: view.hops.map((each) => (each === hop ? { ...hop, body } : each)) };
    views.show(changed, uri);
    return changed;
  };
  const changed = show(bodyView(response, { textLimit, encoding }));
  const pending = pendingPretty(changed).find((each) => each.hop === hop.number);
  const pretty = pending && (await bodyThread.pretty(pending.text, pending.format, pending.partial));
  if (pretty !== undefined) show(bodyView(response, { textLimit, encoding, pretty }));
}
