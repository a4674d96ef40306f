import { parseArgs } from 'node:util';
import { prepare } from './preparation.ts';
import { createPreviewServer } from './server.ts';

const HOST = '127.0.0.1';

/**
 * `node grafana-plugin/preview/server/main.ts --port=3001 --prometheus-url=http://127.0.0.1:9090 --agent-url=http://127.0.0.1:9851`;
 * the agent is read without a token, as is open on loopback.
 */
function main(args: string[]): void {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '3001' },
      'prometheus-url': { type: 'string', default: 'http://127.0.0.1:9090' },
      'agent-url': { type: 'string' },
    },
  });
  let directory: string | undefined;
  const server = createPreviewServer({
    ...{ prometheus: values['prometheus-url'], agent: values['agent-url'] },
    directory: () => directory,
  });
  server.once('error', (error) => fail(`the preview cannot listen: ${error.message}`));
  server.listen(Number(values.port), HOST, () => {
    console.log(`listening on http://${HOST}:${values.port}`);
    prepare().then(
      (built) => {
        directory = built;
        console.log('built');
      },
      (error: unknown) => fail(`the preview cannot be built: ${(error as Error).message}`)
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(0));
  }
}

function fail(reason: string): never {
  console.error(reason);
  process.exit(1);
}

main(process.argv.slice(2));
