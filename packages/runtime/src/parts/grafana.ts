import { access, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { findExecutable } from './find.ts';

/** A Grafana of the machine; it is never downloaded. */
export interface GrafanaProgram {
  path: string;
  /** What makes it a server: newer ones have one program for everything. */
  args: readonly string[];
}

/** Where packages of distributions put its pages and defaults; a tarball has them above its `bin`. */
const PACKAGED_HOME = '/usr/share/grafana';

/** Looks for `grafana` or the older `grafana-server`; undefined where there is neither. */
export async function findGrafana(path = process.env.PATH ?? ''): Promise<GrafanaProgram | undefined> {
  const directories = path.split(delimiter);
  const program = await findExecutable(directories, ['grafana']);
  const server = program ?? (await findExecutable(directories, ['grafana-server']));
  if (server === undefined) return undefined;
  const home = await homeOf(server);
  return {
    path: server,
    args: [
      ...(program === undefined ? [] : ['server']),
      ...(home === undefined ? [] : [`--homepath=${home}`]),
    ],
  };
}

/** The directory with `conf/defaults.ini`, without which Grafana does not start outside of its own directory. */
async function homeOf(program: string): Promise<string | undefined> {
  for (const home of [dirname(dirname(await realpath(program))), PACKAGED_HOME]) {
    const there = await access(join(home, 'conf', 'defaults.ini')).then(
      () => true,
      () => false,
    );
    if (there) return home;
  }
  return undefined;
}
