import path from 'node:path';
import type { Configuration } from 'webpack';
import { merge } from 'webpack-merge';
import grafanaConfig, { type Env } from './.config/webpack/webpack.config.ts';

const ours = (name: string) => path.resolve(process.cwd(), `../packages/${name}/src/index.ts`);

/** Grafana's own build, and where to find the packages of the project that the panel may import. */
const config = async (env: Env): Promise<Configuration> =>
  merge(await grafanaConfig(env), {
    resolve: {
      alias: {
        '@evenkeel/agent-api': ours('agent-api'),
        '@evenkeel/signals': ours('signals'),
      },
    },
  });

export default config;
