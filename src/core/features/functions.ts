/** What a `$` function is, for people: shown in completion and hover. */
export interface FunctionDoc {
  readonly name: string;
  /** What is inserted between the braces; `${1:…}` are stops for the cursor. */
  readonly snippet: string;
  readonly text: string;
}

const entries: readonly (readonly [name: string, snippet: string, text: string])[] = [
  ['$guid', '$guid', 'A new random UUID, version 4. The same as `$uuid`.'],
  ['$uuid', '$uuid', 'A new random UUID, version 4.'],
  [
    '$randomInt',
    '$randomInt ${1:0} ${2:1000}',
    'A whole number from the first argument up to, not including, the second. Without arguments: 0 to 999.',
  ],
  ['$timestamp', '$timestamp', 'Seconds since 1970-01-01 UTC. An offset may follow, for example `-1 d` for yesterday.'],
  ['$timestampMs', '$timestampMs', 'Milliseconds since 1970-01-01 UTC. An offset may follow, for example `2 h`.'],
  ['$isoTimestamp', '$isoTimestamp', 'The time now in UTC, as `2026-02-03T04:05:06.007Z`. An offset may follow.'],
  [
    '$datetime',
    '$datetime ${1|iso8601,rfc1123,"YYYY-MM-DD"|}',
    'The time now in UTC in a format: `iso8601`, `rfc1123`, or a pattern in quotes. An offset may follow, for example `1 w`.',
  ],
  [
    '$localDatetime',
    '$localDatetime ${1|iso8601,rfc1123,"YYYY-MM-DD"|}',
    'The time now in the local time zone, in a format as for `$datetime`.',
  ],
  [
    '$processEnv',
    '$processEnv ${1:NAME}',
    'An environment variable of the program. `%NAME` takes the name from the variable NAME.',
  ],
  ['$dotenv', '$dotenv ${1:NAME}', 'A value of the nearest `.env` file that has the name.'],
  ['$env', '$env.${1:NAME}', 'An environment variable of the program, as `$processEnv`.'],
  ['$shared', '$shared ${1:name}', 'The value under `$shared` of the environment files, whatever lies over it.'],
  [
    '$secret',
    '$secret ${1:name}',
    'A secret from the secret storage. It is asked for once and masked wherever it would be shown.',
  ],
  ['$prompt', '$prompt ${1:name}', 'A text that is asked for before each send.'],
  ['$input', '$input ${1:What to ask}', 'A text that is asked for before each send; all that follows is the question.'],
  [
    '$input-askonce',
    '$input-askonce ${1:What to ask}',
    'A text that is asked for with the first send and remembered as long as the session.',
  ],
  [
    '$pick',
    '$pick ${1:What to ask} \\$value: ${2:one},${3:other}',
    'One of the answers behind `$value:`, asked for before each send.',
  ],
  [
    '$pick-askonce',
    '$pick-askonce ${1:What to ask} \\$value: ${2:one},${3:other}',
    'One of the answers behind `$value:`, asked for with the first send and remembered as long as the session.',
  ],
  ['$password', '$password ${1:name}', 'A text that is asked for before each send, without showing it.'],
  [
    '$password-askonce',
    '$password-askonce ${1:name}',
    'A text that is asked for with the first send, without showing it, and remembered as long as the session.',
  ],
  ['$random.uuid', '$random.uuid', 'A new random UUID.'],
  [
    '$random.integer',
    '$random.integer(${1:0}, ${2:1000})',
    'A whole number from the first argument up to, not including, the second.',
  ],
  ['$random.float', '$random.float(${1:0}, ${2:1})', 'A number between the two arguments.'],
  ['$random.boolean', '$random.boolean', '`true` or `false`.'],
  ['$random.alphabetic', '$random.alphabetic(${1:10})', 'As many random letters.'],
  ['$random.alphanumeric', '$random.alphanumeric(${1:10})', 'As many random letters, digits and underscores.'],
  ['$random.hexadecimal', '$random.hexadecimal(${1:10})', 'As many random hexadecimal digits.'],
  ['$random.email', '$random.email', 'An address at example.com with a random name.'],
];

export const functions: readonly FunctionDoc[] = entries.map(([name, snippet, text]) => ({ name, snippet, text }));

/** The function of that name; `$env.HOME` is `$env`. */
export function functionDoc(name: string): FunctionDoc | undefined {
  return functions.find((each) => each.name === (name.startsWith('$env.') ? '$env' : name));
}
