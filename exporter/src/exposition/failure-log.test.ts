import { createLogger } from '@evenkeel/toolkit';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { PartialFailure } from '../model/collector.ts';
import { FailureLog } from './failure-log.ts';

describe('FailureLog', () => {
  let lines: string[];
  let log: FailureLog;

  beforeEach(() => {
    lines = [];
    const destination = {
      write: (line: string) => void lines.push(line.replace(/^.* name=test /, '').trim()),
    };
    log = new FailureLog(createLogger({ name: 'test', destination }));
  });

  /** @returns what was logged for one more scrape in which these subjects failed */
  function note(...subjects: string[]): string[] {
    const problems = subjects.map((subject) => ({ subject, message: `${subject} is broken` }));
    const error = subjects.length === 0 ? undefined : new PartialFailure(problems, []);
    log.note([{ collector: 'sql', families: [], durationSeconds: 0, error }]);
    return lines.splice(0);
  }

  const fails = (subject: string) => `msg="collector fails" collector=sql error="${subject} is broken"`;
  const works = (subject: string) => `msg="collector works again" collector=sql part="${subject}"`;

  it('says of each part when it begins to fail and when it works again', () => {
    expect(note('database a', 'database b')).toEqual([fails('database a'), fails('database b')]);
    expect(note('database a', 'database b')).toEqual([]);
    expect(note('database b')).toEqual([works('database a')]);
    expect(note('database a', 'database b')).toEqual([fails('database a')]);
    expect(note()).toEqual([works('database b'), works('database a')]);
    expect(note()).toEqual([]);
  });

  it('sees a database go away of which a query fails for ever', () => {
    expect(note('database a, query q')).toEqual([fails('database a, query q')]);
    expect(note('database a')).toEqual([fails('database a')]);
    expect(note('database a, query q')).toEqual([works('database a')]);
    expect(note()).toEqual([works('database a, query q')]);
  });

  it('knows nothing of parts while all of it fails', () => {
    note('database a');
    log.note([{ collector: 'sql', families: [], durationSeconds: 0, error: new Error('late') }]);
    expect(lines.splice(0)).toEqual(['msg="collector fails" collector=sql error=late']);
    expect(note('database a')).toEqual(['msg="collector works again" collector=sql']);
  });
});
