import { describe, expect, it } from '@jest/globals';
import { isRouteTemplate, matchRoutes } from './route-matcher.ts';

describe('matchRoutes', () => {
  const match = matchRoutes([
    '/',
    '/products/:sku',
    '/products/new',
    '/products/:sku/stock',
    '/orders/{id}',
    '/static/*',
    '/café',
  ]);

  it.each([
    ['/', '/'],
    ['/?page=2', '/'],
    ['/products/22423', '/products/:sku'],
    ['/products/22423/', '/products/:sku'],
    ['/products/22423?size=2#top', '/products/:sku'],
    ['/products/new', '/products/new'],
    ['/products/new/stock', '/products/:sku/stock'],
    ['/orders/7', '/orders/{id}'],
    ['http://shop.example.com/orders/7?full', '/orders/{id}'],
    ['/static/a/b/c/d/e/f.css', '/static/*'],
    ['/caf%C3%A9', '/café'],
  ])('%s is of %s', (target, template) => expect(match(target)).toBe(template));

  it.each([
    '/wp-login.php',
    '/products',
    '/products//',
    '/products/1/2/3',
    '/static',
    '*',
    '',
    'shop:443',
    'http://shop',
  ])('%s is of none', (target) => expect(match(target)).toBeUndefined());
});

describe('isRouteTemplate', () => {
  it.each(['/', '/a', '/a/', '/a/:b/c', '/{a}', '/a/*', '/*rest'])('takes %s', (text) =>
    expect(isRouteTemplate(text)).toBe(true),
  );
  it.each(['', 'a', '/a?b', '/a b', '/*/b', '//a', '/a:b', '/:'])('refuses "%s"', (text) =>
    expect(isRouteTemplate(text)).toBe(false),
  );
});
