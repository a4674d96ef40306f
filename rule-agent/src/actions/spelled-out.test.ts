import { afterEach, describe, expect, it } from '@jest/globals';
import { ActionBench } from '../../test/action-bench.ts';
import type { Plan } from '../model/action-request.ts';
import { resourceOf, resourceOfPlan } from './kind-of.ts';

const HTTP = `systems:
  shop:
    http:
      url: http://127.0.0.1:8080/api
      requests:
        cool:
          method: PUT
          path: /caches/\${target.job}/cold
          verify: { path: '/caches/\${target.job}', pointer: /state, equals: cold }
        warm:
          method: PUT
          path: /caches/\${target.job}/warm
          headers: { X-Site: '\${target.site}' }
          verify: { pointer: /state, path: '/caches/\${target.job}', equals: warm }
        size: { method: PUT, path: /caches, verify: { path: '/caches/\${target.job}', pointer: /size, equals: 1 } }
        flush: { method: DELETE, path: /caches }
        clear: { method: DELETE, path: /caches }
`;

const SQL = `systems:
  shop:
    sql:
      url: postgres://agent@127.0.0.1/shop
      statements:
        cool:
          run: UPDATE cache SET state = 'cold' WHERE job = $1
          params: ['\${target.job}']
          verify: { query: SELECT state FROM cache WHERE job = $1, params: ['\${target.job}'], equals: cold }
        warm:
          run: UPDATE cache SET state = 'warm', site = $2 WHERE job = $1
          params: ['\${target.job}', '\${target.site}']
          verify: { query: SELECT state FROM cache WHERE job = $1, params: ['\${target.job}'] }
        size:
          run: UPDATE cache SET size = 1
          verify: { query: SELECT size FROM cache WHERE job = $1, params: ['\${target.job}'], equals: 1 }
        flush: { run: DELETE FROM cache }
        clear: { run: DELETE FROM cache }
`;

describe.each([
  ['http', HTTP],
  ['sql', SQL],
])('what %s moves', (kind, systems) => {
  const open: ActionBench[] = [];

  afterEach(async () => {
    for (const bench of open.splice(0)) await bench.close();
  });

  const requestOf = (name: string) => {
    open.push(new ActionBench({ systems, action: `action: { ${kind}: { system: shop, name: ${name} } }` }));
    return open.at(-1)!.request;
  };

  it('is one thing where two of other names read it in one place, whatever else they read', () => {
    const [cool, warm] = [requestOf('cool'), requestOf('warm')];
    const target = { job: 'shop', site: 'north' };
    expect(resourceOf(cool, target)).toBe('shop/cool, warm{job="shop"}');
    expect(resourceOf(warm, target)).toBe('shop/cool, warm{job="shop"}');
    expect(resourceOf(warm, { ...target, site: 'south' })).toBe('shop/cool, warm{job="shop"}');
    expect(resourceOf(warm, { ...target, job: 'till' })).toBe('shop/cool, warm{job="till"}');
    expect(resourceOfPlan({ request: cool } as Plan, target)).toBe(resourceOf(warm, target));
  });

  it('is of each its own where they read something else, or where nobody knows', () => {
    const target = { job: 'shop', site: 'north' };
    expect(resourceOf(requestOf('size'), target)).toBe('shop/size{job="shop"}');
    expect(resourceOf(requestOf('flush'), target)).toBe('shop/flush');
    expect(resourceOf(requestOf('clear'), target)).toBe('shop/clear');
  });
});
