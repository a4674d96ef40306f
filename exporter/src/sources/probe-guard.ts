import { isIP, type LookupFunction } from 'node:net';
import { AddressGuard, type Resolve } from '@evenkeel/toolkit';

export interface ProbeAllowList {
  /** Names that may be asked; `*.example.com` stands for every name below it. */
  hosts: readonly string[];
  /** Networks that may be asked by address, and that a name may lead to. */
  cidrs: readonly string[];
  ports: readonly number[];
}

/** Why a target may not be probed. */
export class ProbeRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProbeRefused';
  }
}

/** Decides where probes that others ask for may go; what is not allowed by name, address and port is refused. */
export class ProbeGuard {
  readonly #allow: ProbeAllowList;
  readonly #addresses: AddressGuard;
  /** For `http.request`: gives a name's addresses only when every one of them may be asked. */
  readonly lookup: LookupFunction;

  constructor(allow: ProbeAllowList, resolve?: Resolve) {
    this.#allow = allow;
    const refuse = (message: string) => new ProbeRefused(message);
    this.#addresses = new AddressGuard(allow.cidrs, { refuse, ...(resolve !== undefined && { resolve }) });
    this.lookup = this.#addresses.lookup;
  }

  /** @throws ProbeRefused when the URL's scheme, port, name or address is not allowed */
  check(url: URL): void {
    if (!/^https?:$/.test(url.protocol)) throw new ProbeRefused(`${url.protocol} is not http or https`);
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
    if (!this.#allow.ports.includes(port)) throw new ProbeRefused(`port ${port} is not allowed`);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) === 0 ? !this.#isNamed(host) : !this.#addresses.isListed(host)) {
      throw new ProbeRefused(`${host} is not allowed`);
    }
  }

  #isNamed(host: string): boolean {
    return this.#allow.hosts.some((allowed) =>
      allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed,
    );
  }
}
