import type { TextPlace, TextRow } from '../../core/body/bodyAsk.ts';
import { highlight } from '../highlight.ts';
import type { CodeLanguage } from '../viewerApi.ts';
import { charactersTo, segments, type Marked } from './segments.ts';

/** A range of the text, begin before end. */
export interface TextRange {
  readonly from: TextPlace;
  readonly to: TextPlace;
}

export interface RowScene {
  readonly language: CodeLanguage;
  readonly selected: TextRange | undefined;
  readonly found: TextRange | undefined;
  /** Whether lines are hidden behind it, or could be; absent: neither. */
  readonly fold: 'folded' | 'open' | undefined;
  readonly words: { readonly fold: string; readonly unfold: string; readonly lineNumber: string };
}

/** Draws one line: its number, a button that folds, and the part of it that was asked for at its place. */
export function drawRow(row: TextRow, scene: RowScene): HTMLElement {
  const line = element('div', 'large-line');
  line.dataset['line'] = String(row.line);
  const number = element('span', 'large-number');
  number.textContent = String(row.line + 1);
  const gutter = element('span', 'large-gutter');
  gutter.append(number, foldButton(row, scene));
  const text = element('span', 'large-text');
  text.style.setProperty('--from', String(row.from));
  const [content = []] = highlight([row.text], scene.language);
  for (const { text: part, names } of segments(content, marksOf(row, scene))) {
    if (part === '') continue;
    const span = document.createElement(names.includes('large-mark') ? 'mark' : 'span');
    span.className = names.join(' ');
    span.textContent = part;
    text.append(names.length === 0 ? document.createTextNode(part) : span);
  }
  if (scene.fold === 'folded') text.append(element('span', 'large-folded'));
  line.append(gutter, text);
  return line;
}

/** A line that is not here yet. */
export function pendingRow(line: number): HTMLElement {
  const pending = element('div', 'large-line pending');
  pending.dataset['line'] = String(line);
  const gutter = element('span', 'large-gutter');
  const number = element('span', 'large-number');
  number.textContent = String(line + 1);
  gutter.append(number);
  const text = element('span', 'large-text');
  text.textContent = '…';
  pending.append(gutter, text);
  return pending;
}

function foldButton(row: TextRow, { fold, words }: RowScene): HTMLElement {
  if (fold === undefined) return element('span', 'large-fold');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'large-fold';
  button.tabIndex = -1;
  button.dataset['fold'] = String(row.line);
  button.setAttribute('aria-expanded', String(fold === 'open'));
  button.setAttribute('aria-label', `${fold === 'open' ? words.fold : words.unfold} ${row.line + 1}`);
  button.textContent = fold === 'open' ? '⌄' : '›';
  return button;
}

function marksOf(row: TextRow, { selected, found }: RowScene): Marked[] {
  const marks: Marked[] = row.marks.map(([start, end]) => [start, end, 'large-mark'] as const);
  const inFound = found && partOf(row, found);
  const inSelected = selected && partOf(row, selected);
  if (inFound) marks.push([...inFound, 'large-found']);
  if (inSelected) marks.push([...inSelected, 'large-selected']);
  return marks;
}

/** Characters of a row that lie in a range. */
function partOf({ line, text, from }: TextRow, range: TextRange): readonly [number, number] | undefined {
  if (line < range.from.line || line > range.to.line) return undefined;
  const start = line === range.from.line ? charactersTo(text, range.from.column - from) : 0;
  const end = line === range.to.line ? charactersTo(text, range.to.column - from) : text.length;
  return end > start ? [start, end] : undefined;
}

export function element(name: 'div' | 'span' | 'p', className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
