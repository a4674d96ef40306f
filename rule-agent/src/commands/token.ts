import { EvenkeelError, parseDuration } from '@evenkeel/toolkit';
import { type Role, ROLES } from '../model/roles.ts';
import type { AgentFlags } from './command-line.ts';
import { openTokenStore, type ShownToken, type TokenStore } from './token-store.ts';

export interface TokenOptions {
  flags: AgentFlags;
  operands: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * `token create NAME`, `token list`, `token revoke NAME`: by way of the running agent, or in the journal while none runs.
 *
 * @returns what is printed
 * @throws EvenkeelError COMMAND_LINE_INVALID, TOKEN_REFUSED, or an error of the journal
 */
export async function token({ flags, operands, env }: TokenOptions): Promise<string> {
  const [verb = '', name] = operands;
  const run = VERBS[verb];
  if (run === undefined) throw misused(`unknown: token ${verb}`);
  const store = await openTokenStore(flags, env);
  try {
    return await run(store, { name, role: flags.role, expires: flags.expires });
  } finally {
    await store.close();
  }
}

interface Given {
  name: string | undefined;
  role: string | undefined;
  expires: string | undefined;
}

const VERBS: Readonly<Record<string, (store: TokenStore, given: Given) => Promise<string>>> = {
  async create(store, { name, role, expires }) {
    if (name === undefined || role === undefined) throw misused('token create needs a name and --role');
    const expiresInMs = expires === undefined ? undefined : parseDuration(expires);
    const { secret } = await store.create({ name, role: role as Role, expiresInMs });
    return `${secret}\n`;
  },
  async list(store) {
    const rows = (await store.list()).map(toRow);
    return table([['ID', 'NAME', 'ROLE', 'EXPIRES', 'CREATED BY'], ...rows]);
  },
  async revoke(store, { name }) {
    if (name === undefined) throw misused('token revoke needs the name or id of a token');
    const found = (await store.list()).find(
      (one) => one.id !== null && (one.id === name || one.name === name),
    );
    if (found === undefined) {
      throw new EvenkeelError('TOKEN_REFUSED', `there is no token ${name} that could be revoked`, {
        hint: 'those of the configuration are taken out of it; token list shows the others',
      });
    }
    await store.revoke(found);
    return `revoked ${found.name}\n`;
  },
};

function toRow({ id, name, role, expires_at: expiresAt, created_by: by }: ShownToken): string[] {
  return [id ?? '-', name, role, expiresAt ?? 'never', by ?? 'the configuration'];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function misused(message: string): EvenkeelError {
  return new EvenkeelError('COMMAND_LINE_INVALID', message, {
    hint: `token create NAME --role=${ROLES.join('|')} [--expires=90d], token list, or token revoke NAME`,
  });
}
