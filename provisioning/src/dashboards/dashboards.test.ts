import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Signal } from '@evenkeel/signals';
import { loadSignalsFile } from '../signals-file.ts';
import type { ClassicDashboard } from './board.ts';
import { dashboards } from './index.ts';
import { panelId } from './panel-id.ts';

const result = loadSignalsFile(join(import.meta.dirname, '..', '..', 'signals.yml'));
if (!result.ok) throw new Error(result.text);
const shipped = result.config;

const ADDED: Signal = {
  name: 'carrier_delay_seconds',
  title: 'Carrier delay',
  description: 'How late parcels are.',
  domain: 'inventory',
  unit: 'seconds',
  direction: 'lower',
  by: ['site', 'carrier'],
  promql: 'max by (site, carrier) (carrier_delay_seconds)',
  warn: 3600,
  page: 7200,
  score: { good: 60, poor: 3600, weight: 1 },
};

function board(uid: string, signals: readonly Signal[] = shipped.signals) {
  const found = dashboards({ ...shipped, signals: [...signals] }).find((one) => one.uid === uid);
  if (found === undefined) throw new Error(`no dashboard ${uid}`);
  // As it is in its file: the SDK's objects carry functions, which are never equal.
  return JSON.parse(JSON.stringify(found)) as ClassicDashboard;
}

const panelsOf = (uid: string, signals?: readonly Signal[]) => board(uid, signals).panels as Panel[];
const ids = (panels: Panel[]) => panels.map(({ id }) => id);

describe('a signal that a user adds', () => {
  const before = panelsOf('evenkeel-inventory');
  const after = panelsOf('evenkeel-inventory', [...shipped.signals, ADDED]);
  const panel = after.find(({ id }) => id === panelId('signal: carrier_delay_seconds'));

  it('is on the dashboard of its domain, with its unit, description, thresholds and band', () => {
    expect(panel).toMatchObject({
      title: 'Carrier delay',
      description: expect.stringContaining(
        'How late parcels are. Alerts: warning above 3600, critical above 7200.',
      ),
      fieldConfig: {
        defaults: {
          unit: 's',
          thresholds: {
            steps: [
              { value: null, color: 'green' },
              { value: 3600, color: 'orange' },
              { value: 7200, color: 'red' },
            ],
          },
        },
      },
    });
    expect(panel?.targets).toMatchObject([
      { expr: 'evenkeel:signal:level{signal="carrier_delay_seconds", site=~"$site", carrier=~"$carrier"}' },
      { refId: 'Upper' },
      { refId: 'Lower' },
    ]);
  });

  it('brings a variable for a label that the dashboard did not have', () => {
    const names = board('evenkeel-inventory', [ADDED]).templating.list?.map(({ name }) => name);
    expect(names).toEqual(['datasource', 'site', 'carrier']);
  });

  it('is on no other dashboard', () => {
    expect(panelsOf('evenkeel-api', [...shipped.signals, ADDED])).toEqual(panelsOf('evenkeel-api'));
  });

  it('leaves the numbers of all other panels as they are', () => {
    expect(ids(after)).toEqual(expect.arrayContaining(ids(before)));
  });
});

describe('the layout', () => {
  it('puts a small panel below a small one, beside a high one', () => {
    const place = (title: string) =>
      panelsOf('evenkeel-operations').find((panel) => panel.title === title)?.gridPos;
    const { y } = place('May the agent act?')!;
    expect(place('Enhancements applied')).toEqual({ ...place('May the agent act?'), y: y + 4 });
    expect(place('Firing alerts')).toMatchObject({ x: 0, y: y + 8 });
  });
});

describe('thresholds of a signal of which more is better', () => {
  it('are red below page and orange below warn', () => {
    const signal: Signal = { ...ADDED, direction: 'higher', warn: 0.9, page: 0.8 };
    const panel = panelsOf('evenkeel-inventory', [signal]).find(
      ({ id }) => id === panelId('signal: carrier_delay_seconds'),
    );
    expect(panel?.fieldConfig?.defaults.thresholds?.steps).toEqual([
      { value: null, color: 'red' },
      { value: 0.8, color: 'orange' },
      { value: 0.9, color: 'green' },
    ]);
  });
});

describe.each(
  dashboards(shipped).map((dashboard) => [dashboard.uid ?? '', dashboard.panels as Panel[]] as const),
)('%s', (_uid, panels) => {
  it('has no two panels in one place, and none beyond the grid', () => {
    const cells = panels.flatMap(({ gridPos }) => {
      const { x, y, w, h } = gridPos!;
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos }) => gridPos!.x + gridPos!.w <= 24)).toBe(true);
  });
});
