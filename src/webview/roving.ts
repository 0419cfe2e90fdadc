/**
 * Arrow keys in a row or column of elements of which one is in the tab order (WAI-ARIA Authoring Practices, roving tabindex).
 * Gives the index that gets the focus, or `undefined` when the key is not one of these.
 */
export function rovingTarget(key: string, at: number, count: number, wraps: boolean): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return at < last ? at + 1 : wraps ? 0 : last;
    case 'ArrowUp':
    case 'ArrowLeft':
      return at > 0 ? at - 1 : wraps ? last : 0;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** Moves the focus among the elements that match `selector` inside of the list the event came through. */
export function moveFocus(event: KeyboardEvent, selector: string, wraps: boolean): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = all.findIndex((element) => element === event.target);
  const target = at < 0 ? undefined : rovingTarget(event.key, at, all.length, wraps);
  if (target === undefined) return;
  event.preventDefault();
  all[target]?.focus();
}
