import { z } from 'zod';
import type { Endpoint } from '../../../http/endpoint.ts';
import type { Plan } from '../../../model/action-request.ts';
import type { ApplyResult, Inspection, PlanResult } from '../../action.ts';
import { readJsonAnswer, readWriteAnswer, unreadable, type Unreadable } from '../../http-answers.ts';
import type { OpenSystem } from '../../kind.ts';
import { aimAt } from '../../numbers/aim.ts';
import type { MoveRequest } from '../../numbers/move.ts';
import type { ConfiguredWorkload } from './kubernetes-system.ts';

export interface Cluster {
  system: string;
  endpoint: Endpoint;
  workloads: Readonly<Record<string, ConfiguredWorkload>>;
}

interface Workload {
  endpoint: Endpoint;
  system: string;
  path: string;
  configured: ConfiguredWorkload;
}

/**
 * The four steps of an action for the workloads of one cluster: `GET` of the scale subresource, and `PATCH` (merge patch)
 * with the resourceVersion that was read, which the API server refuses with 409 when the object has changed since.
 * Source: Kubernetes API reference, autoscaling/v1 Scale; API concepts, "resource versions".
 */
export function scalingWorkloads(cluster: Cluster): Omit<OpenSystem<MoveRequest>, 'close'> {
  return {
    async plan(request, occasion): Promise<PlanResult> {
      const { kind, system, name } = request;
      const read = await readScale(cluster, request);
      if (read.kind === 'unreadable') return { kind: 'impossible', because: read.because };
      const { min, max } = read.workload.configured;
      const to = Math.round(aimAt(request, { value: read.replicas, min, max }));
      const plan = { kind, system, name, from: read.replicas, to, version: read.version, request, occasion };
      if (to !== read.replicas) return { kind: 'change', plan };
      return { kind: 'nothing_to_do', because: `${name} has ${read.replicas} replicas already`, plan };
    },
    async apply(plan): Promise<ApplyResult> {
      const workload = find(cluster, plan);
      if (workload === undefined) return { kind: 'refused', because: notThere(plan) };
      return patch(workload, { replicas: plan.to as number, resourceVersion: plan.version });
    },
    async verify(plan): Promise<Inspection> {
      const read = await readScale(cluster, plan);
      if (read.kind === 'unreadable') return 'unreachable';
      if (read.replicas === plan.to) return 'applied';
      // The version also changes with every pod that starts or ends: it says nothing here.
      return read.replicas === plan.from ? 'not_applied' : 'neither';
    },
    async revert(plan): Promise<ApplyResult> {
      const read = await readScale(cluster, plan);
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

async function readScale(cluster: Cluster, of: Pick<Plan, 'system' | 'name'>): Promise<Read> {
  const workload = find(cluster, of);
  if (workload === undefined) return unreadable(notThere(of));
  const { endpoint, system, path } = workload;
  const sent = await endpoint.send({ method: 'GET', path, repeatable: true });
  const answer = readJsonAnswer(system, sent, of.name);
  if (answer.kind === 'unreadable') return answer;
  const scale = scaleSchema.safeParse(answer.json);
  if (!scale.success) return unreadable(`${system} did not answer with a Scale for ${of.name}`);
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

function find({ system, endpoint, workloads }: Cluster, { name }: Pick<Plan, 'name'>): Workload | undefined {
  if (!Object.hasOwn(workloads, name)) return undefined;
  const configured = workloads[name]!;
  const { namespace, resource, name: object } = configured;
  const path = `/apis/apps/v1/namespaces/${namespace}/${resource}/${object}/scale`;
  return { endpoint, system, path, configured };
}

function notThere({ system, name }: Pick<Plan, 'system' | 'name'>): string {
  return `${system} has no workload ${name} in the config`;
}
