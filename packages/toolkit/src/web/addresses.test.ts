import { describe, expect, it } from '@jest/globals';
import { formatAddress, parseListenAddress } from './addresses.ts';

describe('parseListenAddress', () => {
  it('reads IPv4, IPv6 and bare ports, the last on loopback', () => {
    expect(parseListenAddress('0.0.0.0:80')).toEqual({ host: '0.0.0.0', port: 80 });
    expect(parseListenAddress('[::1]:9850')).toEqual({ host: '::1', port: 9850 });
    expect(parseListenAddress(':9850')).toEqual({ host: '127.0.0.1', port: 9850 });
    expect(formatAddress(parseListenAddress('[::1]:9850'))).toBe('[::1]:9850');
  });

  it.each(['9850', 'localhost', 'a:b', '127.0.0.1:70000', '::1:80'])('refuses %j', (text) => {
    expect(() => parseListenAddress(text)).toThrow(
      expect.objectContaining({ code: 'LISTEN_ADDRESS_INVALID' }),
    );
  });
});
