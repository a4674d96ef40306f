import { describe, expect, it } from '@jest/globals';
import type { Options } from './definition.ts';
import { parseCommandLine } from './parse.ts';

const line = {
  name: 'evenkeel-test',
  version: '1.2.3',
  summary: 'tests the command line.',
  envPrefix: 'EVENKEEL_TEST',
  commands: { run: 'run it', check: 'check the config' },
  options: {
    'config.file': { type: 'text', about: 'the config', placeholder: 'file' },
    'log.level': { type: 'text', about: 'how much to log', choices: ['info', 'debug'], default: 'info' },
    'web.listen-address': { type: 'list', about: 'where to listen', default: ['127.0.0.1:1'] },
    'collector.cpu': { type: 'flag', about: 'CPU time', default: true },
  },
} as const satisfies { options: Options; [key: string]: unknown };

function values(argv: string[], env: Record<string, string> = {}) {
  const parsed = parseCommandLine(line, argv, env);
  if (parsed.kind !== 'run') throw new Error(parsed.text);
  return parsed.invocation;
}

function failure(argv: string[], env: Record<string, string> = {}): unknown {
  try {
    return values(argv, env);
  } catch (error) {
    return error;
  }
}

describe('parseCommandLine', () => {
  it('takes flags before the environment and that before the default', () => {
    const env = { EVENKEEL_TEST_LOG_LEVEL: 'debug', EVENKEEL_TEST_WEB_LISTEN_ADDRESS: 'a:1, b:2' };
    expect(values([]).values['log.level']).toBe('info');
    expect(values([], env).values['log.level']).toBe('debug');
    expect(values([], env).values['web.listen-address']).toEqual(['a:1', 'b:2']);
    expect(values(['--log.level=info', '--web.listen-address=c:3'], env).values).toMatchObject({
      'log.level': 'info',
      'web.listen-address': ['c:3'],
    });
  });

  it('knows flags that are switched off', () => {
    expect(values(['--no-collector.cpu']).values['collector.cpu']).toBe(false);
    expect(values([], { EVENKEEL_TEST_COLLECTOR_CPU: 'false' }).values['collector.cpu']).toBe(false);
  });

  it('has a default command and operands', () => {
    expect(values([]).command).toBe('run');
    expect(values(['check', 'a.yml'])).toMatchObject({ command: 'check', operands: ['a.yml'] });
  });

  it.each([
    [['--config.fil=x'], 'did you mean --config.file?'],
    [['chekc'], 'did you mean check?'],
    [['--log.level=loud'], 'expected one of info, debug'],
    [['--config.file'], 'see evenkeel-test --help'],
  ])('refuses %j and says what was meant', (argv, hint) => {
    expect(failure(argv)).toMatchObject({ code: 'COMMAND_LINE_INVALID', hint });
  });

  it('refuses a variable that is no flag value', () => {
    expect(failure([], { EVENKEEL_TEST_COLLECTOR_CPU: 'maybe' })).toMatchObject({
      hint: 'expected true or false',
    });
  });

  it('prints help with defaults and variables, and the version', () => {
    const help = parseCommandLine(line, ['--help'], {});
    expect(help.kind === 'print' && help.text).toContain('--[no-]collector.cpu');
    expect(help.kind === 'print' && help.text).toContain('(--config.file is EVENKEEL_TEST_CONFIG_FILE)');
    expect(parseCommandLine(line, ['--version'], {})).toEqual({
      kind: 'print',
      text: 'evenkeel-test 1.2.3\n',
    });
  });
});
