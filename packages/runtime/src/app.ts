import { join } from 'node:path';
import { EvenkeelError, type Part, readSecretFile, runDaemon, silentLogger } from '@evenkeel/toolkit';
import type { Episode } from './episodes/episode.ts';
import { playEpisode } from './episodes/play.ts';
import { findGrafana, type GrafanaProgram } from './parts/grafana.ts';
import { whenNpmEnds } from './processes/parent.ts';
import { type Reaper, startReaper } from './processes/reaper.ts';
import { CHECKOUT, nativeDeployment, writeConfigs } from './stack/deployment.ts';
import { type Ports, requireFreePorts } from './stack/ports.ts';
import { previewPart } from './stack/preview.ts';
import { createRunDirectory, type RunDirectory } from './stack/run-directory.ts';
import { systemParts } from './stack/system.ts';
import type { SystemOptions } from './stack/system-options.ts';
import { renderAddresses, renderWithoutPreview } from './terminal/addresses.ts';
import { RestartLog } from './terminal/restart-log.ts';
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
 * A part that ends by itself is started again. What we leave behind when we are killed is ended by the reaper.
 *
 * @returns the exit code; 1 when a part did not start, or when a step of the episode did not happen
 */
export async function runSystem(options: AppOptions): Promise<number> {
  const { reporter, withGrafana, episode } = options;
  const grafana = withGrafana && episode === undefined ? await findGrafana() : undefined;
  const wantsPreview = options.withPreview && episode === undefined;
  const { preview, ...needed } = portsOf(options.ports, grafana);
  await requireFreePorts(needed, wantsPreview ? { preview } : {});
  const withPreview = wantsPreview && (await canPreview(options));
  const reaper = startReaper();
  const run = await createRunDirectory(CACHE);
  for (const secret of ['data', 'secrets']) reaper.removes(run.file(secret));
  const restarts = new RestartLog(reporter.say);
  let code = EXIT_FAILED;
  try {
    reporter.say('Starting Evenkeel on this machine ...');
    code = await runParts({ ...options, grafana, withPreview, run, reaper, restarts });
    return code;
  } finally {
    const wasWell = code === 0 && restarts.count === 0;
    await (wasWell ? run.remove() : run.clear());
    await reaper.release();
    if (!wasWell) reporter.say(`Logs and configs of this run are kept until the next start: ${run.path}`);
    reporter.say('Everything has ended.');
  }
}

interface Plan extends AppOptions {
  grafana: GrafanaProgram | undefined;
  run: RunDirectory;
  reaper: Reaper;
  restarts: RestartLog;
}

/** Without that of a Grafana where there is none. */
function portsOf(ports: Ports, grafana: GrafanaProgram | undefined): Omit<Ports, 'grafana'> {
  const { grafana: _grafana, ...others } = ports;
  return grafana === undefined ? others : ports;
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

async function runParts(options: Plan): Promise<number> {
  const { ports, episode, reporter, run } = options;
  const system = await planSystem(options);
  const { promise: finished, resolve: finish } = Promise.withResolvers<number>();
  const { promise: up, resolve: isUp } = Promise.withResolvers<undefined>();
  const fail = (error: unknown) => {
    reporter.fail(error);
    finish(EXIT_FAILED);
  };
  const unwatch = whenNpmEnds(() =>
    fail(new EvenkeelError('PART_EXITED', 'npm was ended: so is what it started')),
  );
  // Whatever goes wrong in here, what was started is ended in order.
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  return runDaemon({
    name: 'evenkeel',
    logger: silentLogger(),
    parts: [
      // First, for it begins with an installation that may take minutes.
      ...(options.withPreview ? [quietPreview(options, up)] : []),
      ...systemParts(system).map((part) => reported(part, reporter)),
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
  }).finally(unwatch);
}

/** Said when it is there and there is something to see on it: it may take minutes, and nothing waits for it. */
function quietPreview({ ports, reporter, run, restarts }: Plan, up: Promise<unknown>): Part {
  const say = (text: string) => void up.then(() => reporter.say(text));
  return previewPart({
    ports,
    run,
    onReady: (url) => say(`  The panel is at ${url}`),
    onFailure: (error) => say(renderWithoutPreview(error)),
    report: restarts,
  });
}

async function planSystem(options: Plan): Promise<SystemOptions> {
  const { ports, daysPerMinute, databaseUrlFile, grafana, reporter, run, reaper, restarts } = options;
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
    report: restarts,
    removeAfterwards: (directory) => reaper.removes(directory),
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
