import { defineCommand, EXIT_OK } from '@evenkeel/toolkit';
import { API_OPTIONS, CONFIG_OPTION } from './options.ts';
import { type ShownToken, withTokenStore } from './token-store.ts';

export const tokenListCommand = defineCommand({
  name: 'token list',
  summary: 'list the tokens of the API, without their secrets',
  options: { ...CONFIG_OPTION, ...API_OPTIONS },
  async run(invocation) {
    const tokens = await withTokenStore(invocation, (store) => store.list());
    await invocation.write(table([['ID', 'NAME', 'ROLE', 'EXPIRES', 'CREATED BY'], ...tokens.map(toRow)]));
    return EXIT_OK;
  },
});

function toRow({ id, name, role, expires_at: expiresAt, created_by: by }: ShownToken): string[] {
  return [id ?? '-', name, role, expiresAt ?? 'never', by ?? 'the configuration'];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
