import { z } from 'zod';

export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'expected a URL such as http://127.0.0.1:9090' })
  .refine((url) => !url.includes('${'), 'placeholders cannot stand in the URL of a system');
