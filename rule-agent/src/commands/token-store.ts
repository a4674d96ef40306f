import { type AgentClient, AgentError } from '@evenkeel/agent-api';
import { EvenkeelError, formatDuration, silentLogger, systemClock, type Values } from '@evenkeel/toolkit';
import { issueToken } from '../api/index.ts';
import type { AgentConfig } from '../config/index.ts';
import { createRecorder, type Journal, restoreHistory } from '../journal/index.ts';
import type { Role } from '../model/roles.ts';
import { toConfiguredTokenShape, toTokenShape } from '../views/index.ts';
import { requireConfig, type CommandContext } from './load.ts';
import { openConfiguredJournal } from './open-journal.ts';
import type { API_OPTIONS, CONFIG_OPTION } from './options.ts';
import { runningAgent } from './running-agent.ts';

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
  const store = await openTokenStore(wanted);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function openTokenStore({ values, ...context }: Wanted): Promise<TokenStore> {
  const url = values['api.url'];
  if (url !== undefined) return remoteStore(runningAgent(url, requireTokenFile(values['api.token-file'])));
  const config = requireConfig(values['config.file'], context);
  try {
    const { journal } = await openConfiguredJournal(config, { clock: systemClock, logger: silentLogger() });
    return await journalStore(journal, config);
  } catch (error) {
    if (!(error instanceof EvenkeelError) || error.code !== 'JOURNAL_LOCKED') throw error;
    throw new EvenkeelError('JOURNAL_LOCKED', error.message, {
      cause: error,
      hint: 'the agent runs: reach it with --api.url=http://127.0.0.1:9851 --api.token-file=FILE (an admin token)',
    });
  }
}

async function journalStore(journal: Journal, config: AgentConfig): Promise<TokenStore> {
  const restored = await restoreHistory(journal);
  const { history } = restored;
  const recorder = createRecorder(journal, restored, {
    onRecorded: () => undefined,
    onWriteFailed: () => undefined,
  });
  const list = () => [
    ...config.api.tokens.map(toConfiguredTokenShape),
    ...[...history.tokens.values()].map(toTokenShape),
  ];
  return {
    async create({ name, role, expiresInMs }) {
      const nowMs = Date.now();
      const expiry = expiresInMs === undefined ? {} : { expiresAt: nowMs + expiresInMs };
      const { secret, event } = issueToken({ name, role, createdBy: 'the command line', nowMs, ...expiry });
      await recorder.recordIf(() => {
        if (list().some((one) => one.name === name)) throw refused(`there is a token ${name} already`);
        return [event];
      });
      return { secret };
    },
    list: () => Promise.resolve(list()),
    async revoke({ id, name }) {
      const by = 'the command line';
      await recorder.record([{ kind: 'token_revoked', at: Date.now(), id: id!, name, by }]);
    },
    close: () => journal.close(),
  };
}

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
