import type { Secret } from '@evenkeel/toolkit';
import { createEndpoint, type Endpoint } from '../http/endpoint.ts';
import type { NamedSystem } from './kind.ts';

const MAX_BYTES = 64 * 1024;

export interface EndpointChoice {
  url: string;
  /** Answers that are larger are refused; 64 KiB by default. */
  maxBytes?: number;
  /** Where the token does not stand in the configuration; asked at every request. */
  token?: () => Secret | undefined;
}

/** A client for a system that is reached over HTTP, with the access that the configuration gives it. */
export function openEndpoint(system: NamedSystem<unknown>, choice: EndpointChoice): Endpoint {
  const { token: configured, ca, timeout: timeoutMs, networks = [] } = system;
  const { url, maxBytes = MAX_BYTES, token = () => configured } = choice;
  return createEndpoint({ url, timeoutMs, maxBytes, networks, ca: ca?.reveal(), token });
}
