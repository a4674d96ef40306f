import type { FiringMessage } from '../../model/history.ts';
import { messageOf } from '../firing.ts';
import type { Guard } from './guard.ts';

const WORDS: Readonly<Record<Exclude<FiringMessage['state'], 'under_way'>, string>> = {
  sent: 'sent for this firing already',
  unclear: 'may have been sent for this firing already',
  shadow: 'it would have been sent for this firing already',
};

/** A message is sent once a firing: whoever knows of it need not hear of it with every cooldown. */
export const repeat = {
  name: 'repeat',
  objection({ match: { rule }, track: { firing }, firingStart }) {
    const message = messageOf(firing, rule);
    if (message === undefined || message.state === 'under_way' || firing?.sinceMs !== firingStart) {
      return undefined;
    }
    const at = new Date(message.atMs).toISOString();
    return `${WORDS[message.state]}, at ${at}; not again before the condition has cleared`;
  },
} as const satisfies Guard;
