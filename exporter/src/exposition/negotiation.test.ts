import { describe, expect, it } from '@jest/globals';
import { OPENMETRICS, TEXT } from './dialect.ts';
import { chooseDialect } from './negotiation.ts';

describe('chooseDialect', () => {
  it.each([
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=1.0.0;q=0.4,*/*;q=0.1',
    'application/openmetrics-text',
    'text/plain;q=0.2, Application/OpenMetrics-Text; version="1.0.0"; q=0.3',
  ])('takes OpenMetrics for %s', (accept) => expect(chooseDialect(accept)).toBe(OPENMETRICS));

  it.each([
    undefined,
    '*/*',
    'text/html,application/xhtml+xml,*/*;q=0.8',
    'text/plain;version=0.0.4',
    'application/openmetrics-text;version=0.0.1',
    'application/openmetrics-text;q=0',
    'application/openmetrics-text;q=0.3,text/plain',
    'application/openmetrics-text;q=x',
  ])('takes the text format for %s', (accept) => expect(chooseDialect(accept)).toBe(TEXT));
});
