import { defineCommand, EvenkeelError, EXIT_OK } from '@evenkeel/toolkit';
import { API_OPTIONS, CONFIG_OPTION } from './options.ts';
import { type TokenStore, withTokenStore } from './token-store.ts';

export const tokenRevokeCommand = defineCommand({
  name: 'token revoke',
  summary: 'revoke a token, by its name or its id',
  operands: '<name>',
  options: { ...CONFIG_OPTION, ...API_OPTIONS },
  async run(invocation) {
    const name = await withTokenStore(invocation, (store) => revoke(store, invocation.operands[0]!));
    await invocation.write(`revoked ${name}\n`);
    return EXIT_OK;
  },
});

/** @returns the name of the token that was revoked */
async function revoke(store: TokenStore, nameOrId: string): Promise<string> {
  const found = (await store.list()).find(
    ({ id, name }) => id !== null && (id === nameOrId || name === nameOrId),
  );
  if (found === undefined) {
    throw new EvenkeelError('TOKEN_REFUSED', `there is no token ${nameOrId} that could be revoked`, {
      hint: 'those of the configuration are taken out of it; token list shows the others',
    });
  }
  await store.revoke(found);
  return found.name;
}
