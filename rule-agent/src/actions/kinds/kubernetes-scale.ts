import { z } from 'zod';
import type { ConfiguredWorkload } from '../../config/systems/kubernetes.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import type { Plan, ScaleRequest } from '../../model/action-request.ts';
import type { ApplyResult, Inspection, PlanResult } from '../action.ts';
import { aimAt } from '../aim.ts';
import { readJsonAnswer, readWriteAnswer, unreadable, type Unreadable } from './answers.ts';
import type { Kind } from './kind.ts';

export interface Cluster {
  endpoint: Endpoint;
  workloads: Readonly<Record<string, ConfiguredWorkload>>;
}

type Clusters = Readonly<Record<string, Cluster>>;
interface Workload {
  endpoint: Endpoint;
  system: string;
  path: string;
  configured: ConfiguredWorkload;
}

/**
 * Moves the number of replicas of a workload, by the scale subresource: `GET`, and `PATCH` (merge patch) with the
 * resourceVersion that was read, which the API server refuses with 409 when the object has changed since.
 * Source: Kubernetes API reference, autoscaling/v1 Scale; API concepts, "resource versions".
 */
export function kubernetesScaleKind(clusters: Clusters): Kind<ScaleRequest> {
  return {
    async plan(request, occasion): Promise<PlanResult> {
      const { kind, system, name } = request;
      const read = await readScale(clusters, request);
      if (read.kind === 'unreadable') return { kind: 'impossible', because: read.because };
      const { min, max } = read.workload.configured;
      const to = Math.round(aimAt(request, { value: read.replicas, min, max }));
      const plan = { kind, system, name, from: read.replicas, to, version: read.version, request, occasion };
      if (to !== read.replicas) return { kind: 'change', plan };
      return { kind: 'nothing_to_do', because: `${name} has ${read.replicas} replicas already`, plan };
    },
    async apply(plan): Promise<ApplyResult> {
      const workload = find(clusters, plan);
      if (workload === undefined) return { kind: 'refused', because: notThere(plan) };
      return patch(workload, { replicas: plan.to as number, resourceVersion: plan.version });
    },
    async verify(plan): Promise<Inspection> {
      const read = await readScale(clusters, plan);
      if (read.kind === 'unreadable') return 'unreachable';
      if (read.replicas === plan.to) return 'applied';
      // The version also changes with every pod that starts or ends: it says nothing here.
      return read.replicas === plan.from ? 'not_applied' : 'neither';
    },
    async revert(plan): Promise<ApplyResult> {
      const read = await readScale(clusters, plan);
      if (read.kind === 'unreadable') return { kind: 'unclear', because: read.because };
      if (read.replicas === plan.from) return { kind: 'applied' };
      if (read.replicas !== plan.to) return { kind: 'outdated' };
      const result = await patch(read.workload, {
        replicas: plan.from as number,
        resourceVersion: read.version,
      });
      // A pod came or went in between; the next attempt reads again.
      return result.kind === 'outdated'
        ? { kind: 'unclear', because: 'changed while it was put back' }
        : result;
    },
  };
}

const scaleSchema = z.object({
  kind: z.literal('Scale'),
  metadata: z.object({ resourceVersion: z.string().min(1) }),
  // Zero replicas are left out by the API server.
  spec: z.object({ replicas: z.int().default(0) }).default({ replicas: 0 }),
});

type Read = { kind: 'read'; workload: Workload; replicas: number; version: string } | Unreadable;

async function readScale(clusters: Clusters, place: Pick<Plan, 'system' | 'name'>): Promise<Read> {
  const workload = find(clusters, place);
  if (workload === undefined) return unreadable(notThere(place));
  const { endpoint, system, path } = workload;
  const sent = await endpoint.send({ method: 'GET', path, repeatable: true });
  const answer = readJsonAnswer(system, sent, place.name);
  if (answer.kind === 'unreadable') return answer;
  const scale = scaleSchema.safeParse(answer.json);
  if (!scale.success) return unreadable(`${system} did not answer with a Scale for ${place.name}`);
  const { spec, metadata } = scale.data;
  return { kind: 'read', workload, replicas: spec.replicas, version: metadata.resourceVersion };
}

async function patch(
  { endpoint, system, path }: Workload,
  { replicas, resourceVersion }: { replicas: number; resourceVersion: string },
): Promise<ApplyResult> {
  const answer = await endpoint.send({
    method: 'PATCH',
    path,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ metadata: { resourceVersion }, spec: { replicas } }),
    repeatable: false,
  });
  if (answer.kind === 'answered' && answer.status === 409) return { kind: 'outdated' };
  return readWriteAnswer(system, answer);
}

function find(clusters: Clusters, { system, name }: Pick<Plan, 'system' | 'name'>): Workload | undefined {
  const cluster = clusters[system];
  const configured = cluster?.workloads[name];
  if (cluster === undefined || configured === undefined) return undefined;
  const { namespace, resource, name: object } = configured;
  const path = `/apis/apps/v1/namespaces/${namespace}/${resource}/${object}/scale`;
  return { endpoint: cluster.endpoint, system, path, configured };
}

function notThere({ system, name }: Pick<Plan, 'system' | 'name'>): string {
  return `${system} is not in the config, or has no workload ${name}`;
}
