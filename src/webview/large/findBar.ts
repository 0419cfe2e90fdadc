import type { BodyAnswer, BodyAsk, BodyForm, SearchTerms, TextPlace } from '../../core/body/bodyAsk.ts';
import { hexColumns, hexRowBytes } from '../../core/body/hexRow.ts';
import type { Text } from '../viewContext.ts';
import { element } from './rows.ts';

type Match = NonNullable<Extract<BodyAnswer, { kind: 'match' }>['match']>;

export interface FindBarOptions {
  readonly ask: (ask: BodyAsk) => Promise<BodyAnswer>;
  readonly text: Text;
  readonly form: () => BodyForm;
  /** Where the next search begins. */
  readonly from: () => TextPlace;
  readonly onMatch: (match: Match | undefined) => void;
  /** Other lines are marked now. */
  readonly onMarks: () => void;
  /** A line (from 0) was asked for, or a byte of it, which has so many columns. */
  readonly onLine: (place: TextPlace, columns: number) => void;
  readonly onClose: () => void;
}

const again = 100;

/** The row of fields above a large text: find in all of it, and go to a line. */
export class FindBar {
  readonly node = element('div', 'large-find');
  readonly #options: FindBarOptions;
  readonly #field: HTMLInputElement;
  readonly #line: HTMLInputElement;
  readonly #count = element('span', 'large-count');
  readonly #toggles: readonly HTMLButtonElement[];
  #match: Match | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #search = 0;
  /** The last of the steps that were asked for. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: FindBarOptions) {
    this.#options = options;
    const { text } = options;
    const isHex = options.form() === 'hex';
    this.#field = field('search', text(isHex ? 'findInBytes' : 'findInBody'), (key, event) =>
      this.#fieldKey(key, event),
    );
    this.#field.addEventListener('input', () => void this.#begin());
    this.#line = field('text', text(isHex ? 'goToOffset' : 'goToLine'), (key) => key === 'Enter' && this.#goToLine());
    this.#line.inputMode = isHex ? 'text' : 'numeric';
    this.#toggles = [
      this.#toggle('Aa', text('matchCase')),
      this.#toggle('W', text('wholeWord')),
      this.#toggle('.*', text('regularExpression')),
    ];
    this.#count.setAttribute('role', 'status');
    this.node.setAttribute('role', 'search');
    this.node.hidden = true;
    this.node.append(
      this.#field,
      ...this.#toggles,
      this.#count,
      button('↑', text('previousMatch'), () => void this.step(-1)),
      button('↓', text('nextMatch'), () => void this.step(1)),
      this.#line,
      button('×', text('closeFind'), () => this.close()),
    );
    this.node.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') this.close();
    });
  }

  open(at: 'find' | 'line'): void {
    this.node.hidden = false;
    const wanted = at === 'find' ? this.#field : this.#line;
    wanted.focus();
    wanted.select();
  }

  close(): void {
    this.node.hidden = true;
    this.#search++;
    clearTimeout(this.#timer);
    void this.#options.ask({ kind: 'search', form: this.#options.form(), terms: noTerms });
    this.#found(undefined);
    this.#options.onMarks();
    this.#options.onClose();
  }

  /** What is shown is another text: what is searched in it begins anew. */
  restart(): void {
    if (!this.node.hidden) void this.#begin();
  }

  /** To the next match or the previous one. */
  async step(step: 1 | -1): Promise<void> {
    if (this.node.hidden) return this.open('find');
    await this.#inTurn(() => this.#look(this.#match?.number ?? this.#options.from(), this.#match ? step : 0));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#search++;
  }

