import * as vscode from 'vscode';
import type { BodyAnswer } from '../../core/body/bodyAsk.ts';
import type { BodyView, ExchangeView, StoredBodyView } from '../../protocol/exchangeView.ts';
import type { FromView } from '../../protocol/messages.ts';
import { loadPresent } from '../loadEngine.ts';
import { goneWords, type Bodies, type BodyAbout } from '../workspace/bodies.ts';
import { bodyName, saveName } from './bodyNames.ts';

/** The stored body of a hop (numbers from 1), when its body is too large for a message. */
export function storedOf(view: ExchangeView, hop: number): StoredBodyView | undefined {
  return view.hops[hop - 1]?.stored;
}

/** An answer for who shows the body. What was selected goes to the clipboard from here: the page needs no copy of it. */
export async function askStored(
  bodies: Bodies,
  view: ExchangeView,
  { hop, question }: Pick<Extract<FromView, { type: 'askBody' }>, 'hop' | 'question'>,
): Promise<BodyAnswer> {
  const stored = storedOf(view, hop);
  const body = view.hops[hop - 1]?.body;
  if (!stored || !body) return { kind: 'trouble', message: goneWords() };
  const answer = await bodies.ask({ id: stored.id, ...readAs(body) }, question);
  if (answer.kind !== 'text') return answer;
  await vscode.env.clipboard.writeText(answer.text);
  return { kind: 'text', text: '' };
}

function readAs(body: BodyView): Omit<BodyAbout, 'id'> {
  if (body.kind !== 'text') return {};
  return { format: loadPresent().prettyFormat(body), encoding: body.encoding === 'utf-8' ? undefined : body.encoding };
}

/** Our choice: more than this makes a clipboard and whoever pastes it slow. */
const clipboardLimit = 64 * 1024 * 1024;

/** Puts all of it into the clipboard as text, or says why not. */
export async function copyStored(bodies: Bodies, view: ExchangeView, hop: number): Promise<void> {
  const stored = storedOf(view, hop);
  if (!stored) return;
  if (stored.bytes > clipboardLimit) {
    const message = vscode.l10n.t('The body is too large for the clipboard. Save it, or select a part and copy that.');
    const save = vscode.l10n.t('Save');
    if ((await vscode.window.showInformationMessage(message, save)) === save) await saveStored(bodies, view, hop);
    return;
  }
  const bytes = await bodies.read(stored.id);
  if (bytes) await vscode.env.clipboard.writeText(new TextDecoder().decode(bytes));
}

export async function saveStored(bodies: Bodies, view: ExchangeView, hop: number): Promise<void> {
  const stored = storedOf(view, hop);
  if (!stored) return;
  const target = await vscode.window.showSaveDialog({ defaultUri: saveName(view, hop) });
  if (target) await bodies.save(stored.id, target);
}

/** An editor reads files, not streams: it gets a copy of its own, which goes when the body goes. */
export async function openStored(bodies: Bodies, view: ExchangeView, hop: number): Promise<void> {
  const stored = storedOf(view, hop);
  if (!stored) return;
  const copy = await bodies.copyUri(stored.id, bodyName(view, hop));
  if (await bodies.save(stored.id, copy, 0o600))
    await vscode.commands.executeCommand('vscode.open', copy, { preview: false });
}
