import { lookup as resolveName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export interface ProbeAllowList {
  /** Names that may be asked; `*.example.com` stands for every name below it. */
  hosts: readonly string[];
  /** Networks that may be asked by address, and that a name may lead to. */
  cidrs: readonly string[];
  ports: readonly number[];
}

type Resolve = (name: string) => Promise<{ address: string; family: number }[]>;

/**
 * Networks that are not the public internet: a name that is allowed leads into them only where `cidrs` has them.
 * Source: the special-purpose registries of RFC 6890, and what tunnels to them.
 */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

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
  readonly #allowed: BlockList;
  readonly #notPublic = listOf(NOT_PUBLIC);
  readonly #resolve: Resolve;

  constructor(allow: ProbeAllowList, resolve: Resolve = resolveAll) {
    this.#allow = allow;
    this.#allowed = listOf(allow.cidrs);
    this.#resolve = resolve;
  }

  /** @throws ProbeRefused when the URL's scheme, port, name or address is not allowed */
  check(url: URL): void {
    if (!/^https?:$/.test(url.protocol)) throw new ProbeRefused(`${url.protocol} is not http or https`);
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
    if (!this.#allow.ports.includes(port)) throw new ProbeRefused(`port ${port} is not allowed`);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) === 0 ? !this.#isNamed(host) : !isIn(this.#allowed, host)) {
      throw new ProbeRefused(`${host} is not allowed`);
    }
  }

  /** For `http.request`: resolves a name and gives its addresses only when every one of them may be asked. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    this.#resolve(host).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => !this.#mayLeadTo(address));
        const first = addresses[0];
        if (refused !== undefined || first === undefined) {
          callback(new ProbeRefused(`${host} leads to an address that is not allowed`), '', 0);
        } else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };

  #isNamed(host: string): boolean {
    return this.#allow.hosts.some((allowed) =>
      allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed,
    );
  }

  #mayLeadTo(address: string): boolean {
    return isIn(this.#allowed, address) || !isIn(this.#notPublic, address);
  }
}

function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network, bits] = cidr.split('/');
    const family = familyOf(network!);
    list.addSubnet(network!, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  return list.check(plain, familyOf(plain));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function resolveAll(name: string): Promise<{ address: string; family: number }[]> {
  return new Promise((resolve, reject) => {
    resolveName(name, { all: true }, (error, addresses) =>
      error === null ? resolve(addresses) : reject(error),
    );
  });
}
