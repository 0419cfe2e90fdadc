import type { FromView } from '../protocol/messages.ts';
import { readSavedState, type SavedState } from './viewState.ts';

/** What VS Code gives a webview page, once. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: SavedState): void;
};

/** The page's side of the protocol: messages out, and a state that survives hiding and reloading. */
export interface Host {
  readonly post: (message: FromView) => void;
  readonly saved: () => SavedState;
  readonly save: (state: SavedState) => void;
}

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's own channel has no origin
    post: (message) => api.postMessage(message),
    saved: () => readSavedState(api.getState()),
    save: (state) => api.setState(state),
  };
}
