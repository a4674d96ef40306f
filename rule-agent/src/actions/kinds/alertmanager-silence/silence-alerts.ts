import { formatDuration } from '@evenkeel/toolkit';
import type { Endpoint } from '../../../http/endpoint.ts';
import type { ActionRequest, Occasion } from '../../../model/action-request.ts';
import type { Labels } from '../../../model/target.ts';
import { fillText } from '../../../model/template.ts';
import type { ApplyResult, Inspection, PlanResult } from '../../action.ts';
import type { Unreadable } from '../../http-answers.ts';
import type { OpenSystem } from '../../kind.ts';
import { createSilence, episodeOf, expireSilence, readSilences, type Silence } from '../../silences.ts';

export interface SilenceRequest extends ActionRequest {
  /** Templates. */
  matchers: Labels;
  durationMs: number;
}

/** The four steps of a silence, which is known by the episode in its comment, and expires with a revert. */
export function silencingAlerts(
  endpoint: Endpoint,
  now: () => number,
): Omit<OpenSystem<SilenceRequest>, 'close'> {
  return {
    plan: (request, occasion) => plan(endpoint, { request, occasion, nowMs: now() }),
    async apply({ system, request, occasion }): Promise<ApplyResult> {
      const found = await readOf(endpoint, request, occasion);
      if (found.kind === 'unreadable') return { kind: 'refused', because: found.because };
      if (found.own !== undefined) return { kind: 'applied' };
      const [startMs, { episode, rule }] = [now(), occasion];
      const { matchers } = found;
      const endMs = startMs + request.durationMs;
      return createSilence(endpoint, system, { purpose: 'action', matchers, startMs, endMs, episode, rule });
    },
    async verify({ request, occasion }): Promise<Inspection> {
      const found = await readOf(endpoint, request, occasion);
      if (found.kind === 'unreadable') return 'unreachable';
      return found.own === undefined ? 'not_applied' : 'applied';
    },
    async revert({ system, request, occasion }): Promise<ApplyResult> {
      const found = await readOf(endpoint, request, occasion);
      if (found.kind === 'unreadable') return { kind: 'unclear', because: found.because };
      return found.own === undefined ? { kind: 'applied' } : expireSilence(endpoint, system, found.own);
    },
  };
}

interface Asked {
  request: SilenceRequest;
  occasion: Occasion;
  nowMs: number;
}

async function plan(endpoint: Endpoint, { request, occasion, nowMs }: Asked): Promise<PlanResult> {
  const { kind, system, durationMs } = request;
  const found = await readOf(endpoint, request, occasion);
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

type Found = { kind: 'read'; matchers: Labels; silences: Silence[]; own: Silence | undefined } | Unreadable;

async function readOf(
  endpoint: Endpoint,
  { system, matchers: templates }: SilenceRequest,
  occasion: Occasion,
): Promise<Found> {
  const matchers = Object.fromEntries(
    Object.entries(templates).map(([name, value]) => [name, fillText(value, occasion)]),
  );
  const read = await readSilences(endpoint, system, matchers);
  if (read.kind === 'unreadable') return read;
  const own = read.silences.find((silence) => episodeOf(silence, 'action') === occasion.episode);
  return { kind: 'read', matchers, silences: read.silences, own };
}

function hasSame({ matchers }: Silence, wanted: Labels): boolean {
  return (
    matchers.length === Object.keys(wanted).length &&
    matchers.every(
      ({ name, value, isRegex, isEqual = true }) => !isRegex && isEqual && wanted[name] === value,
    )
  );
}
