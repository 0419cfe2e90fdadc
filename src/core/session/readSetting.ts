import { isList, isObject, isText, type JsonObject } from '../text/jsonShape.ts';

/** What is wrong with one value: `path` leads to it from the object that was read, for example `["headers", "X-A"]`. */
export interface SettingFault {
  readonly path: readonly (string | number)[];
  /** A sentence with the next step, without the value itself: it may be a secret. */
  readonly message: string;
}

/** One value in a JSON document that nobody has checked, with the list that takes what is wrong in it. */
export class Setting {
  readonly value: unknown;
  readonly path: readonly (string | number)[];
  readonly #faults: SettingFault[];

  constructor(value: unknown, faults: SettingFault[], path: readonly (string | number)[] = []) {
    this.value = value;
    this.path = path;
    this.#faults = faults;
  }

  at(key: string | number, value: unknown): Setting {
    return new Setting(value, this.#faults, [...this.path, key]);
  }

  /** Notes that the value cannot be used; `expected` ends the sentence "… must be". */
  refuse(expected: string): undefined {
    this.#faults.push({ path: this.path, message: `"${this.name}" must be ${expected}. Correct it there.` });
    return undefined;
  }

  /** `redirect.policy`. */
  get name(): string {
    return this.path.length === 0 ? 'the session defaults' : this.path.join('.');
  }
}

export type Reader<T> = (setting: Setting) => T | undefined;

export type Readers<T> = { readonly [Name in keyof T]-?: Reader<T[Name]> };

/** The members of an object, each by its reader; members that are refused or have no reader are left out and named. */
export function readMembers<T extends object>(setting: Setting, readers: Readers<T>): Partial<T> | undefined {
  const { value } = setting;
  if (!isObject(value)) return setting.refuse(`an object, for example ${exampleOf(readers)}`);
  const found: Partial<T> = {};
  for (const [name, member] of Object.entries(value)) {
    const read = Object.hasOwn(readers, name) ? readers[name as keyof T] : undefined;
    if (read === undefined) {
      setting.at(name, member).refuse(`one of ${Object.keys(readers).join(', ')}`);
      continue;
    }
    const kept = read(setting.at(name, member));
    if (kept !== undefined) found[name as keyof T] = kept;
  }
  return found;
}

export const readBoolean: Reader<boolean> = (setting) =>
  typeof setting.value === 'boolean' ? setting.value : setting.refuse('true or false');

export const readText: Reader<string> = (setting) =>
  isText(setting.value) && setting.value !== '' ? setting.value : setting.refuse('a text');

export const readTextList: Reader<readonly string[]> = (setting) =>
  isList(setting.value) && setting.value.every(isText) ? setting.value : setting.refuse('a list of texts');

/** A number from `least` on; `whole` wants no fraction. */
export function readNumber(least: number, whole: boolean): Reader<number> {
  return (setting) => {
    const { value } = setting;
    if (typeof value === 'number' && value >= least && (whole ? Number.isInteger(value) : Number.isFinite(value))) {
      return value;
    }
    return setting.refuse(`a ${whole ? 'whole number' : 'number'} from ${least} on`);
  };
}

export function readOneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (setting) => words.find((word) => word === setting.value) ?? setting.refuse(`one of ${words.join(', ')}`);
}

/** What `read` gives, or `null` when that is written. */
export function orNull<T>(read: Reader<T>): Reader<T | null> {
  return (setting) => (setting.value === null ? null : read(setting));
}

/** Members by any name, in order; each refused one is left out. */
export function membersOf(value: JsonObject, setting: Setting): readonly (readonly [string, Setting])[] {
  return Object.entries(value).map(([name, member]) => [name, setting.at(name, member)]);
}

function exampleOf(readers: object): string {
  return `{ "${Object.keys(readers)[0] ?? 'name'}": … }`;
}
