import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import React from 'react';
import { panelOf } from './testing/panel';

jest.mock('@grafana/ui', () => ({ ...jest.requireActual('@grafana/ui'), UPlotChart: () => <div /> }));

const example = (name: string) => readFileSync(join(__dirname, '../examples', name), 'utf8');

describe('the example dashboard', () => {
  it('fills every view from its CSV, which is that of the file', () => {
    const csv = example('operations.csv');
    const dashboard = JSON.parse(example('operations-dashboard.json'));
    expect(dashboard.panels[0].targets[0].csvContent).toBe(csv);
    const [fromMs, toMs] = [dashboard.time.from, dashboard.time.to].map((text: string) => Date.parse(text));
    render(panelOf({ frames: [frameOf(csv)], fromMs, toMs }));
    for (const title of ['Score', 'Trends', 'Alerts', 'Enhancements', 'Entities']) {
      expect(screen.getByRole('group', { name: title })).toBeInTheDocument();
    }
    expect(screen.getByText('Score of the operation: 93.9')).toBeInTheDocument();
  });
});

/** As a CSV becomes a frame: a column of numbers is of numbers, any other of texts. */
function frameOf(csv: string): DataFrame {
  const [head, ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const fields = head!.map((name, column) => {
    const cells = rows.map((row) => row[column]!);
    const isNumber = cells.every((cell) => cell !== '' && Number.isFinite(Number(cell)));
    return { name, type: isNumber ? FieldType.number : FieldType.string, values: isNumber ? cells.map(Number) : cells };
  });
  return toDataFrame({ fields });
}
