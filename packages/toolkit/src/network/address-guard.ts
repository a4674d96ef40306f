import { lookup as resolveName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export type Resolve = (name: string) => Promise<{ address: string; family: number }[]>;

/**
 * Networks that are not the public internet.
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

/** Where connections may lead: the public internet, and the networks that are listed. */
export class AddressGuard {
  readonly #listed: BlockList;
  readonly #notPublic = listOf(NOT_PUBLIC);
  readonly #resolve: Resolve;
  readonly #refuse: (message: string) => Error;

  /** @param networks addresses and CIDRs; @param refuse makes the error of a name that leads elsewhere */
  constructor(
    networks: readonly string[],
    {
      resolve = resolveAll,
      refuse = (message) => new Error(message),
    }: { resolve?: Resolve; refuse?: (message: string) => Error } = {},
  ) {
    this.#listed = listOf(networks);
    this.#resolve = resolve;
    this.#refuse = refuse;
  }

  isListed(address: string): boolean {
    return isIn(this.#listed, address);
  }

  mayLeadTo(address: string): boolean {
    return this.isListed(address) || !isIn(this.#notPublic, address);
  }

  /** For `net.connect` and the like: resolves a name and gives its addresses only when every one of them is allowed. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    this.#resolve(host).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => !this.mayLeadTo(address));
        const first = addresses[0];
        if (refused !== undefined || first === undefined) {
          callback(this.#refuse(`${host} leads to an address that is not allowed`), '', 0);
        } else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };
}

/** Whether a text is an address, or a network as CIDR. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/');
    const family = familyOf(address!);
    list.addSubnet(address!, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
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
