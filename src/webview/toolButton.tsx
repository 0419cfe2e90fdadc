import { Icon, type IconName } from './icons.tsx';

interface ToolButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly title?: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

/** A command in a row of tools: a word where there is room, a drawing in a narrow column. Its name is the word in both. */
export function ToolButton({ icon, label, title, pressed, onClick }: ToolButtonProps) {
  return (
    <button type="button" class="tool" title={title ?? label} aria-pressed={pressed} onClick={onClick}>
      <Icon name={icon} />
      <span class="tool-label">{label}</span>
    </button>
  );
}
