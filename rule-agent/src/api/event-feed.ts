import { once } from 'node:events';
import { HttpProblem } from '@evenkeel/toolkit';
import type { Request, Response } from 'express';
import type { Journal, JournalRow } from '../journal/index.ts';
import { toJournalMoment } from '../views/index.ts';

/** What is written to the journal, sent to whoever listens. */
export interface EventFeed {
  /** To be called when the journal is known to have more rows. */
  wake: () => void;
  /** Answers with a stream that goes on after a row, or begins now; returns when it is over. */
  stream: (listener: ListenerRequest) => Promise<undefined>;
  /** Ends all streams. */
  close: () => void;
}

/** Who wants to listen, and from where on. */
export interface ListenerRequest {
  request: Request;
  response: Response;
  /** The name of a token, or an address. */
  client: string;
  after?: number | undefined;
}

export interface EventFeedOptions {
  journal: Journal;
  /** The last row that may be sent. */
  lastSeq: () => number;
  mostListeners?: number;
}

const BATCH = 200;
const MOST_LISTENERS = 50;
/** One client, such as a page that opens the feed again and again, leaves room for others. */
const MOST_OF_ONE = 10;
/** Proxies cut what is silent for long. */
const BEAT_EVERY_MS = 15_000;

export function createEventFeed({ journal, lastSeq, mostListeners = MOST_LISTENERS }: EventFeedOptions) {
  const listeners = new Set<Listener>();
  const feed: EventFeed = {
    wake() {
      for (const listener of listeners) listener.wake();
    },
    async stream({ request, response, client, after }) {
      if (listeners.size >= mostListeners) throw tooMany(503, `${mostListeners} listen already`);
      const ofClient = [...listeners].filter((one) => one.client === client).length;
      if (ofClient >= MOST_OF_ONE) throw tooMany(429, `${client} listens ${MOST_OF_ONE} times already`);
      const header = request.get('last-event-id');
      const seq = after ?? (header === undefined ? lastSeq() : Number(header));
      const listener = new Listener(response, client, Math.min(seq, lastSeq()));
      listeners.add(listener);
      try {
        await listener.run({ journal, lastSeq });
      } finally {
        listeners.delete(listener);
        response.end();
      }
      return undefined;
    },
    close() {
      for (const listener of listeners) listener.close();
    },
  };
  return feed;
}

class Listener {
  readonly client: string;
  readonly #response: Response;
  readonly #gone = new AbortController();
  #seq: number;
  #woken = Promise.withResolvers<void>();

  constructor(response: Response, client: string, seq: number) {
    this.client = client;
    this.#response = response;
    this.#seq = seq;
  }

  wake(): void {
    this.#woken.resolve();
  }

  close(): void {
    this.#gone.abort();
    this.wake();
  }

  async run({ journal, lastSeq }: Pick<EventFeedOptions, 'journal' | 'lastSeq'>): Promise<void> {
    this.#response.on('close', () => this.close());
    this.#response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    this.#response.write(`: from ${this.#seq}\n\n`);
    const beat = setInterval(() => this.#response.write(': \n\n'), BEAT_EVERY_MS).unref();
    try {
      while (!this.#gone.signal.aborted) {
        if (this.#seq >= lastSeq()) await this.#woken.promise;
        this.#woken = Promise.withResolvers();
        await this.#send(await nextRows(journal, this.#seq));
      }
    } finally {
      clearInterval(beat);
    }
  }

  /** No faster than the other side reads. */
  async #send(rows: readonly JournalRow[]): Promise<void> {
    for (const row of rows) {
      if (this.#gone.signal.aborted) return;
      const data = JSON.stringify(toJournalMoment(row));
      const taken = this.#response.write(`id: ${row.seq}\nevent: ${row.event.kind}\ndata: ${data}\n\n`);
      this.#seq = row.seq;
      if (!taken) await once(this.#response, 'drain', { signal: this.#gone.signal }).catch(() => undefined);
    }
  }
}

/** In batches, so that no reading of the journal stays open while somebody reads slowly. */
async function nextRows(journal: Journal, afterSeq: number): Promise<JournalRow[]> {
  const rows: JournalRow[] = [];
  for await (const row of journal.replay(afterSeq)) {
    rows.push(row);
    if (rows.length === BATCH) break;
  }
  return rows;
}

function tooMany(status: 429 | 503, detail: string): HttpProblem {
  return new HttpProblem({
    status,
    title: 'Too many listeners',
    code: 'TOO_MANY_LISTENERS',
    detail,
  });
}
