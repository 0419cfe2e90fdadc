import type { BodyAnswer, BodyAsk } from '../core/body/bodyAsk.ts';
import type { BatchView } from './batchView.ts';
import type { CookieKeyView, ExchangeView, FilterView, OfferView } from './exchangeView.ts';
import type { StreamChange } from './streamView.ts';

/** Extension to response view. The view is a function of the last `show` and of the answers to what it asked. */
export type ToView =
  | {
      readonly type: 'show';
      readonly exchange: ExchangeView;
      readonly pinned: boolean;
      /** What the exchange was sent with, when it was one of several. */
      readonly batch?: BatchView;
      /** Translated texts by key; a key that is missing shows itself. */
      readonly strings: Readonly<Record<string, string>>;
    }
  /** More has come of a response that is shown while it arrives. */
  | { readonly type: 'stream'; readonly id: string; readonly hop: number; readonly change: StreamChange }
  | { readonly type: 'empty'; readonly message: string }
  | ViewAnswer;

/** Answer to a question of the view, by the number that came with it. */
export type ViewAnswer =
  | { readonly type: 'filtered'; readonly ask: number; readonly result: FilterView }
  | { readonly type: 'bodyPart'; readonly ask: number; readonly part: BodyAnswer };

/** Response view to extension. `id` is the exchange's. */
export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'resend'; readonly id: string }
  | { readonly type: 'cancel'; readonly id: string }
  /** Make the next attempt at once instead of waiting. */
  | { readonly type: 'sendNow'; readonly id: string }
  | { readonly type: 'pin'; readonly id: string; readonly pinned: boolean }
  | { readonly type: 'copyBody'; readonly id: string; readonly hop: number }
  | { readonly type: 'saveBody'; readonly id: string; readonly hop: number }
  | { readonly type: 'openBody'; readonly id: string; readonly hop: number }
  | { readonly type: 'openOutside'; readonly id: string; readonly hop: number }
  /** HTML in a panel of its own. */
  | { readonly type: 'previewBody'; readonly id: string; readonly hop: number }
  /** Read the body in another encoding; without one as the response says. */
  | { readonly type: 'decodeBody'; readonly id: string; readonly hop: number; readonly encoding?: string }
  /** JSONPath or XPath; answered by `filtered` with the same `ask`. */
  | {
      readonly type: 'filterBody';
      readonly id: string;
      readonly hop: number;
      readonly path: string;
      readonly ask: number;
    }
  /** About a body that is too large for a message; answered by `bodyPart`. Text that is asked for goes to the clipboard. */
  | {
      readonly type: 'askBody';
      readonly id: string;
      readonly hop: number;
      readonly question: BodyAsk;
      readonly ask: number;
    }
  | { readonly type: 'copyText'; readonly text: string }
  | { readonly type: 'copyHopAsHttp'; readonly id: string; readonly hop: number }
  /** For bash when no shell is named. */
  | {
      readonly type: 'copyHopAsCurl';
      readonly id: string;
      readonly hop: number;
      readonly shell?: 'bash' | 'powershell' | 'cmd';
    }
  /** All hops as an HTTP archive. */
  | { readonly type: 'exportHar'; readonly id: string }
  /** Set it beside another response of the history. */
  | { readonly type: 'compare'; readonly id: string }
  | { readonly type: 'stopHere'; readonly id: string; readonly hop: number }
  | { readonly type: 'sendFromHere'; readonly id: string; readonly hop: number }
  | { readonly type: 'showCookie'; readonly key: CookieKeyView }
  /** Show another exchange of the batch; `id` is that one's. */
  | { readonly type: 'openEntry'; readonly id: string }
  /** Send nothing more of the batch; `id` is the batch's. */
  | { readonly type: 'stopBatch'; readonly id: string }
  /** Take back what this send did to its session. */
  | { readonly type: 'undoChange'; readonly id: string }
  /** Go to the request in its file. */
  | { readonly type: 'showRequest'; readonly id: string }
  | { readonly type: 'showProblem'; readonly line: number; readonly column: number }
  | { readonly type: 'offer'; readonly id: string; readonly command: OfferView['command'] };
