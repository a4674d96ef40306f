import { join } from 'node:path';
import { type Part, readSecretFile, runDaemon, silentLogger } from '@evenkeel/toolkit';
import type { Episode } from './episodes/episode.ts';
import { playEpisode } from './episodes/play.ts';
import { findGrafana, type GrafanaProgram } from './parts/grafana.ts';
import { CHECKOUT, nativeDeployment, writeConfigs } from './stack/deployment.ts';
import { type Ports, requireFreePorts } from './stack/ports.ts';
import { previewPart } from './stack/preview.ts';
import { createRunDirectory, type RunDirectory } from './stack/run-directory.ts';
import { type SystemOptions, systemParts } from './stack/system.ts';
import { renderAddresses, renderWithoutPreview } from './terminal/addresses.ts';
import type { Reporter } from './terminal/reporter.ts';

export interface AppOptions {
  ports: Ports;
  daysPerMinute: string;
  databaseUrlFile: string | undefined;
  episode: Episode | undefined;
  /** Whether a Grafana on PATH is started; an episode needs none. */
  withGrafana: boolean;
  /** Whether the page that shows the panel without Grafana is served; an episode needs none either. */
  withPreview: boolean;
  reporter: Reporter;
}

const CACHE = join(CHECKOUT, '.cache');
const EXIT_FAILED = 1;

/**
 * Runs the whole system until a signal, or until its episode is over.
 *
 * @returns the exit code; 1 when a part did not start or ended by itself, or when a step of the episode did not happen
 */
export async function runSystem(options: AppOptions): Promise<number> {
  const { reporter, withGrafana, episode } = options;
  const grafana = withGrafana && episode === undefined ? await findGrafana() : undefined;
  const withPreview = options.withPreview && episode === undefined && (await canPreview(options));
  await requireFreePorts(portsOf({ ...options, grafana, withPreview }));
  const run = await createRunDirectory(CACHE);
  try {
    reporter.say('Starting Evenkeel on this machine ...');
    return await runParts({ ...options, grafana, withPreview }, run);
  } finally {
    await run.clear();
    reporter.say('Everything has ended.');
  }
}

type Plan = AppOptions & { grafana: GrafanaProgram | undefined };

/** The ports of what cannot be done without. */
function portsOf({ ports, grafana }: Plan): Partial<Ports> {
  const { grafana: grafanaPort, preview: _preview, ...always } = ports;
  return { ...always, ...(grafana === undefined ? {} : { grafana: grafanaPort }) };
}

/** A taken port is no reason not to start the others. */
async function canPreview({ ports, reporter }: AppOptions): Promise<boolean> {
  try {
    await requireFreePorts({ preview: ports.preview });
    return true;
  } catch (error) {
    reporter.say(renderWithoutPreview(error));
    return false;
  }
}

async function runParts(options: Plan, run: RunDirectory): Promise<number> {
  const { ports, episode, reporter } = options;
  const system = await planSystem(options, run);
  const { parts, processes } = systemParts(system);
  const { promise: finished, resolve: finish } = Promise.withResolvers<number>();
  const { promise: up, resolve: isUp } = Promise.withResolvers<undefined>();
  const fail = (error: unknown) => {
    reporter.fail(error);
    finish(EXIT_FAILED);
  };
  for (const { failure } of processes) failure.catch(fail);
  // Whatever goes wrong in here, what was started is ended in order.
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  return runDaemon({
    name: 'evenkeel',
    logger: silentLogger(),
    parts: [
      ...parts.map((part) => reported(part, reporter)),
      ...(options.withPreview ? [quietPreview(options, run, up)] : []),
    ],
    stopDeadlineMs: 60_000,
    finished,
    ready: () => {
      isUp(undefined);
      if (episode === undefined)
        reporter.say(
          renderAddresses({
            ports,
            run,
            grafana: options.grafana !== undefined,
            preview: options.withPreview,
          }),
        );
      else playEpisode(episode, { deployment: system.deployment, reporter }).then(finish, fail);
    },
  });
}

/** Said when it is there and there is something to see on it: it may take minutes, and nothing waits for it. */
function quietPreview({ ports, reporter }: Plan, run: RunDirectory, up: Promise<unknown>): Part {
  const say = (text: string) => void up.then(() => reporter.say(text));
  return previewPart({
    ports,
    run,
    onReady: (url) => say(`  The panel is at ${url}`),
    onFailure: (error) => say(renderWithoutPreview(error)),
  });
}

async function planSystem(options: Plan, run: RunDirectory): Promise<SystemOptions> {
  const { ports, daysPerMinute, databaseUrlFile, grafana, reporter } = options;
  const deployment = await nativeDeployment(ports, run);
  await writeConfigs(deployment, run);
  return {
    ports,
    run,
    deployment,
    cache: CACHE,
    daysPerMinute,
    grafana,
    databaseUrl: databaseUrlFile === undefined ? undefined : readSecretFile(databaseUrlFile).reveal(),
    onDownload: (debianPackage) => reporter.say(`  downloading ${debianPackage} from Debian (once) ...`),
  };
}

function reported(part: Part, reporter: Reporter): Part {
  return {
    name: part.name,
    async start() {
      try {
        await reporter.step(part.name, async () => part.start());
      } catch (error) {
        reporter.fail(error);
        throw error;
      }
    },
    stop: () => part.stop(),
  };
}
