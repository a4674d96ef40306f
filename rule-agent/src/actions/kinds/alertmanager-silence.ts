import { formatDuration } from '@evenkeel/toolkit';
import type { Endpoint } from '../../http/endpoint.ts';
import type { Occasion, SilenceRequest } from '../../model/action-request.ts';
import type { Labels } from '../../model/target.ts';
import { fillText } from '../../model/template.ts';
import type { ApplyResult, Inspection, PlanResult } from '../action.ts';
import type { Kind, PlanOf } from './kind.ts';
import { createSilence, episodeOf, expireSilence, readSilences, type Silence } from './silences.ts';

export type Alertmanagers = Readonly<Record<string, Endpoint>>;

/** Silences alerts for a while; the silence is known by the episode in its comment, and expires with a revert. */
export function alertmanagerSilenceKind(
  alertmanagers: Alertmanagers,
  now: () => number,
): Kind<SilenceRequest> {
  return {
    plan: (request, occasion) => plan(alertmanagers, { request, occasion, nowMs: now() }),
    async apply({ system, request, occasion }): Promise<ApplyResult> {
      const found = await readOf(alertmanagers, request, occasion);
      if (found.kind === 'unreadable') return { kind: 'refused', because: found.because };
      if (found.own !== undefined) return { kind: 'applied' };
      const [startMs, { episode, rule }] = [now(), occasion];
      const { endpoint, matchers } = found;
      const endMs = startMs + request.durationMs;
      return createSilence(endpoint, system, { purpose: 'action', matchers, startMs, endMs, episode, rule });
    },
    async verify({ request, occasion }): Promise<Inspection> {
      const found = await readOf(alertmanagers, request, occasion);
      if (found.kind === 'unreadable') return 'unreachable';
      return found.own === undefined ? 'not_applied' : 'applied';
    },
    revert: (given) => revert(alertmanagers, given),
  };
}

interface Asked {
  request: SilenceRequest;
  occasion: Occasion;
  nowMs: number;
}

async function plan(alertmanagers: Alertmanagers, { request, occasion, nowMs }: Asked): Promise<PlanResult> {
  const { kind, system, durationMs } = request;
  const found = await readOf(alertmanagers, request, occasion);
  if (found.kind === 'unreadable') return { kind: 'impossible', because: found.because };
  const { matchers } = found;
  const name = `silence{${Object.entries(matchers)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(',')}}`;
  const to = `silenced for ${formatDuration(durationMs)}`;
  const planned = { kind, system, name, from: null, to, version: '', request, occasion };
  const lasting = found.silences.find(
    (silence) => hasSame(silence, matchers) && Date.parse(silence.endsAt) >= nowMs + durationMs,
  );
  if (lasting === undefined) return { kind: 'change', plan: planned };
  return { kind: 'nothing_to_do', because: `silenced until ${lasting.endsAt} already`, plan: planned };
}

async function revert(
  alertmanagers: Alertmanagers,
  { system, request, occasion }: PlanOf<SilenceRequest>,
): Promise<ApplyResult> {
  const found = await readOf(alertmanagers, request, occasion);
  if (found.kind === 'unreadable') return { kind: 'unclear', because: found.because };
  return found.own === undefined ? { kind: 'applied' } : expireSilence(found.endpoint, system, found.own);
}

type Found =
  | { kind: 'read'; endpoint: Endpoint; matchers: Labels; silences: Silence[]; own: Silence | undefined }
  | { kind: 'unreadable'; because: string };

async function readOf(
  alertmanagers: Alertmanagers,
  { system, matchers: templates }: SilenceRequest,
  occasion: Occasion,
): Promise<Found> {
  const endpoint = alertmanagers[system];
  if (endpoint === undefined) return { kind: 'unreadable', because: `${system} is not in the config` };
  const matchers = Object.fromEntries(
    Object.entries(templates).map(([name, value]) => [name, fillText(value, occasion)]),
  );
  const read = await readSilences(endpoint, system, matchers);
  if (read.kind === 'unreadable') return read;
  const own = read.silences.find((silence) => episodeOf(silence, 'action') === occasion.episode);
  return { kind: 'read', endpoint, matchers, silences: read.silences, own };
}

function hasSame({ matchers }: Silence, wanted: Labels): boolean {
  return (
    matchers.length === Object.keys(wanted).length &&
    matchers.every(
      ({ name, value, isRegex, isEqual = true }) => !isRegex && isEqual && wanted[name] === value,
    )
  );
}
