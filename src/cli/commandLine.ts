/** One option of a command, as `--help` shows it and as the parser takes it. */
export interface OptionSpec {
  /** What stands behind the option in the help, for example `DIR`; absent for a switch. */
  readonly value?: string;
  readonly multiple?: true;
  readonly about: string;
}

/** One command (or subcommand) of the program. */
export interface CommandSpec {
  /** For example `send FILE...`. */
  readonly usage: string;
  readonly about: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Paragraphs below the options. */
  readonly notes?: readonly string[];
}

const session: OptionSpec = { value: 'NAME', about: 'Session to use (default: "default")' };
const store: OptionSpec = {
  value: 'DIR',
  about: 'Folder that sessions are kept in (default: the state folder of your system)',
};
const root: OptionSpec = {
  value: 'DIR',
  about: 'Root folder (default: the nearest folder above with .git or .vscode, else the folder of the file)',
};
const json: OptionSpec = { about: 'Print JSON, one object a line' };
const environment: OptionSpec = { value: 'NAME[,NAME]', about: 'Environment profiles; what a later one says counts' };
const where = { env: environment, session, store, root };

export const commands: Readonly<Record<string, CommandSpec>> = {
  send: {
    usage: 'send FILE|DIR... [options]',
    about: 'Send requests of .http files, or of all such files in a folder; "-" reads standard input',
    options: {
      name: { value: 'ID', multiple: true, about: 'Send the request of this "# @name" or title; can be repeated' },
      line: { value: 'N', about: 'Send the request at this line' },
      all: { about: 'Send every request, in order' },
      'fail-fast': { about: 'Stop after the first request that fails or is answered with 400 or above' },
      ...where,
      var: { value: 'NAME=VALUE', multiple: true, about: 'Set a variable above all others; answers "# @prompt NAME"' },
      json,
      output: {
        value: 'FILE',
        about: 'Write the body of the one request to a file, as it comes; "-" is standard output',
      },
      mask: { about: 'Mask credentials and other secrets in what is printed' },
      report: {
        value: 'FORM[=FILE]',
        multiple: true,
        about:
          'Write a report, secrets masked: junit, tap, json or har; without a file to standard output. Can be repeated',
      },
      'report-secrets': { about: 'Do not mask secrets in reports' },
      'body-limit': { value: 'BYTES', about: 'Print at most so many bytes of a body' },
      timeout: { value: 'MS', about: 'Longest wait for a connection, and between bytes' },
      'total-timeout': { value: 'MS', about: 'Longest time for a whole send, with its redirects and retries' },
      insecure: { about: 'Do not verify TLS certificates' },
      proxy: {
        value: 'URL',
        about: 'Proxy for every request: http, https, socks5 or socks5h (looks names up itself); "none" uses none',
      },
      'no-follow': { about: 'Do not follow redirects' },
      yes: {
        about:
          'Say yes to "# @note", to sending first what a request refers to, to protected environments and to files outside the root',
      },
    },
    notes: [
      'Without --name, --line or --all the file must hold one request.',
      'When one request is sent and standard output is no terminal, its body alone goes there, and everything else to standard error.',
      'Secrets ({{$secret NAME}}) come from CRUMBTRAIL_SECRET_NAME. Sessions are encrypted when CRUMBTRAIL_KEY is set.',
      'Exit codes: 0 sent and below 400; 1 failed or 400 and above; 2 wrong usage or unreadable file; 3 blocked, not sent; 130 cancelled.',
    ],
  },
  parse: {
    usage: 'parse FILE... [--json]',
    about: 'Show what a file holds, and its problems',
    options: { json },
  },
  'session list': {
    usage: 'session list [options]',
    about: 'List the sessions of the store',
    options: { store, root, json },
  },
  'session show': {
    usage: 'session show [options]',
    about: 'Show cookies, variables and defaults; values are masked except in --json',
    options: { ...where, json, mask: { about: 'Mask values in --json too' } },
  },
  'session clear': {
    usage: 'session clear [--cookies] [--variables] [options]',
    about: 'Clear cookies, variables, or both when neither is named; never asks',
    options: { cookies: { about: 'Clear the cookies' }, variables: { about: 'Clear the variables' }, ...where },
  },
  'session set': {
    usage: 'session set [NAME=VALUE...] [options]',
    about: 'Set variables and defaults of a session',
    options: {
      header: { value: '"NAME: VALUE"', multiple: true, about: 'Send this header with every request of the session' },
      unset: { value: 'NAME', multiple: true, about: 'Remove a variable' },
      'unset-header': { value: 'NAME', multiple: true, about: 'Remove a default header of the session' },
      default: {
        value: 'NAME=VALUE',
        multiple: true,
        about: 'Set a default, for example timeout=5000 or params.key=1',
      },
      'unset-default': { value: 'NAME', multiple: true, about: 'Remove a default of the session' },
      mount: { value: 'URL', about: 'The defaults hold for URLs that begin so, and not for all' },
      ...where,
    },
    notes: [
      '"--header NAME:" without a value keeps the product from sending its own header of that name.',
      'Defaults: headers.NAME, params.NAME, cookies.NAME, auth, proxies.KEY, verify, cert, timeout, maxRedirects, redirect.NAME, retry, cookieHeader, trustEnv, rawTarget. Values may be JSON.',
    ],
  },
  'session export': {
    usage: 'session export [FILE] [options]',
    about: 'Write the cookies to a file, or to standard output',
    options: { format: { value: 'FORMAT', about: 'netscape (default), jetbrains, json, tough or har' }, ...where },
    notes: ['The values of the cookies are in the export: keep it as you keep a password.'],
  },
  'session import': {
    usage: 'session import FILE [options]',
    about: 'Read cookies from a file; "-" reads standard input',
    options: {
      format: {
        value: 'FORMAT',
        about: 'netscape, jetbrains, json, tough, har, cookie or set-cookie (default: what the file looks like)',
      },
      url: { value: 'URL', about: 'Whose cookies they are, for a Cookie or Set-Cookie line' },
      ...where,
    },
    notes: ['A curl command is read too: its Cookie line, for the URL that it names.'],
  },
  'session why': {
    usage: 'session why URL [options]',
    about: 'Say for each cookie why it would go to a URL, or why not',
    options: { ...where, json },
  },
  'session rename': { usage: 'session rename NAME [options]', about: 'Give the session another name', options: where },
  'session fork': {
    usage: 'session fork NAME [options]',
    about: 'Copy the session to a new one that shares nothing with it',
    options: where,
  },
  'session delete': {
    usage: 'session delete [options]',
    about: 'Delete the session and its snapshots; never asks',
    options: where,
  },
  'session snapshot': {
    usage: 'session snapshot [NAME] [options]',
    about: 'Keep what the session holds under a name, or list the snapshots',
    options: where,
  },
  'session restore': {
    usage: 'session restore NAME [options]',
    about: 'Make the session what it was when the snapshot was taken',
    options: where,
  },
  'session undo': {
    usage: 'session undo [options]',
    about: 'Take back the last clear, set, import or restore; undo again to take that back',
    options: where,
  },
  'env list': {
    usage: 'env list [FILE] [options]',
    about: 'List the environment profiles that a file in this place sees',
    options: { root, json },
  },
  'env show': {
    usage: 'env show NAME[,NAME] [FILE] [options]',
    about: 'Show the variables of a profile; secrets are masked except in --json',
    options: { root, json, mask: { about: 'Mask secrets in --json too' } },
  },
  demo: {
    usage: 'demo [--port N]',
    about: 'Run the demo API on this machine until Ctrl+C',
    options: { port: { value: 'N', about: 'Port (default: 3123, or a free one if it is taken)' } },
  },
};
