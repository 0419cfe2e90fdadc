import * as vscode from 'vscode';
import type { Profile } from '../core/variables/profile.ts';

const named: Readonly<Record<string, string>> = {
  red: 'charts.red',
  orange: 'charts.orange',
  yellow: 'charts.yellow',
  green: 'charts.green',
  blue: 'charts.blue',
  purple: 'charts.purple',
};

/** The colour of the profiles in force: `"$color"` of the last that has one, by a name of the theme or as `#rrggbb`; a protected one warns by itself. */
export function profileColor(
  profiles: readonly Profile[],
  selected: readonly string[],
): vscode.ThemeColor | string | undefined {
  const chosen = selected.flatMap((name) => profiles.filter((profile) => profile.name === name));
  const color = chosen.findLast((profile) => profile.color !== undefined)?.color?.toLowerCase();
  if (color !== undefined && named[color] !== undefined) return new vscode.ThemeColor(named[color]);
  if (color !== undefined && /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/.test(color)) return color;
  return chosen.some((profile) => profile.protected) ? new vscode.ThemeColor('editorWarning.foreground') : undefined;
}
