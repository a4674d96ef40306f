import { defineCommand, EXIT_OK, toJsonSchema } from '@evenkeel/toolkit';
import { configSchema } from '../config/schema.ts';

export const schemaCommand = defineCommand({
  name: 'schema',
  summary: 'print the JSON Schema of the config, for editors',
  options: {},
  async run({ write }) {
    await write(`${JSON.stringify(toJsonSchema(configSchema), undefined, 2)}\n`);
    return EXIT_OK;
  },
});
