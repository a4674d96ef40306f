import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@evenkeel/exporter';
import { freePort, newDatabase, type TestDatabase } from '@evenkeel/toolkit/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { runQuery } from '../../exporter/src/commands/query.ts';
import { readConfig } from '../../exporter/src/config/load.ts';
import { readExposition } from './exposition-text.ts';
import { startExporter } from './started-exporter.ts';

const MAIN = join(import.meta.dirname, '../../exporter/src/main.ts');
const DOCS = join(import.meta.dirname, '../../docs/exporter');

/** Longer than a query needs on the busiest machine. */
const UNHURRIED = '    timeout: 25s\n';

describe('metrics of your own from SQL', () => {
  const directory = mkdtempSync(join(tmpdir(), 'evenkeel-metrics-'));
  const configFile = join(directory, 'exporter.yml');
  const urlFile = join(directory, 'url');
  let postgres: TestDatabase;
  let client: pg.Client;
  let app: App | undefined;

  beforeAll(async () => {
    postgres = await newDatabase();
    client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    writeFileSync(urlFile, postgres.url, { mode: 0o600 });
    await client.query(`
      create table tickets (id integer primary key, team text, minutes integer, open boolean,
        changed_at timestamptz not null default clock_timestamp(), created_at timestamptz not null default now());
      create index on tickets (changed_at);
      insert into tickets (id, team, minutes, open) values (1, 'returns', 30, true), (2, 'returns', 45, false), (3, 'goods in', 5, true)`);
  }, 60_000);

  afterEach(async () => {
    await app?.stop();
    app = undefined;
  });

  afterAll(async () => {
    await client.end();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function scrape(queries: string, database = ''): Promise<Map<string, number>> {
    await start(queries, database);
    return scrapeAgain();
  }

  let url: string;

  async function start(queries: string, database = ''): Promise<void> {
    writeFileSync(join(directory, 'own.yml'), queries);
    writeFileSync(
      configFile,
      `state: { path: state }\ndatabases:\n  desk:\n    url_file: url\n    queries: [own.yml]\n${database}`,
    );
    const started = await startExporter({ readConfig: () => readConfig(configFile, {}) });
    app = started.app;
    url = `${started.metricsUrl}?collect[]=sql`;
  }

  async function scrapeAgain(): Promise<Map<string, number>> {
    const values = readExposition(await (await fetch(url)).text());
    return new Map([...values].filter(([name]) => !/duration|age|build/.test(name)));
  }

  const file = (queries: string) => `name: own\ndescription: A test.\nmin_interval: 0s\nqueries:\n${queries}`;
  const gauge = (column: string, rest = '') =>
    `values: { ${column}: { metric: desk_${column}, type: gauge, help: A test.${rest} } }`;
  const good = `  good: { sql: 'select 1 as one', labels: [], ${gauge('one')} }\n`;

  it('leave out a NULL or fail for it as the file says, and have no series for no rows', async () => {
    const values = await scrape(
      file(`${good}  null_error: { sql: 'select null::int as two', labels: [], ${gauge('two')} }
  null_absent: { sql: 'select null::int as three', labels: [], ${gauge('three', ', when_null: absent')} }
  empty: { sql: 'select 4 as four where false', labels: [], ${gauge('four')} }\n`),
    );
    expect([...values.keys()].filter((name) => name.startsWith('desk_'))).toEqual(['desk_one']);
    expect(values.get('evenkeel_exporter_collector_success{collector="sql"}')).toBe(0);
    expect(values.get('evenkeel_exporter_database_up{database="desk"}')).toBe(1);
  });

  it('end a query at its own timeout, on the server too, and cut a label with 100,000 values', async () => {
    const values = await scrape(
      file(`  slow: { sql: 'select pg_sleep(600)::text as late, 1 as slow', labels: [late], timeout: 100ms, ${gauge('slow')} }
  wide: { sql: 'select i as number, 1 as wide from generate_series(1, 100000) i', labels: [number], max_series: 50, ${gauge('wide')} }
${good}`),
      UNHURRIED,
    );
    expect([...values.keys()].filter((name) => name.startsWith('desk_wide'))).toHaveLength(50);
    expect(values.get('evenkeel_exporter_query_dropped_series{database="desk",query="wide"}')).toBe(99_950);
    expect(values.get('desk_one')).toBe(1);
    const asked = async () => {
      const { rowCount } = await client.query(
        "select from pg_stat_activity where state = 'active' and query like '%pg_sleep(600)%' and pid <> pg_backend_pid()",
      );
      return rowCount;
    };
    // By itself it would go on for ten minutes.
    while ((await asked()) !== 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('are missing when the server ends the connection in the middle of a query, and come back by themselves', async () => {
    await client.query('create table hurdle (seconds integer)');
    await client.query('insert into hurdle values (600)');
    await start(
      file(
        `  slow: { sql: 'select 1 as slow from hurdle where pg_sleep(seconds) is not null', labels: [], ${gauge('slow')} }\n${good}`,
      ),
      UNHURRIED,
    );
    const scraping = scrapeAgain();
    const ended = async () =>
      (
        await client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where query like '%from hurdle where%' and pid <> pg_backend_pid() and state = 'active'",
        )
      ).rows.length;
    while ((await ended()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const during = await scraping;
    expect(during.get('evenkeel_exporter_database_up{database="desk"}')).toBe(0);
    expect([...during.keys()].filter((name) => name.startsWith('desk_'))).toEqual([]);
    await client.query('update hurdle set seconds = 0');
    expect((await scrapeAgain()).get('desk_slow')).toBe(1);
  });

  it('run a query not before its interval has passed, and never write', async () => {
    await client.query('create sequence asked; create table kept (id integer)');
    const counting = (name: string, more: string) =>
      `  ${name}: { sql: 'select count(*) as ${name} from tickets', labels: [], ${more} ${gauge(name)} }\n`;
    const writing = `  writing: { sql: 'insert into kept values (1) returning 1 as writing', labels: [], ${gauge('writing')} }\n`;
    const before = await scrape(
      file(`${counting('seldom', 'min_interval: 1h,')}${counting('often', '')}${writing}`),
    );
    await client.query("insert into tickets (id, team, minutes, open) values (4, 'returns', 1, true)");
    const after = await scrapeAgain();
    expect([before.get('desk_seldom'), before.get('desk_often')]).toEqual([3, 3]);
    expect([after.get('desk_seldom'), after.get('desk_often')]).toEqual([3, 4]);
    expect((await client.query('select from kept')).rows).toEqual([]);
  });

  it('take a changed password from its file when the old one is refused', async () => {
    await client.query("create role reader login password 'first'; grant select on tickets to reader");
    const as = (password: string) => postgres.url.replace(/\/\/[^@]*@/, `//reader:${password}@`);
    writeFileSync(urlFile, as('first'), { mode: 0o600 });
    try {
      expect((await scrape(file(good))).get('desk_one')).toBe(1);
      await client.query("alter role reader password 'second'");
      await client.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'");
      await scrapeAgain();
      writeFileSync(urlFile, as('second'), { mode: 0o600 });
      await scrapeAgain();
      expect((await scrapeAgain()).get('desk_one')).toBe(1);
    } finally {
      writeFileSync(urlFile, postgres.url, { mode: 0o600 });
    }
  });

  describe('counted from events', () => {
    const events = `name: events\ndescription: A test.\nmin_interval: 0s\nevents:
  tickets:
    sql: select id, changed_at, created_at, team, minutes from tickets
    key: id
    changed: changed_at
    period: created_at
    labels: [team]
    values:
      minutes: { metric: desk_minutes_total, type: counter, help: Minutes of work. }\n`;

    it('go on after a restart from what was kept, and reconcile finds nothing', async () => {
      const before = await scrape(events);
      await app!.stop();
      app = undefined;
      expect(readdirSync(join(directory, 'state'))).toEqual(['desk.events.json']);
      await client.query('update tickets set minutes = 100, changed_at = clock_timestamp() where id = 1');
      const after = await scrape(events);
      expect(after.get('desk_minutes_total{team="returns"}')).toBe(
        before.get('desk_minutes_total{team="returns"}')! + 70,
      );
      await app!.stop();
      app = undefined;
      expect(await runExporter('reconcile')).toMatchObject({
        code: 0,
        text: expect.stringContaining(': right, 4 rows'),
      });
    }, 30_000);

    it('differ from a count from scratch when a change left its stamp alone, and reconcile says by how much', async () => {
      await client.query(
        "insert into tickets (id, team, minutes, open, changed_at) values (99, 'late', 1, true, now() - interval '1 day')",
      );
      rmSync(join(directory, 'state'), { recursive: true });
      await scrape(events);
      await app!.stop();
      app = undefined;
      await client.query('update tickets set minutes = 3 where id = 99');
      expect(await runExporter('reconcile')).toEqual({
        code: 1,
        text: 'database desk, events tickets differs: desk_minutes_total{team="late"} is kept as 1, counted from scratch 3\n',
      });
    }, 30_000);

    it.each([
      ['broken JSON', '{'],
      ['another version', '{"version":0}'],
    ])('are counted from scratch when the kept counts are of no use: %s', async (_, text) => {
      mkdirSync(join(directory, 'state'), { recursive: true });
      writeFileSync(join(directory, 'state/desk.events.json'), text);
      const values = await scrape(events);
      expect(values.get('evenkeel_exporter_collector_success{collector="sql"}')).toBe(1);
      expect(values.get('desk_minutes_total{team="goods in"}')).toBeGreaterThan(0);
    });
  });

  describe('are tried one by one with the command query', () => {
    const own = (more = '') =>
      `${file(`  teams: { sql: 'select team, count(*) as tickets, sum(minutes) as minutes from tickets group by team order by team', labels: [team], values: { tickets: { metric: desk_tickets, type: gauge, help: Tickets. }, minutes: { metric: desk_minutes, type: gauge, help: Minutes. } } }\n${more}`)}events:\n  work: { sql: 'select id, changed_at, created_at, team, minutes from tickets', key: id, changed: changed_at, period: created_at, labels: [team], values: { minutes: { metric: desk_minutes_total, type: counter, help: Minutes worked. } } }\n`;

    async function tryOut(name: string, more = '') {
      writeFileSync(join(directory, 'own.yml'), own(more));
      writeFileSync(configFile, 'databases:\n  desk:\n    url_file: url\n    queries: [own.yml]\n');
      const { text, isWhole } = await runQuery({ file: configFile, name, env: {} });
      return { isWhole, text: text.replace(/\d+ ms/, 'n ms') };
    }

    beforeAll(async () => {
      await client.query(
        "truncate tickets; insert into tickets (id, team, minutes, open) values (1, 'goods in', 5, true), (2, 'returns', 30, true), (3, 'returns', 45, true)",
      );
    });

    it('by its name, with all its figures', async () => {
      expect(await tryOut('teams')).toEqual({
        isWhole: true,
        text: [
          '# query teams of own, database desk: 2 rows, 4 series, n ms',
          '# HELP desk_minutes Minutes.',
          '# TYPE desk_minutes gauge',
          'desk_minutes{team="goods in"} 5',
          'desk_minutes{team="returns"} 75',
          '# HELP desk_tickets Tickets.',
          '# TYPE desk_tickets gauge',
          'desk_tickets{team="goods in"} 1',
          'desk_tickets{team="returns"} 2',
          '',
        ].join('\n'),
      });
    });

    it('by the name of a figure, of events too', async () => {
      const { isWhole, text } = await tryOut('desk/desk_minutes_total');
      expect(isWhole).toBe(true);
      expect(text).toMatch(/^# events work of own, database desk: 3 rows, 2 series, n ms\n/);
      expect(text).toContain('desk_minutes_total{team="returns"} 75\n');
      expect((await tryOut('desk_tickets')).text).not.toContain('desk_minutes');
    });

    it('with what is refused and left out', async () => {
      const bad = `  bad: { sql: 'select null::int as two, i::text as i from generate_series(1, 3) i', labels: [i], ${gauge('two')} }\n  wide: { sql: 'select i::text as i, 1 as wide from generate_series(1, 9) i', labels: [i], max_series: 2, ${gauge('wide')} }\n  none: { sql: 'select 1 as none where false', labels: [], ${gauge('none')} }\n  wrong: { sql: 'select 1 as wrong from nowhere', labels: [], ${gauge('wrong')} }\n`;
      expect(await tryOut('bad', bad)).toMatchObject({
        isWhole: false,
        text: expect.stringMatching(/: 3 rows, 0 series.*\n# refused: .*bad.*row 1.*two/),
      });
      const wide = await tryOut('wide', bad);
      expect(wide).toMatchObject({
        isWhole: false,
        text: expect.stringContaining('# refused: query wide: 7 series more than max_series (2)'),
      });
      expect(wide.text.match(/^desk_wide\{/gm)).toHaveLength(2);
      expect(await tryOut('none', bad)).toMatchObject({
        isWhole: true,
        text: expect.stringContaining('# no series: desk_none\n'),
      });
      expect((await tryOut('wrong', bad)).text).toMatch(
        /# refused: query wrong: relation "nowhere" does not exist/,
      );
    });

    it('says what was meant, and that a database is away, without its password', async () => {
      await expect(tryOut('team')).rejects.toMatchObject({
        code: 'COMMAND_LINE_INVALID',
        hint: 'did you mean teams?',
      });
      writeFileSync(
        configFile,
        `databases:\n  desk:\n    url: postgres://u:hunter2@127.0.0.1:${await freePort()}/x\n    queries: [own.yml]\n`,
      );
      const { code, text } = await runExporter('query', 'teams');
      expect([code, text]).toEqual([
        1,
        expect.stringMatching(/database desk: .*ECONNREFUSED.* \[QUERY_FAILED\]/),
      ]);
      expect(text).not.toContain('hunter2');
      expect(await runExporter('query')).toMatchObject({
        code: 2,
        text: expect.stringContaining('needs <query or figure>'),
      });
    }, 30_000);
  });

  it('are given as docs/exporter/sql.md and profiles.md write them', async () => {
    for (const page of ['sql.md', 'profiles.md']) {
      const text = readFileSync(join(DOCS, page), 'utf8');
      const [, setUp] = /```sql\n(-- setup[^]*?)```/.exec(text) ?? [];
      if (setUp !== undefined) await client.query(setUp);
      const [, example] = /```yaml\n(name:[^]*?)```/.exec(text)!;
      const [, expected] = /```text\n([^]*?)```/.exec(text)!;
      const values = await scrape(example!);
      expect(values.get('evenkeel_exporter_collector_success{collector="sql"}')).toBe(1);
      for (const [name, value] of readExposition(expected!))
        expect([name, values.get(name)]).toEqual([name, value]);
      await app!.stop();
      app = undefined;
    }
  });

  async function runExporter(...command: string[]): Promise<{ code: number; text: string }> {
    const child = spawn(process.execPath, [MAIN, ...command, `--config.file=${configFile}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { code, text };
  }
});
