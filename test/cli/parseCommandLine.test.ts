import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commands } from '../../src/cli/commandLine.ts';
import { strongestExitCode, type ExitCode } from '../../src/cli/exitCode.ts';
import { commandHelp, programHelp } from '../../src/cli/help.ts';
import { parseCommandLine, type CommandArguments } from '../../src/cli/parseCommandLine.ts';

function run(...argv: string[]): CommandArguments {
  const line = parseCommandLine(argv);
  assert.equal(line.kind, 'run');
  return line.kind === 'run' ? line.arguments : assert.fail();
}

describe('options', () => {
  test('stand before, between and after file names', () => {
    for (const argv of [
      ['send', '--name', 'a', 'x.http', '--json', 'y.http', '--name=b'],
      ['send', 'x.http', 'y.http', '--json', '--name', 'a', '--name', 'b'],
    ]) {
      const given = run(...argv);
      assert.deepEqual(given.positionals, ['x.http', 'y.http']);
      assert.deepEqual(given.texts('name'), ['a', 'b']);
      assert.equal(given.flag('json'), true);
      assert.equal(given.flag('all'), false);
    }
  });

  test('end at --, and - is a file', () => {
    assert.deepEqual(run('send', '-', '--', '--json').positionals, ['-', '--json']);
  });

  test('that take one value take the last', () => {
    assert.equal(run('send', 'x', '--env', 'a', '--env', 'b').text('env'), 'b');
    assert.equal(run('send', 'x').text('env'), undefined);
  });

  test('take an empty value and an equals sign in a value', () => {
    assert.deepEqual(run('send', 'x', '--var', 'a=', '--var=b=c=d').texts('var'), ['a=', 'b=c=d']);
  });

  test('take whole numbers', () => {
    assert.equal(run('send', 'x', '--line', '12').number('line', 1), 12);
    for (const text of ['0', '-1', '1.5', 'x', '', '1e3', '9'.repeat(20)]) {
      assert.throws(() => run('send', 'x', `--line=${text}`).number('line', 1), /--line takes a whole number/);
    }
  });
});

describe('wrong usage says what was meant', () => {
  const table: [argv: string[], expected: RegExp][] = [
    [[], /Say what to do/],
    [['sned'], /no command "sned"\. Did you mean "send"\?/],
    [['--json', 'send'], /Put the command before its options/],
    [['send', 'x', '--nmae', 'a'], /no option --nmae\. Did you mean "--name"\?/],
    [['send', 'x', '--name'], /^--name needs a value: --name ID\. /],
    [
      ['send', 'x', '--timeout', '-1'],
      /^--timeout needs a value: --timeout MS\. If the value begins with a dash, write --timeout=-1\. /,
    ],
    [['send', 'x', '--env', '--json'], /^--env needs a value: --env NAME\[,NAME\]\. /],
    [['send', 'x', '--json=yes'], /^--json takes no value\. /],
    [['send', 'x', '-q'], /no option -q/],
    [['session'], /list, show, clear, set, export, import/],
    [['session', 'lst'], /Did you mean "session list"/],
    [['env', '--json'], /Say which: list, show/],
    [['help', 'nothing'], /no command "nothing"/],
  ];
  for (const [argv, expected] of table) {
    test(argv.join(' ') || '(nothing)', () => assert.throws(() => parseCommandLine(argv), { message: expected }));
  }
});

describe('help', () => {
  test('is asked for in every way', () => {
    assert.deepEqual(parseCommandLine(['--help']), { kind: 'help', command: undefined });
    assert.deepEqual(parseCommandLine(['help', 'session', 'set']), { kind: 'help', command: 'session set' });
    assert.deepEqual(parseCommandLine(['send', 'x', '-h']), { kind: 'help', command: 'send' });
    assert.deepEqual(parseCommandLine(['env', '--help']), { kind: 'help', command: 'env' });
    assert.deepEqual(parseCommandLine(['--version']), { kind: 'version' });
  });

  test('lists every command, and every option of each', () => {
    for (const [name, { options }] of Object.entries(commands)) {
      assert.match(programHelp(), new RegExp(`^  ${name}\\b`, 'm'));
      for (const option of Object.keys(options)) assert.match(commandHelp(name), new RegExp(`^  --${option}\\b`, 'm'));
    }
    assert.match(commandHelp('session'), /session import/);
  });
});

test('exit codes: 130 > 2 > 3 > 1 > 0', () => {
  const table: [held: ExitCode[], expected: ExitCode][] = [
    [[], 0],
    [[0, 1, 0], 1],
    [[1, 3], 3],
    [[3, 2, 1], 2],
    [[2, 130, 3], 130],
  ];
  for (const [held, expected] of table) assert.equal(strongestExitCode(held), expected);
});
