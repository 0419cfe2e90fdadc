/** What keys do in a text that is read and not written. What answers `false` leaves the key to the page. */
export interface KeyActions {
  /** Down by so many rows, or up. */
  readonly rows: (count: number) => void;
  /** Rows of a page. */
  readonly page: number;
  readonly start: () => void;
  readonly end: () => void;
  /** Leads the selection one character further. */
  readonly character: (step: 1 | -1) => boolean;
  readonly all: () => void;
  readonly copy: () => boolean;
  readonly find: (at: 'find' | 'line') => void;
  readonly next: (step: 1 | -1) => void;
}

/** True when the key was for the text. */
export function readingKey(event: KeyboardEvent, actions: KeyActions): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand) return commandKey(event.key, actions);
  switch (event.key) {
    case 'ArrowDown':
      actions.rows(1);
      return true;
    case 'ArrowUp':
      actions.rows(-1);
      return true;
    case 'PageDown':
      actions.rows(actions.page);
      return true;
    case 'PageUp':
      actions.rows(-actions.page);
      return true;
    case 'ArrowRight':
      return event.shiftKey && actions.character(1);
    case 'ArrowLeft':
      return event.shiftKey && actions.character(-1);
    case 'F3':
      actions.next(event.shiftKey ? -1 : 1);
      return true;
    default:
      return false;
  }
}

function commandKey(key: string, actions: KeyActions): boolean {
  switch (key) {
    case 'Home':
    case 'ArrowUp':
      actions.start();
      return true;
    case 'End':
    case 'ArrowDown':
      actions.end();
      return true;
    case 'a':
      actions.all();
      return true;
    case 'c':
      return actions.copy();
    case 'f':
      actions.find('find');
      return true;
    case 'g':
      actions.find('line');
      return true;
    default:
      return false;
  }
}
