/** Everything one demo server remembers. Two servers share nothing. */
export interface DemoState {
  /** Tickets of logins that are under way, by cookie value: the name of the user. */
  readonly tickets: Map<string, string>;
  /** Logins in force, by the value of the session cookie. */
  readonly logins: Map<string, DemoLogin>;
  readonly items: Map<number, DemoItem>;
  nextItemId: number;
}

export interface DemoLogin {
  readonly user: DemoUser;
  /** Bearer token handed out with this login. */
  readonly token: string;
}

export interface DemoUser {
  readonly name: string;
  readonly fullName: string;
  readonly password: string;
}

export interface DemoItem {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

export const demoUsers: readonly DemoUser[] = [
  { name: 'ada', fullName: 'Ada Lovelace', password: 'lovelace' },
  { name: 'grace', fullName: 'Grace Hopper', password: 'hopper' },
];

export function createDemoState(): DemoState {
  const items: DemoItem[] = [
    { id: 1, name: 'Teapot', price: 12.5 },
    { id: 2, name: 'Cookie jar', price: 8 },
  ];
  return {
    tickets: new Map(),
    logins: new Map(),
    items: new Map(items.map((item) => [item.id, item])),
    nextItemId: items.length + 1,
  };
}
