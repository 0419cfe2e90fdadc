import type { DigestChallenge } from './digestChallenge.ts';

/** What the next answer is made from. */
export interface DigestTurn {
  readonly challenge: DigestChallenge;
  /** Requests with this nonce, the coming one included. */
  readonly count: number;
  /** For a `-sess` algorithm the one that the nonce began with: RFC 7616 3.4.2 computes its key only once. */
  readonly cnonce: string;
}

interface DigestState {
  readonly realm: string;
  challenge: DigestChallenge;
  count: number;
  cnonce: string;
  /** Targets that this realm has answered for. */
  readonly targets: Set<string>;
}

/** Our choice: a crawl of many URLs must not grow without end. */
const mostTargets = 500;

/**
 * Nonces of one session, by origin, realm and user: a nonce of one origin is never used for another (curl
 * CVE-2026-11856, SESSION A4). They are not saved; a new process starts with a challenge.
 */
export class DigestStates {
  readonly #byPlace = new Map<string, DigestState[]>();
  readonly #newCnonce: () => string;

  constructor(newCnonce: () => string) {
    this.#newCnonce = newCnonce;
  }

  /** A challenge that will be answered: its nonce counts from 1. */
  remember(url: string, username: string, challenge: DigestChallenge): void {
    const place = placeOf(url, username);
    const states = this.#byPlace.get(place) ?? [];
    const known = states.find(({ realm }) => realm === challenge.realm);
    const targets = known?.targets ?? new Set<string>();
    if (targets.size < mostTargets) targets.add(targetOf(url));
    const state: DigestState = { realm: challenge.realm, challenge, count: 0, cnonce: this.#newCnonce(), targets };
    // The last one counts where nothing else tells which realm a target belongs to.
    this.#byPlace.set(place, [state, ...states.filter((other) => other !== known)]);
  }

  /** Authentication-Info names the nonce of the next request (RFC 7616 3.5). */
  renew(url: string, username: string, nonce: string): void {
    const state = this.#stateFor(url, username);
    if (state === undefined) return;
    state.challenge = { ...state.challenge, nonce };
    state.count = 0;
    state.cnonce = this.#newCnonce();
  }

  /** Whether a nonce is known for this URL. */
  knows(url: string, username: string): boolean {
    return this.#stateFor(url, username) !== undefined;
  }

  /** The next turn with a nonce that is known for this URL, counted; `undefined` waits for the challenge. */
  take(url: string, username: string): DigestTurn | undefined {
    const state = this.#stateFor(url, username);
    if (state === undefined) return undefined;
    state.count += 1;
    const { challenge, count } = state;
    return { challenge, count, cnonce: challenge.isSession ? state.cnonce : this.#newCnonce() };
  }

  #stateFor(url: string, username: string): DigestState | undefined {
    const target = targetOf(url);
    const states = this.#byPlace.get(placeOf(url, username)) ?? [];
    return states.find(({ targets }) => targets.has(target)) ?? states.find(({ challenge }) => covers(challenge, url));
  }
}

/** RFC 7616 3.3 `domain`: URIs that begin like one of these; without it the whole origin. */
function covers({ domain }: DigestChallenge, url: string): boolean {
  const { origin, href } = new URL(url);
  const spaces = domain.flatMap((uri) => URL.parse(uri, origin)?.href ?? []);
  return spaces.length === 0 || spaces.some((space) => href.startsWith(space));
}

function placeOf(url: string, username: string): string {
  return JSON.stringify([new URL(url).origin, username]);
}

function targetOf(url: string): string {
  return new URL(url).pathname;
}
