import type { BodyView, ExchangeView, HopView } from '../protocol/exchangeView.ts';
import { createMask } from './mask.ts';
import { maskedView } from './maskedView.ts';
import { sizeWords } from '../core/text/sizeWords.ts';

/** What a list of the history tells of an exchange. */
export interface HistoryHead {
  /** Identity of the exchange and of its view. */
  readonly id: string;
  readonly state: ExchangeView['state'];
  readonly method: string;
  /** Of the first hop, without secrets. */
  readonly url: string;
  /** Of the last hop; absent when it got no response. */
  readonly status?: number;
  readonly reason?: string;
  readonly title: string;
  readonly environment: string;
  readonly session: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly hops: number;
  /** Of the last body, decoded. */
  readonly bytes: number;
  /** The document, and the block in it across edits. */
  readonly uri: string;
  readonly block: string;
}

export interface HistoryEntry {
  readonly head: HistoryHead;
  /** As it is shown again: without secrets, and without what is too large to keep. */
  readonly view: ExchangeView;
}

/** Our choice: what is looked at again, and not an archive of downloads. Characters of a body. */
export const historyBodyLimit = 1_000_000;
/** Re-indented forms of longer bodies are made anew when they are looked at. */
const keptPretty = 128 * 1024;

/** The entry of a view that has ended, with at least one hop. `secrets` are those of the whole exchange. */
export function historyEntry(
  view: ExchangeView,
  from: { readonly secrets: readonly string[]; readonly uri: string; readonly block: string },
): HistoryEntry {
  const small = { ...view, offers: [], hops: view.hops.map(withoutLarge) };
  const { sessionChange: _gone, ...kept } = maskedView(small, createMask(from.secrets));
  const [first] = kept.hops;
  const last = kept.hops.at(-1);
  const { id, state, title, environment, session, startedAt, durationMs } = kept;
  return {
    view: kept,
    head: {
      id,
      state,
      method: first?.method ?? '',
      url: first?.url ?? '',
      ...(last?.status !== undefined && { status: last.status, reason: last.reason ?? '' }),
      title,
      environment,
      session,
      startedAt,
      durationMs,
      hops: kept.hops.length,
      bytes: last?.decodedBytes ?? 0,
      uri: from.uri,
      block: from.block,
    },
  };
}

function withoutLarge({ stored, ...hop }: HopView): HopView {
  if (hop.body === undefined) return hop;
  const body = stored ? dropped(hop.body, stored.bytes) : keptBody(hop.body);
  return { ...hop, body };
}

function keptBody(body: BodyView): BodyView {
  if (body.kind === 'empty') return body;
  const characters = body.kind === 'text' ? body.text.length : body.base64.length;
  if (characters > historyBodyLimit) return dropped(body, body.bytes);
  if (body.kind !== 'text' || (body.pretty?.length ?? 0) <= keptPretty) return body;
  const { pretty: _large, ...rest } = body;
  return rest;
}

/** In its place stands why it is not there. */
function dropped(body: BodyView, bytes: number): BodyView {
  const limit = sizeWords(historyBodyLimit);
  return {
    kind: 'text',
    language: 'plain',
    mediaType: 'mediaType' in body ? body.mediaType : '',
    text: '',
    bytes,
    cut: `The body (${sizeWords(bytes)}) was dropped: the history keeps bodies of up to ${limit}. Send the request again to see it.`,
  };
}
