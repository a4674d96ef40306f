import { describe, expect, it } from '@jest/globals';
import { type ProbeHop, redirectedHop } from './probe-hop.ts';

const FIRST: ProbeHop = {
  url: new URL('http://shop.example/login'),
  method: 'POST',
  headers: {
    Host: 'shop.example',
    Authorization: 'Bearer tiger',
    'X-Api-Key': 'k',
    'Content-Type': 'text/plain',
    Accept: '*/*',
  },
  body: 'x=1',
};

const after = (status: number, location: string, hop = FIRST) =>
  redirectedHop(hop, { status, location }, hop)!;

describe('a redirect', () => {
  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [302, 'HEAD', 'HEAD'],
    [302, 'PUT', 'PUT'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'DELETE', 'DELETE'],
  ])('%i makes of %s a %s, with a body only where the method stays', (status, method, expected) => {
    const next = after(status, '/end', { ...FIRST, method });
    expect(next.method).toBe(expected);
    expect(next.body).toBe(method === expected ? 'x=1' : undefined);
    expect('Content-Type' in next.headers).toBe(method === expected);
  });

  it('within an origin keeps all headers', () => {
    expect(after(308, '/end')).toMatchObject({
      url: new URL('http://shop.example/end'),
      headers: FIRST.headers,
    });
  });

  it.each(['http://other.example/', 'https://shop.example/', 'http://shop.example:8080/'])(
    'to another origin takes along what is nobody’s secret: %s',
    (location) => {
      expect(after(307, location).headers).toEqual({ 'Content-Type': 'text/plain', Accept: '*/*' });
    },
  );

  it('back to the first origin has its headers again', () => {
    const away = after(307, 'http://other.example/');
    const back = redirectedHop(away, { status: 307, location: 'http://shop.example/' }, FIRST)!;
    expect(back.headers).toEqual(FIRST.headers);
  });

  it.each(['http://[oops', 'ftp://shop.example/x', 'javascript:alert(1)'])('to %s is refused', (location) => {
    expect(() => after(302, location)).toThrow('which is no http or https URL');
  });

  it.each([
    [200, '/end'],
    [304, '/end'],
    [300, '/end'],
    [302, undefined],
  ])('is none with %i and %s', (status, location) => {
    expect(redirectedHop(FIRST, { status, location }, FIRST)).toBeUndefined();
  });
});
