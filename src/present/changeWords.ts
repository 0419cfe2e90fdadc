import type { ItemChange, SessionChange } from '../core/session/sessionChange.ts';
import { counted } from './timeWords.ts';

/** A change in short (`+2 cookies, −1 cookie, 1 variable changed`) and line by line, without any value. */
export function changeWords({ cookies, variables, recorded, defaults }: SessionChange): {
  readonly short: string;
  readonly long: readonly string[];
} {
  const short = [
    ...counts(cookies, 'cookie'),
    ...counts(variables, 'variable'),
    ...counts(recorded, 'response'),
    ...(defaults ? ['defaults changed'] : []),
  ];
  return {
    short: short.join(', '),
    long: [
      ...cookies.map((each) => line(each, 'cookie', ({ name, domain, path }) => `${name} of ${domain}${path}`)),
      ...variables.map((each) => line(each, 'variable', ({ name }) => name)),
      ...recorded.map((each) => line(each, 'last response', ({ id }) => id)),
      ...(defaults ? ['defaults changed'] : []),
    ],
  };
}

function counts(changes: readonly ItemChange<unknown>[], noun: string): readonly string[] {
  const added = changes.filter(({ before }) => before === undefined).length;
  const removed = changes.filter(({ after }) => after === undefined).length;
  const changed = changes.length - added - removed;
  return [
    ...(added > 0 ? [`+${counted(added, noun)}`] : []),
    ...(changed > 0 ? [`${counted(changed, noun)} changed`] : []),
    ...(removed > 0 ? [`−${counted(removed, noun)}`] : []),
  ];
}

function line<Item>({ before, after }: ItemChange<Item>, noun: string, name: (item: Item) => string): string {
  const item = after ?? before;
  const what = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return `${noun} ${item === undefined ? '' : name(item)} ${what}`;
}