  #fieldKey(key: string, event: KeyboardEvent): void {
    if (key !== 'Enter') return;
    event.preventDefault();
    void this.step(event.shiftKey ? -1 : 1);
  }

  #goToLine(): void {
    const { form, onLine } = this.#options;
    const number = Number(this.#line.value);
    if (this.#line.value.trim() === '' || !Number.isSafeInteger(number) || number < 0) return;
    if (form() !== 'hex') return onLine({ line: Math.max(0, number - 1), column: 0 }, 0);
    const byte = number % hexRowBytes;
    const [[start, end] = [0, 0]] = hexColumns(byte, byte + 1);
    onLine({ line: (number - byte) / hexRowBytes, column: start }, end - start);
  }

  async #begin(): Promise<void> {
    this.#found(undefined);
    clearTimeout(this.#timer);
    const search = ++this.#search;
    this.#turn = Promise.resolve();
    const terms = this.#terms();
    const answer = await this.#options.ask({ kind: 'search', form: this.#options.form(), terms });
    if (search !== this.#search) return;
    if (answer.kind === 'trouble') this.#count.textContent = answer.message;
    else if (terms.text === '') this.#count.textContent = '';
    else await this.#look(this.#options.from(), 0);
    if (terms.text === '') this.#options.onMarks();
  }

  /** Each goes from where the one before has led: two quick keys are two steps. */
  #inTurn(look: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(look, look);
    return this.#turn;
  }

  /** Asks again until all of the text was looked through; the first match is gone to as soon as it is known. */
  async #look(at: number | TextPlace, step: 0 | 1 | -1): Promise<void> {
    const search = this.#search;
    const answer = await this.#options.ask({ kind: 'match', at, step });
    if (search !== this.#search) return;
    if (answer.kind === 'trouble') this.#count.textContent = answer.message;
    if (answer.kind !== 'match') return;
    const isNew = answer.match !== undefined && answer.match.number !== this.#match?.number;
    if (isNew) this.#found(answer.match);
    this.#tell(answer.count, answer.searched);
    this.#options.onMarks();
    clearTimeout(this.#timer);
    if (answer.searched >= 1) return;
    this.#timer = setTimeout(() => void this.#inTurn(() => this.#look(this.#match?.number ?? at, 0)), again);
  }

  #found(match: Match | undefined): void {
    this.#match = match;
    this.#options.onMatch(match);
  }

  #tell(count: number, searched: number): void {
    const { text } = this.#options;
    const total = count.toLocaleString();
    const words =
      count === 0
        ? text('noMatches')
        : this.#match
          ? text('matchOf', (this.#match.number + 1).toLocaleString(), total)
          : text('matches', total);
    this.#count.textContent = searched < 1 ? `${words} · ${Math.floor(searched * 100)} %` : words;
  }

  #terms(): SearchTerms {
    const [matchCase, wholeWord, isExpression] = this.#toggles.map(
      (each) => each.getAttribute('aria-pressed') === 'true',
    );
    return {
      text: this.#field.value,
      matchCase: matchCase === true,
      wholeWord: wholeWord === true,
      isExpression: isExpression === true,
    };
  }

  #toggle(label: string, name: string): HTMLButtonElement {
    const made = button(label, name, () => {
      made.setAttribute('aria-pressed', String(made.getAttribute('aria-pressed') !== 'true'));
      void this.#begin();
    });
    made.setAttribute('aria-pressed', 'false');
    return made;
  }
}

const noTerms: SearchTerms = { text: '', matchCase: false, wholeWord: false, isExpression: false };

function field(type: string, name: string, onKey: (key: string, event: KeyboardEvent) => unknown): HTMLInputElement {
  const made = document.createElement('input');
  made.type = type;
  made.placeholder = name;
  made.setAttribute('aria-label', name);
  made.addEventListener('keydown', (event) => onKey(event.key, event));
  return made;
}

function button(label: string, name: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  const sign = element('span', '');
  sign.textContent = label;
  sign.setAttribute('aria-hidden', 'true');
  made.append(sign);
  made.title = name;
  made.setAttribute('aria-label', name);
  made.addEventListener('click', onClick);
  return made;
}
