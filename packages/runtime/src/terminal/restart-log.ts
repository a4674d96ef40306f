import { renderError } from '@evenkeel/toolkit';
import type { RestartReport } from '../processes/restarts.ts';

/** Says which part has ended by itself and when it is started again, and counts how often that was. */
export class RestartLog implements RestartReport {
  count = 0;
  readonly #say: (text: string) => void;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  readonly down: RestartReport['down'] = (name, { error, pauseMs }) => {
    this.count += 1;
    this.#say(`${renderError(error)}\n  ${name} is started again in ${pauseMs / 1000} s`);
  };

  readonly upAgain: RestartReport['upAgain'] = (name) => this.#say(`  ${name.padEnd(16)} up again`);
}
