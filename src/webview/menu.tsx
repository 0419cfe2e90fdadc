import { useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { moveFocus } from './roving.ts';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  /** Set for an item of which one is chosen. */
  readonly checked?: boolean;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly quiet?: boolean;
  /** What stands on the button in place of the three dots. */
  readonly shown?: string;
}

/** A button with a menu (WAI-ARIA menu button). The popup stands in the browser's top layer, so that no scrolling box cuts it. */
export function Menu({ label, items, quiet, shown }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = (): void => {
    if (button.current && popup.current) show(popup.current, button.current);
  };
  const close = (): void => {
    popup.current?.hidePopover();
    button.current?.focus();
  };
  const onMenuKey = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') popup.current?.hidePopover();
    else moveFocus(event, menuItem, true);
    event.stopPropagation();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`${shown === undefined ? 'icon-button' : 'menu-button'}${quiet === true ? ' quiet' : ''}`}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={(event) => {
          event.stopPropagation();
          if (isOpen) close();
          else open();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          event.stopPropagation();
          open();
        }}
      >
        {shown ?? <Icon name="more" />}
        {shown !== undefined && <Icon name="down" />}
      </button>
      <div
        ref={popup}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        class="menu"
        onKeyDown={onMenuKey}
        onClick={(event) => event.stopPropagation()}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.checked}
            tabIndex={-1}
            onClick={() => {
              close();
              item.run();
            }}
          >
            {item.checked !== undefined && <Icon name={item.checked ? 'check' : 'blank'} />}
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}

const menuItem = '[role^=menuitem]';

/** Opens below the button, right edges aligned, and above it where there is no room. Styles go through the CSSOM: the CSP allows no others. */
function show(popup: HTMLElement, button: HTMLElement): void {
  popup.showPopover();
  const anchor = button.getBoundingClientRect();
  const { width, height } = popup.getBoundingClientRect();
  const below = anchor.bottom + 2;
  const top = below + height > innerHeight ? Math.max(2, anchor.top - height - 2) : below;
  popup.style.top = `${top}px`;
  popup.style.left = `${Math.max(2, anchor.right - width)}px`;
  popup.querySelector<HTMLElement>(`[aria-checked=true], ${menuItem}`)?.focus();
}
