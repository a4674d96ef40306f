import { z } from 'zod';
import { plainText } from '../../../schema/templates.ts';
import type { ActionKind } from '../../kind.ts';
import type { MoveRequest } from '../../numbers/move.ts';
import {
  checkNumberChange,
  numberChangeDetails,
  numberChangeFields,
  toNumberChange,
} from '../../numbers/number-change.ts';
import { namedResource } from '../../resource.ts';
import { openCluster } from './cluster-endpoint.ts';
import { type KubernetesSettings, kubernetesSystemSchema } from './kubernetes-system.ts';
import { scalingWorkloads } from './scale.ts';

const actionSchema = z
  .strictObject({ name: plainText, ...numberChangeFields })
  .superRefine(checkNumberChange);

/** Moves the number of replicas of a workload, by its scale subresource. */
export const kubernetesScale: ActionKind<KubernetesSettings, z.output<typeof actionSchema>, MoveRequest> = {
  name: 'kubernetes-scale',
  isMessage: false,
  isSwitchable: true,
  system: {
    key: 'kubernetes',
    schema: kubernetesSystemSchema,
    names: ({ workloads }) =>
      Object.fromEntries(Object.keys(workloads).map((name) => [name, { labels: [] }])),
  },
  action: {
    schema: actionSchema,
    toRequest: ({ system, name, ...change }) => ({
      ...{ kind: 'kubernetes-scale', system, name },
      ...toNumberChange(change),
    }),
  },
  resource: namedResource,
  details: numberChangeDetails,
  open(system) {
    const endpoint = openCluster(system);
    const { workloads } = system.settings;
    return {
      ...scalingWorkloads({ system: system.name, endpoint, workloads }),
      close: () => endpoint.close(),
    };
  },
};
