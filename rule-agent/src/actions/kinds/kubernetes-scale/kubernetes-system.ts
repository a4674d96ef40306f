import { z } from 'zod';
import { httpUrl } from '../../../schema/urls.ts';

/** Where Kubernetes puts the credentials of a pod: `token`, `ca.crt` and `namespace`. */
const IN_POD = '/var/run/secrets/kubernetes.io/serviceaccount';

const dnsLabel = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'expected a name of Kubernetes such as checkout');

const workloadSchema = z
  .strictObject({
    resource: z.enum(['deployments', 'statefulsets', 'replicasets']).default('deployments'),
    namespace: dnsLabel,
    name: dnsLabel,
    min: z.int().min(0),
    max: z.int().min(1),
  })
  .refine(({ min, max }) => min <= max, 'min cannot be more than max');

/** Workloads of a cluster whose number of replicas rules may move, within bounds. */
export const kubernetesSystemSchema = z.strictObject({
  url: httpUrl,
  service_account: z.string().min(1).default(IN_POD),
  workloads: z.record(dnsLabel, workloadSchema),
});

export type KubernetesSettings = z.output<typeof kubernetesSystemSchema>;
export type ConfiguredWorkload = z.output<typeof workloadSchema>;
