export { type Clock, ManualClock, systemClock } from './clock.ts';
export {
  type Command,
  defineCommand,
  EXIT_FAILED,
  EXIT_OK,
  EXIT_USAGE,
  type Invocation,
  type Program,
  variablesOf,
} from './command-line/command.ts';
export { renderCommandHelp, renderHelp } from './command-line/help.ts';
export type { Option, Options, Values } from './command-line/options.ts';
export { parseCommandLine, type ParsedCommandLine } from './command-line/parse.ts';
export {
  exitCodeOf,
  exitWith,
  LOG_OPTIONS,
  readPackageVersion,
  runCommandLine,
  runProgram,
  WEB_CONFIG_OPTION,
} from './command-line/program.ts';
export { ConfigDocument, type ConfigPath, type Finding, type TextPlace } from './config/document.ts';
export type { Environment } from './config/environment.ts';
export { type ConfigSource, failed, loadConfig, type LoadResult, parseConfig } from './config/load.ts';
export { toJsonSchema } from './config/json-schema.ts';
export { type DescribedVariable, describeVariables, secretKeysOf } from './config/variables.ts';
export { readSecretFile } from './config/secret-files.ts';
export { type Diagnostic, firstDiagnostics, sortDiagnostics } from './diagnostics/diagnostic.ts';
export { renderDiagnostics } from './diagnostics/render.ts';
export { didYouMean, nearest, suggest } from './diagnostics/suggest.ts';
export { durationSchema, formatDuration, parseDuration } from './durations.ts';
export { EvenkeelError, messageOf, renderError } from './errors.ts';
export { type DaemonOptions, type Part, runDaemon } from './lifecycle/daemon.ts';
export { within } from './lifecycle/deadline.ts';
export { RUN_MARKS, runMarks } from './run-marks.ts';
export { createLoop, type Loop, type LoopOptions, type LoopTurn } from './lifecycle/loop.ts';
export {
  createLogger,
  LOG_FORMATS,
  LOG_LEVELS,
  type LogFormat,
  type Logger,
  type LoggerOptions,
  type LogLevel,
  silentLogger,
} from './logger.ts';
export { processMetrics } from './metrics/process-metrics.ts';
export { AddressGuard, isNetwork, type Resolve } from './network/address-guard.ts';
export { databaseUrlSchema } from './database-url.ts';
export { redactUrl, Secret, secretSchema } from './secret.ts';
export { serveTasks } from './threads/serve-tasks.ts';
export { type TaskOutcome, TaskThread } from './threads/task-thread.ts';
export { openWebAccess, type WebAccess } from './web/access/web-access.ts';
export { readWebConfig } from './web/access/web-config-file.ts';
export { formatAddress, type ListenAddress, parseListenAddress } from './web/addresses.ts';
export type { LandingLink } from './web/landing-page.ts';
export { portInUse } from './web/listen.ts';
export { findPortOwner, type PortOwner } from './web/port-owner.ts';
export { HttpProblem, methodNotAllowed, type Problem, sendProblem } from './web/problems.ts';
export { shorten } from './diagnostics/shorten.ts';
export { createWebServer, type Readiness, type WebServer, type WebServerOptions } from './web/server.ts';
export {
  createToken,
  type HashedToken,
  type Identity,
  identityOf,
  requireIdentity,
  requireRole,
  TokenBook,
  type TokenEntry,
} from './web/tokens.ts';
export { atOnce, betweenTurns, createPace, inTurns, type Pace } from './turns.ts';
