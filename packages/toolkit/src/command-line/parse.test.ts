import { describe, expect, it } from '@jest/globals';
import { defineCommand, type Invocation, type Program, variablesOf } from './command.ts';
import type { Options } from './options.ts';
import { parseCommandLine } from './parse.ts';
import { runCommandLine } from './program.ts';

const LOG = {
  'log.level': { type: 'text', about: 'how much to log', choices: ['info', 'debug'], default: 'info' },
} as const;

const CONFIG = { 'config.file': { type: 'text', about: 'the config', placeholder: 'file' } } as const;

/** What the commands were run with. */
const ran: { name: string; values: object; operands: readonly string[] }[] = [];

function noting(name: string) {
  return ({ values, operands }: Invocation<Options>) => {
    ran.push({ name, values, operands });
    return Promise.resolve(0);
  };
}

const program: Program = {
  name: 'evenkeel-test',
  version: '1.2.3',
  summary: 'tests the command line',
  envPrefix: 'EVENKEEL_TEST',
  standard: 'run',
  commands: [
    defineCommand({
      name: 'run',
      summary: 'run it',
      options: {
        ...CONFIG,
        ...LOG,
        'web.listen-address': { type: 'list', about: 'where to listen', default: ['127.0.0.1:1'] },
        'collector.cpu': { type: 'flag', about: 'CPU time', default: true },
      },
      run: noting('run'),
    }),
    defineCommand({ name: 'check', summary: 'check the config', options: CONFIG, run: noting('check') }),
    defineCommand({
      name: 'test',
      summary: 'run tests',
      operands: '<file>...',
      options: {},
      exits: { 1: 'a test failed' },
      run: noting('test'),
    }),
    defineCommand({
      name: 'token create',
      summary: 'create a token',
      operands: '<name>',
      options: {
        ...CONFIG,
        role: {
          type: 'text',
          about: 'what it may do',
          choices: ['viewer', 'admin'],
          required: true,
          env: false,
        },
      },
      examples: ['evenkeel-test token create anna --role=admin'],
      run: noting('token create'),
    }),
    defineCommand({ name: 'token list', summary: 'list tokens', options: CONFIG, run: noting('token list') }),
  ],
};

async function run(argv: readonly string[], env: Record<string, string> = {}) {
  ran.length = 0;
  let printed = '';
  const write = (text: string) => Promise.resolve(void (printed += text));
  const code = await runCommandLine(program, { argv, env, write });
  return { code, printed, ...ran[0] };
}

function failure(argv: readonly string[], env: Record<string, string> = {}): unknown {
  try {
    return parseCommandLine(program, argv, env);
  } catch (error) {
    return error;
  }
}

