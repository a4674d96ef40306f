import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatAddress } from '@evenkeel/toolkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteJournal } from '../src/journal/index.ts';
import { AgentHarness, TOKENS } from './agent-harness.ts';
import { typeCommand } from './type-command.ts';

let directory: string;
const configFile = () => join(directory, 'agent.yml');

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'token-'));
  const config =
    'prometheus: { url: "http://127.0.0.1:1" }\nrules: [rules/*.yml]\njournal: { path: journal.db }\n';
  writeFileSync(configFile(), config);
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

async function type(words: readonly string[], flags: Record<string, string> = {}): Promise<string> {
  const typed = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  return (await typeCommand(['token', ...words, `--config.file=${configFile()}`, ...typed])).stdout;
}

describe('evenkeel-agent token', () => {
  it('creates, lists and revokes in the journal while no agent runs', async () => {
    expect(await type(['create', 'anna'], { role: 'operator', expires: '90d' })).toMatch(/^ekt_[\w-]{43}\n$/);
    await expect(type(['create', 'anna'], { role: 'viewer' })).rejects.toMatchObject({
      code: 'TOKEN_REFUSED',
    });
    expect(await type(['list'])).toMatch(/^\w{12}\s+anna\s+operator\s+20\S+Z\s+the command line$/m);
    expect(await type(['revoke', 'anna'])).toBe('revoked anna\n');
    expect(await type(['list'])).not.toContain('anna');
    await expect(type(['revoke', 'anna'])).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
  });

  it('says how to reach the agent when one runs on the journal', async () => {
    const journal = openSqliteJournal(join(directory, 'journal.db'));
    await journal.beat(1);
    expect(await type(['list'])).toContain('NAME');
    await expect(type(['create', 'carl'], { role: 'viewer' })).rejects.toMatchObject({
      code: 'JOURNAL_LOCKED',
      hint: expect.stringContaining('--api.url'),
    });
    await journal.close();
  });

  it.each([[[]], [['make']], [['create']], [['create', 'anna']], [['revoke']], [['list', 'anna']]])(
    'refuses %j',
    async (operands) => {
      await expect(type(operands)).rejects.toMatchObject({ code: 'COMMAND_LINE_INVALID' });
    },
  );

  it('refuses a role that there is not, and an end that is no duration', async () => {
    await expect(type(['create', 'eve'], { role: 'owner' })).rejects.toMatchObject({
      hint: 'expected one of viewer, operator, admin, ingest',
    });
    await expect(type(['create', 'eve'], { role: 'viewer', expires: 'soon' })).rejects.toMatchObject({
      code: 'DURATION_INVALID',
    });
  });

  it('does the same by way of the running agent, for an admin', async () => {
    const harness = await new AgentHarness().start();
    try {
      const asWho = (secret: string) => {
        const file = join(directory, 'admin-token');
        writeFileSync(file, `${secret}\n`);
        const url = `http://${formatAddress(harness.agent.addresses()[0]!)}`;
        return { 'api.url': url, 'api.token-file': file };
      };
      const secret = (await type(['create', 'ben'], { role: 'viewer', ...asWho(TOKENS.admin) })).trim();
      await expect(type(['list'], asWho(secret))).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
      expect(await type(['list'], asWho(TOKENS.admin))).toMatch(/ben\s+viewer\s+never\s+the admin/);
      await type(['revoke', 'ben'], asWho(TOKENS.admin));
      expect(await type(['list'], asWho(TOKENS.admin))).not.toContain('ben');
    } finally {
      await harness.stop();
    }
  });
});
