import { toJsonSchema } from '@evenkeel/toolkit';
import { configSchema } from '../config/schema.ts';

/** The JSON Schema of the config, for editors. */
export function configJsonSchema(): string {
  return `${JSON.stringify(toJsonSchema(configSchema), undefined, 2)}\n`;
}
