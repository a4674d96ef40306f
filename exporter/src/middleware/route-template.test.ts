import { describe, expect, it } from '@jest/globals';
import { joinRoute, limitRoutes } from './route-template.ts';

describe('joinRoute', () => {
  it('joins a mount path and a path', () => expect(joinRoute('/api', '/orders/:id')).toBe('/api/orders/:id'));
  it('keeps the root of the application', () => expect(joinRoute('', '/')).toBe('/'));
  it('writes a regular expression as its text', () => expect(joinRoute('', /^\/a/)).toBe('/^\\/a/'));
});

describe('limitRoutes', () => {
  it('keeps known templates and folds those past the limit', () => {
    const limit = limitRoutes(2);
    expect(['/a', '/b', '/c', '/a'].map(limit)).toEqual(['/a', '/b', '_OTHER', '/a']);
  });
});
