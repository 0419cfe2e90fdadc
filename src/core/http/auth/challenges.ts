/** One challenge of a WWW-Authenticate line (RFC 9110 11.3). */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** By lower-case name, unquoted; one character a byte. */
  readonly params: ReadonlyMap<string, string>;
}

/**
 * The challenges of all WWW-Authenticate lines, in order. Several may stand in one line, parted by the same commas as
 * their parameters. What comes behind something that cannot be read is left out.
 */
export function parseChallenges(lines: readonly string[]): readonly Challenge[] {
  return lines.flatMap(challengesOf);
}

/** The parameters of a line that has no scheme, such as Authentication-Info (RFC 7615 section 3). */
export function parseAuthParams(line: string): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  const cursor = { at: 0 };
  for (let pair = readParam(line, cursor); pair !== undefined; pair = readParam(line, cursor)) params.set(...pair);
  return params;
}

function challengesOf(line: string): readonly Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  const cursor = { at: 0 };
  for (;;) {
    const current = challenges.at(-1);
    const pair = current && readParam(line, cursor);
    if (pair) current.params.set(...pair);
    else {
      const scheme = readScheme(line, cursor);
      if (scheme === undefined) return challenges;
      challenges.push({ scheme, params: new Map() });
    }
  }
}

interface Cursor {
  at: number;
}

const param = /[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?=,|$)/y;
/** A scheme, and the token68 of schemes that have one instead of parameters. */
const scheme = /[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]+[A-Za-z0-9\-._~+/]+=*(?=\s*(?:,|$)))?(?=[\s,]|$)/y;

function readParam(line: string, cursor: Cursor): [name: string, value: string] | undefined {
  param.lastIndex = cursor.at;
  const match = param.exec(line);
  if (match === null) return undefined;
  cursor.at = param.lastIndex;
  const [, name = '', quoted, token = ''] = match;
  return [name.toLowerCase(), quoted === undefined ? token : quoted.replace(/\\(.)/gs, '$1')];
}

function readScheme(line: string, cursor: Cursor): string | undefined {
  scheme.lastIndex = cursor.at;
  const match = scheme.exec(line);
  if (match === null) return undefined;
  cursor.at = scheme.lastIndex;
  return match[1]?.toLowerCase();
}
