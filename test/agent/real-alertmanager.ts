import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, findProgram, waitUntilReady } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';

const READY_WITHIN_MS = 60_000;

export interface ShownSilence {
  id: string;
  comment: string;
  startsAt: string;
  endsAt: string;
  status: { state: string };
  matchers: { name: string; value: string; isRegex: boolean; isEqual: boolean }[];
}

/** An Alertmanager that tells nobody; it can be stopped and started again with what it knew. */
export class RealAlertmanager {
  readonly #directory = mkdtempSync(join(tmpdir(), 'evenkeel-alertmanager-'));
  #address = '';
  #child: Child | undefined;

  get url(): string {
    return `http://${this.#address}`;
  }

  async start(): Promise<void> {
    if (this.#address === '') this.#address = `127.0.0.1:${await freePort()}`;
    const config = join(this.#directory, 'alertmanager.yml');
    writeFileSync(config, 'route: { receiver: none }\nreceivers: [{ name: none }]\n');
    const { path, workingDirectory } = await findProgram('alertmanager');
    this.#child = new Child({
      name: 'alertmanager',
      command: path,
      args: [
        `--config.file=${config}`,
        `--storage.path=${join(this.#directory, 'data')}`,
        `--web.listen-address=${this.#address}`,
        '--cluster.listen-address=',
      ],
      ...(workingDirectory !== undefined && { workingDirectory }),
      logFile: join(this.#directory, 'alertmanager.log'),
    });
    await waitUntilReady(this.#child, `${this.url}/-/ready`, READY_WITHIN_MS);
  }

  /** Every silence that it knows, those that ended included. */
  async silences(): Promise<ShownSilence[]> {
    return (await (await fetch(`${this.url}/api/v2/silences`)).json()) as ShownSilence[];
  }

  async active(): Promise<ShownSilence[]> {
    return (await this.silences()).filter(({ status }) => status.state !== 'expired');
  }

  async post(path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async stop(): Promise<void> {
    await this.#child?.stop();
    this.#child = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
