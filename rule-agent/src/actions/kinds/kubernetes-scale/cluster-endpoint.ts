import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSecretFile, type Secret } from '@evenkeel/toolkit';
import type { Endpoint } from '../../../http/endpoint.ts';
import type { NamedSystem } from '../../kind.ts';
import { openEndpoint } from '../../open-endpoint.ts';
import type { KubernetesSettings } from './kubernetes-system.ts';

/** A client for a cluster. The token of a service account is replaced every hour or so: it is read at every request. */
export function openCluster(system: NamedSystem<KubernetesSettings>): Endpoint {
  const { url, service_account: directory } = system.settings;
  const ca = system.ca ?? readIfThere(join(directory, 'ca.crt'));
  const token = () => system.token ?? readIfThere(join(directory, 'token'));
  return openEndpoint({ ...system, ca }, { url, token });
}

function readIfThere(file: string): Secret | undefined {
  return existsSync(file) ? readSecretFile(file) : undefined;
}
