import { FakeTarget, type Reply, type Seen } from './fake-target.ts';

/** An Alertmanager that keeps silences, for fault tests: as much of its API as the agent uses. */
export class FakeAlertmanager {
  readonly active = new Map<string, object>();
  readonly target = new FakeTarget((seen) => this.#answer(seen));

  #answer({ method, path, body }: Seen): Reply {
    if (method === 'GET') return { json: [...this.active.values()] };
    if (method === 'DELETE') return { json: this.active.delete(path.split('/').at(-1)!) };
    const id = `silence-${this.target.seen.length}`;
    this.active.set(id, { ...(body as object), id, status: { state: 'active' } });
    return { json: { silenceID: id } };
  }
}
