import { type AgentClient, AgentError } from '@evenkeel/agent-api';
import { EvenkeelError, formatDuration, silentLogger, systemClock, type Values } from '@evenkeel/toolkit';
import { issueToken } from '../api/index.ts';
import type { AgentConfig } from '../config/index.ts';
import type { HistoryBook } from '../decisions/index.ts';
import { createRecorder, restoreHistory } from '../journal/index.ts';
import type { JournalEvent } from '../model/event.ts';
import type { Role } from '../model/roles.ts';
import { toConfiguredTokenShape, toTokenShape } from '../views/index.ts';
import { requireConfig, type CommandContext } from './load.ts';
import { openConfiguredJournal } from './open-journal.ts';
import type { API_OPTIONS, CONFIG_OPTION } from './options.ts';
import { runningAgent } from './running-agent.ts';
import { withJournal } from './with-journal.ts';

export interface ShownToken {
  /** Null for those of the configuration. */
  id: string | null;
  name: string;
  role: string;
  expires_at: string | null;
  created_by: string | null;
}

/** Where tokens are kept. */
export interface TokenStore {
  create: (wanted: {
    name: string;
    role: Role;
    expiresInMs: number | undefined;
  }) => Promise<{ secret: string }>;
  list: () => Promise<ShownToken[]>;
  revoke: (token: ShownToken) => Promise<void>;
  close: () => Promise<void>;
}

interface Wanted extends CommandContext {
  values: Values<typeof CONFIG_OPTION & typeof API_OPTIONS>;
}

/** Works with the tokens of the running agent where `--api.url` names one, otherwise with those in the journal. */
export async function withTokenStore<Result>(
  wanted: Wanted,
  work: (store: TokenStore) => Promise<Result>,
): Promise<Result> {
  const store = openTokenStore(wanted);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function openTokenStore({ values, ...context }: Wanted): TokenStore {
  const url = values['api.url'];
  if (url !== undefined) return remoteStore(runningAgent(url, requireTokenFile(values['api.token-file'])));
  return journalStore(requireConfig(values['config.file'], context));
}

/** Lists the tokens beside a running agent; to change them the journal has to be free. */
function journalStore(config: AgentConfig): TokenStore {
  const shown = ({ tokens }: HistoryBook) => [
    ...config.api.tokens.map(toConfiguredTokenShape),
    ...[...tokens.values()].map(toTokenShape),
  ];
  return {
    async create({ name, role, expiresInMs }) {
      const nowMs = Date.now();
      const expiry = expiresInMs === undefined ? {} : { expiresAt: nowMs + expiresInMs };
      const { secret, event } = issueToken({ name, role, createdBy: 'the command line', nowMs, ...expiry });
      await change(config, (history) => {
        if (shown(history).some((one) => one.name === name))
          throw refused(`there is a token ${name} already`);
        return event;
      });
      return { secret };
    },
    list: () => withJournal(config, async (journal) => shown((await restoreHistory(journal)).history)),
    async revoke({ id, name }) {
      const by = 'the command line';
      await change(config, () => ({ kind: 'token_revoked', at: Date.now(), id: id!, name, by }));
    },
    close: () => Promise.resolve(),
  };
}

/** Writes what `make` makes of the history, while no agent runs. @throws EvenkeelError JOURNAL_LOCKED or JOURNAL_STANDBY when one does */
async function change(config: AgentConfig, make: (history: HistoryBook) => JournalEvent): Promise<void> {
  try {
    const { journal } = await openConfiguredJournal(config, { clock: systemClock, logger: silentLogger() });
    try {
      const restored = await restoreHistory(journal);
      const recorder = createRecorder(journal, restored, {
        onRecorded: () => undefined,
        onWriteFailed: () => undefined,
      });
      await recorder.recordIf(() => [make(restored.history)]);
    } finally {
      await journal.close();
    }
  } catch (error) {
    if (!(error instanceof EvenkeelError) || !WRITTEN_BY_AGENT.includes(error.code)) throw error;
    throw new EvenkeelError(error.code, error.message, {
      cause: error,
      hint: 'the agent writes it: reach it with --api.url=http://127.0.0.1:9851 --api.token-file=FILE (an admin token)',
    });
  }
}

const WRITTEN_BY_AGENT: readonly string[] = ['JOURNAL_LOCKED', 'JOURNAL_STANDBY'];

/** @throws EvenkeelError TOKEN_REFUSED with what the agent says */
function remoteStore(agent: AgentClient): TokenStore {
  const ask = async <Body>(work: Promise<{ body: Body }>): Promise<Body> => {
    try {
      return (await work).body;
    } catch (error) {
      throw error instanceof AgentError ? refused(error.detail) : error;
    }
  };
  return {
    async create({ name, role, expiresInMs }) {
      const expiry = expiresInMs === undefined ? {} : { expires_in: formatDuration(expiresInMs) };
      const { token } = await ask(agent.post('/api/v1/tokens', { body: { name, role, ...expiry } }));
      return { secret: token };
    },
    async list() {
      return (await ask(agent.get('/api/v1/tokens'))).items;
    },
    async revoke({ id }) {
      await ask(agent.delete('/api/v1/tokens/{id}', { path: { id: id! } }));
    },
    close: () => Promise.resolve(),
  };
}

function requireTokenFile(file: string | undefined): string {
  if (file !== undefined) return file;
  throw new EvenkeelError('COMMAND_LINE_INVALID', '--api.url needs --api.token-file', {
    hint: 'the file holds the token of an admin',
  });
}

function refused(message: string): EvenkeelError {
  return new EvenkeelError('TOKEN_REFUSED', message);
}
