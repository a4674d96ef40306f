import { secretSchema } from '@evenkeel/toolkit';
import { z } from 'zod';
import { reportIssue } from '../../../schema/issues.ts';

/** Where messages go. The URL counts as a secret: that of a chat's webhook is one. */
export const notifySystemSchema = z
  .strictObject({
    format: z.enum(['webhook', 'slack', 'pagerduty']),
    url: secretSchema.optional(),
    routing_key: secretSchema.optional(),
    honours_idempotency_key: z.boolean().default(false),
  })
  .superRefine(({ format, url, routing_key: key }, context) => {
    if ((format === 'pagerduty') !== (key !== undefined)) {
      reportIssue(context, ['routing_key'], 'routing_key_file goes with format: pagerduty, and only with it');
    }
    if (format !== 'pagerduty' && url === undefined) {
      reportIssue(context, ['url'], `${format} needs url_file, a file with the URL`);
    }
    if (url !== undefined && !isHttpUrl(url.reveal())) {
      reportIssue(context, ['url'], 'expected a URL such as https://hooks.example.com/T0/B0');
    }
  });

export type NotifySettings = z.output<typeof notifySystemSchema>;

export const PAGERDUTY_URL = 'https://events.pagerduty.com/v2/enqueue';

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
