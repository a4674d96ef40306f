import path from 'node:path';
import type { Configuration } from 'webpack';
import { merge } from 'webpack-merge';
import grafanaConfig, { type Env } from './.config/webpack/webpack.config.ts';

/** Grafana's own build, and where to find the one package of the project that the panel may import. */
const config = async (env: Env): Promise<Configuration> =>
  merge(await grafanaConfig(env), {
    resolve: {
      alias: { '@evenkeel/signals': path.resolve(process.cwd(), '../packages/signals/src/index.ts') },
    },
  });

export default config;
