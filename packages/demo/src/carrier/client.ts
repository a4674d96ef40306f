import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  handleType,
  type IPolicy,
  noop,
  retry,
  wrap,
} from 'cockatiel';
import { messageOf, type Secret } from '@evenkeel/toolkit';
import { Agent, request } from 'undici';
import type { Booking, Parcel } from '../warehouse/index.ts';

/** The carrier did not book the parcel. */
export class CarrierError extends Error {
  override readonly name = 'CarrierError';
}

/** The carrier failed so often that it is left alone for a while. */
export class CarrierPaused extends Error {
  override readonly name = 'CarrierPaused';
  readonly retryAfterSeconds = BREAK_MS / 1000;
}

export interface Patience {
  /** Further attempts after the first one. */
  retryAttempts: number;
  /** Failed bookings in a row after which the carrier is left alone; 0 is never. */
  breakerFailures: number;
}

const BREAK_MS = 5_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 80;
const ANSWER_TIMEOUT_MS = 3_000;

/** Books parcels, with as much patience as the knobs say. */
export class CarrierClient {
  readonly #url: string;
  readonly #agent = new Agent({
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
    connections: 16,
  });
  #policy: IPolicy;

  constructor(url: string, patience: Patience) {
    this.#url = url;
    this.#policy = buildPolicy(patience);
  }

  /** Holds for the next booking; the breaker starts closed again. */
  setPatience(patience: Patience): void {
    this.#policy = buildPolicy(patience);
  }

  /** @throws CarrierError or CarrierPaused */
  async book(parcel: Parcel): Promise<Booking> {
    try {
      return await this.#policy.execute(() => this.#attempt(parcel));
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        throw new CarrierPaused('the carrier failed too often', { cause: error });
      throw error;
    }
  }

  /** Makes the carrier flaky, or well again. @throws CarrierError */
  async setFlaky(active: boolean, token: Secret): Promise<void> {
    await this.#send('PUT', '/faults/flaky-carrier', { body: { active }, token });
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #attempt(parcel: Parcel): Promise<Booking> {
    return (await this.#send('POST', '/bookings', { body: parcel })) as Booking;
  }

  async #send(method: 'POST' | 'PUT', path: string, { body, token }: Message): Promise<unknown> {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }),
    };
    try {
      const url = new URL(path, this.#url);
      const answer = await request(url, {
        method,
        headers,
        body: JSON.stringify(body),
        dispatcher: this.#agent,
      });
      if (answer.statusCode < 300) return await answer.body.json();
      await answer.body.dump();
      throw new CarrierError(`the carrier answered ${answer.statusCode}`);
    } catch (error) {
      if (error instanceof CarrierError) throw error;
      throw new CarrierError(`the carrier did not answer: ${messageOf(error)}`, { cause: error });
    }
  }
}

interface Message {
  body: object;
  token?: Secret;
}

// The breaker counts bookings, not attempts: it is outside of the retries.
function buildPolicy({ retryAttempts, breakerFailures }: Patience): IPolicy {
  const backoff = new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS });
  const retries =
    retryAttempts === 0 ? noop : retry(handleType(CarrierError), { maxAttempts: retryAttempts, backoff });
  if (breakerFailures === 0) return retries;
  const breaker = new ConsecutiveBreaker(breakerFailures);
  return wrap(circuitBreaker(handleAll, { halfOpenAfter: BREAK_MS, breaker }), retries);
}
