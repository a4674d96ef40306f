import type { WarehouseClient } from './warehouse-client.ts';

/** Knows which faults are active, by asking. */
export class FaultWatch {
  readonly #client: WarehouseClient;
  #active: ReadonlySet<string> = new Set();

  constructor(client: WarehouseClient) {
    this.#client = client;
  }

  isActive(name: string): boolean {
    return this.#active.has(name);
  }

  async look(): Promise<void> {
    const { faults } = await this.#client.get<{ faults: { name: string; active: boolean }[] }>(
      '/admin/faults',
    );
    this.#active = new Set(faults.filter(({ active }) => active).map(({ name }) => name));
  }
}
