import type { CookieKeyView, ExchangeView, OfferView } from './exchangeView.ts';
import type { StreamChange } from './streamView.ts';

/** Extension to response view. The view is a function of the last `show`. */
export type ToView =
  | {
      readonly type: 'show';
      readonly exchange: ExchangeView;
      readonly pinned: boolean;
      /** Translated texts by key; a key that is missing shows itself. */
      readonly strings: Readonly<Record<string, string>>;
    }
  /** More has come of a response that is shown while it arrives. */
  | { readonly type: 'stream'; readonly id: string; readonly hop: number; readonly change: StreamChange }
  | { readonly type: 'empty'; readonly message: string };

/** Response view to extension. `id` is the exchange's. */
export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'resend'; readonly id: string }
  | { readonly type: 'cancel'; readonly id: string }
  | { readonly type: 'pin'; readonly id: string; readonly pinned: boolean }
  | { readonly type: 'copyBody'; readonly id: string; readonly hop: number }
  | { readonly type: 'saveBody'; readonly id: string; readonly hop: number }
  | { readonly type: 'openBody'; readonly id: string; readonly hop: number }
  | { readonly type: 'copyHopAsHttp'; readonly id: string; readonly hop: number }
  | { readonly type: 'copyHopAsCurl'; readonly id: string; readonly hop: number }
  | { readonly type: 'stopHere'; readonly id: string; readonly hop: number }
  | { readonly type: 'sendFromHere'; readonly id: string; readonly hop: number }
  | { readonly type: 'showCookie'; readonly key: CookieKeyView }
  /** Go to the request in its file. */
  | { readonly type: 'showRequest'; readonly id: string }
  | { readonly type: 'showProblem'; readonly line: number; readonly column: number }
  | { readonly type: 'offer'; readonly id: string; readonly command: OfferView['command'] };
