import type { ElementHandle, Page } from 'playwright-core';

/** One lens on the screen. */
type Lens = ElementHandle<SVGElement | HTMLElement>;

/**
 * The lens with this title in the lens line of the request called so on the screen, or `undefined`. Found in one look at the page: lenses are drawn
 * anew after every change, and two looks might see two drawings.
 *
 * @param heading a part of the line that begins the request, for example `### Log in`
 */
export async function findLens(page: Page, heading: string, title: string | RegExp): Promise<Lens | undefined> {
  const pattern = typeof title === 'string' ? escape(title) : title.source;
  const found = await page.evaluateHandle<unknown>(`(${inPage})(${JSON.stringify([heading, pattern])})`);
  return (found.asElement() as Lens | null) ?? undefined;
}

/** Runs in the page. A lens line stands above its line, between the request's heading and the next one. */
const inPage = `([heading, pattern]) => {
  const textOf = (line) => line.textContent.replaceAll('\u00a0', ' ');
  const top = (element) => element.getBoundingClientRect().top;
  const shows = (editor) => [...editor.querySelectorAll('.view-line')].some((line) => textOf(line).includes(heading));
  const editor = [...document.querySelectorAll('.editor-instance')].find(shows);
  if (editor === undefined) return undefined;
  const lines = [...editor.querySelectorAll('.view-line')]
    .map((line) => ({ text: line.textContent.replaceAll('\\u00a0', ' '), top: top(line) }))
    .sort((a, b) => a.top - b.top);
  const from = lines.findIndex(({ text }) => text.includes(heading));
  const next = lines.slice(from + 1).find(({ text }) => text.startsWith('###'));
  const end = next === undefined ? Infinity : next.top;
  return [...editor.querySelectorAll('.codelens-decoration')]
    .filter((line) => line.offsetHeight > 0 && top(line) > lines[from].top - 5 && top(line) < end - 25)
    .flatMap((line) => [...line.querySelectorAll('a')])
    .find((link) => new RegExp(pattern).test(link.textContent));
}`;

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
