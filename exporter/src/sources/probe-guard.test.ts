import { describe, expect, it } from '@jest/globals';
import { ProbeGuard } from './probe-guard.ts';

const allow = { hosts: ['shop.example.com', '*.api.example.com'], cidrs: ['10.20.0.0/16'], ports: [80, 443] };

function lookUp(guard: ProbeGuard, host: string): Promise<unknown> {
  return new Promise((resolve) => {
    guard.lookup(host, { all: true }, (error, addresses) => resolve(error?.message ?? addresses));
  });
}

describe('ProbeGuard', () => {
  it.each([
    'http://shop.example.com/',
    'https://SHOP.example.com/health',
    'https://one.api.example.com/',
    'http://10.20.3.4/',
  ])('lets %s pass', (url) => expect(() => new ProbeGuard(allow).check(new URL(url))).not.toThrow());

  it.each([
    ['http://example.com/', 'example.com is not allowed'],
    ['http://api.example.com/', 'is not allowed'],
    ['http://shop.example.com.evil.net/', 'is not allowed'],
    ['http://shop.example.com@evil.net/', 'evil.net is not allowed'],
    ['http://shop.example.com:22/', 'port 22 is not allowed'],
    ['http://127.0.0.1/', '127.0.0.1 is not allowed'],
    ['http://0x7f.1/', '127.0.0.1 is not allowed'],
    ['http://[::1]/', '::1 is not allowed'],
    ['http://[::ffff:169.254.169.254]/', 'is not allowed'],
    ['file:///etc/passwd', 'is not http or https'],
  ])('refuses %s', (url, why) => expect(() => new ProbeGuard(allow).check(new URL(url))).toThrow(why));

  it('refuses everything by default', () => {
    const guard = new ProbeGuard({ hosts: [], cidrs: [], ports: [80, 443] });
    expect(() => guard.check(new URL('http://shop.example.com/'))).toThrow('not allowed');
  });

  it.each([
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['192.168.1.1', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['fe80::1', false],
    ['10.20.0.9', true],
    ['10.21.0.9', false],
    ['93.184.216.34', true],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
  ])('judges a name that leads to %s', async (address, isAllowed) => {
    const guard = new ProbeGuard(allow, async () => [
      { address: '93.184.216.35', family: 4 },
      { address, family: address.includes(':') ? 6 : 4 },
    ]);
    const answer = await lookUp(guard, 'shop.example.com');
    if (isAllowed) expect(answer).toHaveLength(2);
    else expect(answer).toBe('shop.example.com leads to an address that is not allowed');
  });
});
