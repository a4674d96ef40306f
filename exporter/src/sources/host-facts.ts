import type { Logger } from '@evenkeel/toolkit';
import { messageOf } from '@evenkeel/toolkit';

/** What does not change while a host is up. */
export interface HostFacts {
  hostName: string;
  architecture: string;
  osName: string;
  osVersion: string;
  kernel: string;
  cpuModel: string;
  cpuVendor: string;
  physicalCores: number;
}

export type FactsLoader = () => Promise<HostFacts>;

/**
 * Asks systeminformation. It starts programs for its answers: ask once, in the background, never in a scrape.
 * The module itself is loaded here, so that a host that is never asked does not pay for it.
 */
export const loadHostFacts: FactsLoader = async () => {
  const { default: si } = await import('systeminformation');
  const [os, cpu] = await Promise.all([si.osInfo(), si.cpu()]);
  return {
    hostName: os.hostname,
    architecture: os.arch,
    osName: os.distro,
    osVersion: os.release,
    kernel: os.kernel,
    cpuModel: `${cpu.manufacturer} ${cpu.brand}`.trim(),
    cpuVendor: cpu.vendor,
    physicalCores: cpu.physicalCores,
  };
};

/** The host's facts once they are known. */
export class HostFactsSource {
  #facts: HostFacts | undefined;
  #error: unknown;
  readonly #load: FactsLoader;

  constructor(load: FactsLoader = loadHostFacts) {
    this.#load = load;
  }

  /** Loads in the background; a failure is kept for `current`. */
  async load(logger: Logger): Promise<void> {
    try {
      this.#facts = await this.#load();
    } catch (error) {
      this.#error = error;
      logger.debug({ error: messageOf(error) }, 'host facts not loaded');
    }
  }

  /**
   * @returns undefined while they are being loaded
   * @throws what loading threw
   */
  current(): HostFacts | undefined {
    if (this.#error !== undefined) throw new Error(`host facts: ${messageOf(this.#error)}`);
    return this.#facts;
  }
}
