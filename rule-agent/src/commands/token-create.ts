import { defineCommand, EXIT_OK, parseDuration } from '@evenkeel/toolkit';
import { ROLES } from '../model/roles.ts';
import { API_OPTIONS, CONFIG_OPTION } from './options.ts';
import { withTokenStore } from './token-store.ts';

export const tokenCreateCommand = defineCommand({
  name: 'token create',
  summary: 'create a token for the API; it is shown this once',
  details: 'By way of the running agent with --api.url, otherwise in the journal, while no agent runs on it.',
  operands: '<name>',
  options: {
    role: { type: 'text', choices: ROLES, required: true, env: false, about: 'what the token may do' },
    expires: { type: 'text', placeholder: 'duration', env: false, about: 'when it ends, such as 90d' },
    ...CONFIG_OPTION,
    ...API_OPTIONS,
  },
  examples: ['evenkeel-agent token create anna --role=operator --expires=90d'],
  async run(invocation) {
    const { values, operands, write } = invocation;
    const expiresInMs = values.expires === undefined ? undefined : parseDuration(values.expires);
    const { secret } = await withTokenStore(invocation, (store) =>
      store.create({ name: operands[0]!, role: values.role, expiresInMs }),
    );
    await write(`${secret}\n`);
    return EXIT_OK;
  },
});