describe('a command line', () => {
  it('takes flags before the environment and that before the default', async () => {
    const env = { EVENKEEL_TEST_LOG_LEVEL: 'debug', EVENKEEL_TEST_WEB_LISTEN_ADDRESS: 'a:1, b:2' };
    expect((await run([])).values).toMatchObject({ 'log.level': 'info', 'config.file': undefined });
    expect((await run([], env)).values).toMatchObject({
      'log.level': 'debug',
      'web.listen-address': ['a:1', 'b:2'],
    });
    expect((await run(['--log.level=info', '--web.listen-address=c:3'], env)).values).toMatchObject({
      'log.level': 'info',
      'web.listen-address': ['c:3'],
    });
  });

  it('knows flags that are switched off', async () => {
    expect((await run(['--no-collector.cpu'])).values).toMatchObject({ 'collector.cpu': false });
    const env = { EVENKEEL_TEST_COLLECTOR_CPU: 'false' };
    expect((await run([], env)).values).toMatchObject({ 'collector.cpu': false });
  });

  it.each([
    [[], 'run', []],
    [['--config.file', 'check'], 'run', []],
    [['--config.file=a.yml', 'check'], 'check', []],
    [['test', 'a.yml', 'b.yml'], 'test', ['a.yml', 'b.yml']],
    [['--config.file=x', 'token', 'create', 'anna', '--role', 'admin'], 'token create', ['anna']],
    [['token', 'list'], 'token list', []],
  ])('%j runs %s with %j', async (argv, name, operands) => {
    expect(await run(argv)).toMatchObject({ code: 0, name, operands });
  });

  it.each([...program.commands].map(({ name }) => name))(
    'runs %s, as every command that is listed',
    async (name) => {
      const needed = name === 'token create' ? ['anna', '--role=viewer'] : name === 'test' ? ['a.yml'] : [];
      expect(await run([...name.split(' '), ...needed])).toMatchObject({ name });
    },
  );

  it.each([
    [['--config.fil=x'], 'unknown flag --config.fil', 'did you mean --config.file?'],
    [['--config.fil', 'x'], 'unknown flag --config.fil', 'did you mean --config.file?'],
    [
      ['check', '--log.levle=x'],
      'unknown flag --log.levle of evenkeel-test check',
      'see evenkeel-test check --help',
    ],
    [
      ['check', '--role=admin'],
      'unknown flag --role of evenkeel-test check',
      'it is a flag of evenkeel-test token create',
    ],
    [['chekc'], 'unknown command chekc', 'did you mean check?'],
    [['tokn', 'list'], 'unknown command tokn', 'did you mean token?'],
    [['token'], 'token by itself is no command', 'there are token create, token list'],
    [['token', 'creat'], 'unknown command token creat', 'there are token create, token list'],
    [['--log.level=loud'], '--log.level is "loud"', 'expected one of info, debug'],
    [['--config.file'], "Option '--config.file <value>' argument missing", 'see evenkeel-test run --help'],
    [['check', 'a.yml'], 'evenkeel-test check takes no a.yml', 'see evenkeel-test check --help'],
    [['test'], 'evenkeel-test test needs <file>...', 'see evenkeel-test test --help'],
    [
      ['token', 'create', 'a', 'b', '--role=admin'],
      'evenkeel-test token create takes no more than <name>: b',
      'see evenkeel-test token create --help',
    ],
    [['token', 'create', 'a'], 'token create needs --role', '--role: what it may do, one of viewer, admin'],
  ])('%j is refused: %s', (argv, message, hint) => {
    expect(failure(argv)).toMatchObject({ code: 'COMMAND_LINE_INVALID', message, hint });
  });

  it('refuses a variable that is no flag value', () => {
    expect(failure([], { EVENKEEL_TEST_COLLECTOR_CPU: 'maybe' })).toMatchObject({
      hint: 'expected true or false',
    });
  });

  it('has variables of the options of all commands, each once', () => {
    expect(variablesOf(program)).toEqual([
      'EVENKEEL_TEST_CONFIG_FILE',
      'EVENKEEL_TEST_LOG_LEVEL',
      'EVENKEEL_TEST_WEB_LISTEN_ADDRESS',
      'EVENKEEL_TEST_COLLECTOR_CPU',
    ]);
  });
});

describe('--help', () => {
  it('of the program lists the commands and the flags of the standard one', async () => {
    const { code, printed } = await run(['--help']);
    expect(code).toBe(0);
    expect(printed).toBe(`evenkeel-test 1.2.3: tests the command line

Usage:
  evenkeel-test [command] [flags]
  evenkeel-test <command> --help

Commands:
  run           run it (default)
  check         check the config
  test          run tests
  token create  create a token
  token list    list tokens

Flags of run, each also as a variable of the environment (--config.file is EVENKEEL_TEST_CONFIG_FILE):
  --config.file=<file>              the config
  --log.level=<info|debug>          how much to log (default info)
  --web.listen-address=<value> ...  where to listen (default 127.0.0.1:1)
  --[no-]collector.cpu              CPU time
  -h, --help                        show this text
  --version                         show the version

Exit codes:
  0  done
  1  it failed; stderr says why
  2  a mistake in what was typed, or in a file; nothing was done
`);
  });

  it('of a command has its operands, flags, exit codes and examples alone', async () => {
    const { printed } = await run(['token', 'create', '--help']);
    expect(printed).toBe(`evenkeel-test token create: create a token

Usage:
  evenkeel-test token create <name> [flags]

Flags, each also as a variable of the environment (--config.file is EVENKEEL_TEST_CONFIG_FILE):
  --config.file=<file>   the config
  --role=<viewer|admin>  what it may do (required, no variable)
  -h, --help             show this text
  --version              show the version

Exit codes:
  0  done
  1  it failed; stderr says why
  2  a mistake in what was typed, or in a file; nothing was done

Examples:
  evenkeel-test token create anna --role=admin
`);
    expect((await run(['test', '-h'])).printed).toContain('  1  a test failed\n');
  });

  it('after the first word of two names those that there are', async () => {
    expect((await run(['token', '--help'])).printed).toBe(`evenkeel-test token: 2 commands

Usage:
  evenkeel-test <command> --help

Commands:
  token create  create a token
  token list    list tokens
`);
  });

  it('comes before what is missing, and --version before everything', async () => {
    expect((await run(['test', '--help'])).printed).toContain('evenkeel-test test <file>... [flags]');
    expect((await run(['token', 'create', '--version'])).printed).toBe('evenkeel-test 1.2.3\n');
  });
});
