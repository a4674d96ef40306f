import { describe, expect, it } from '@jest/globals';
import { MountPath, type RouteParams } from './mount-path.ts';

function templateOf(...moves: readonly (readonly [string, RouteParams])[]): string {
  const mount = new MountPath();
  for (const [path, params] of moves) mount.moveTo(path, params);
  return mount.template;
}

describe('the path of a router as a template', () => {
  it.each<[string, RouteParams, string]>([
    ['/api/v1', {}, '/api/v1'],
    ['/tenants/acme', { tenant: 'acme' }, '/tenants/:tenant'],
    ['/tenants/a%20b', { tenant: 'a b' }, '/tenants/:tenant'],
    ['/tenants/%E0%A4', { tenant: '%E0%A4' }, '/tenants/:tenant'],
    ['/tenants/tenants', { tenant: 'tenants' }, '/tenants/:tenant'],
    ['/v2/acme', { version: '2', tenant: 'acme' }, '/v:version/:tenant'],
    ['/from-to', { from: 'from', to: 'to' }, '/:from-:to'],
    ['/files/a/b', { path: ['a', 'b'] }, '/files/:path/:path'],
    ['/acme', { tenant: 'acme', optional: undefined }, '/:tenant'],
  ])('%s with %j is %s', (path, params, template) => {
    expect(templateOf([path, params])).toBe(template);
  });

  it('is joined of nested ones, whether the inner one knows the parameters of the outer or not', () => {
    const outer = ['/tenants/acme', { tenant: 'acme' }] as const;
    expect(templateOf(outer, ['/tenants/acme/sites/7', { site: '7' }])).toBe('/tenants/:tenant/sites/:site');
    expect(templateOf(outer, ['/tenants/acme/sites/7', { tenant: 'acme', site: '7' }])).toBe(
      '/tenants/:tenant/sites/:site',
    );
  });

  it('is that of the outer one again when the inner one is left', () => {
    const outer = ['/tenants/acme', { tenant: 'acme' }] as const;
    expect(templateOf(outer, ['/tenants/acme/sites/7', { site: '7' }], outer)).toBe('/tenants/:tenant');
    expect(templateOf(outer, ['', {}], ['/tenants', {}])).toBe('/tenants');
  });
});
