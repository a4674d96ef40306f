import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, waitUntilReady } from '@evenkeel/runtime';
import { freePort } from '@evenkeel/toolkit/testing';
import { stringify } from 'yaml';

const CHECKOUT = join(import.meta.dirname, '..', '..');
const TESTDATA = join(CHECKOUT, 'exporter', 'testdata');
const TLS = join(TESTDATA, 'tls');
const LOGGED =
  '10.0.0.7 - - [24/Nov/2026:10:15:02 +0000] "GET /products/22423 HTTP/1.1" 200 612 "-" "curl/7.88.1" 0.025\n';

export interface CorneredExporter {
  url: string;
  stop: () => Promise<void>;
}

/**
 * A second exporter in a situation that the demo is never in: in a container, over its limits, with an access log, and with
 * a probe by TLS whose answer is judged by its body. It exposes the metrics that are only there then.
 */
export async function startCorneredExporter(databaseUrlFile: string): Promise<CorneredExporter> {
  const directory = await mkdtemp(join(tmpdir(), 'evenkeel-cornered-'));
  const server = await startTlsServer();
  const log = join(directory, 'access.log');
  await writeFile(log, '');
  const port = await freePort();
  await writeFile(join(directory, 'queries.yml'), stringify(cutQuery()));
  await writeFile(
    join(directory, 'exporter.yml'),
    stringify({
      web: { listen: [`127.0.0.1:${port}`] },
      host: {
        procfs: join(TESTDATA, 'proc'),
        cgroup: { root: join(TESTDATA, 'cgroup') },
        cpu: { per_core: true },
      },
      access_logs: [{ name: 'shop', path: log, routes: ['/products/:sku'] }],
      scrape: { max_series_per_family: 2 },
      databases: { warehouse: { url_file: databaseUrlFile, profile: 'demo', queries: ['queries.yml'] } },
      probes: [
        {
          name: 'tls',
          url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
          expect_body: 'fine',
          tls: { verify: false },
        },
      ],
    }),
  );
  const child = new Child({
    name: 'cornered exporter',
    command: process.execPath,
    args: [join(CHECKOUT, 'exporter', 'src', 'main.ts'), `--config.file=${join(directory, 'exporter.yml')}`],
    logFile: join(directory, 'log'),
  });
  await waitUntilReady(child, `http://127.0.0.1:${port}/-/ready`, 30_000);
  const url = `http://127.0.0.1:${port}/metrics`;
  // A log is read from its end on when it is new.
  await fetch(url);
  await appendFile(log, LOGGED);
  return {
    url,
    stop: async () => {
      await child.stop();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The name of a metric that is ours for the moment only. */
export const CUT_METRIC = 'catalogue_cut_rows';

function cutQuery(): object {
  return {
    name: 'catalogue',
    description: 'More rows than the query may give.',
    queries: {
      cut: {
        sql: 'select number, number as rows from generate_series(1, 3) as number',
        labels: ['number'],
        values: { rows: { metric: CUT_METRIC, type: 'gauge', help: 'Rows.' } },
        max_series: 1,
      },
    },
  };
}

async function startTlsServer(): Promise<Server> {
  const server = createServer(
    { cert: readFileSync(join(TLS, 'server.crt')), key: readFileSync(join(TLS, 'server.key')) },
    (_request, response) => response.end('fine'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
