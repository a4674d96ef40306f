import type { PanelLook } from '../panel-page.ts';

export interface Picture extends PanelLook {
  /** The file's name, without its ending. */
  name: string;
}

const title = 'Operations';
/** Six trends fit whole. */
const ALL = { panel: { title, options: { maxTrends: 6 } }, width: 1440, height: 800 };
const WIDE = { width: 1000, height: 360 };

/** The pictures of the docs: every view, and what options and data do to it. */
export const PICTURES: readonly Picture[] = [
  { name: 'panel-dark', ...ALL },
  { name: 'panel-light', ...ALL, theme: 'light' },
  { name: 'panel-small', panel: { title }, width: 400, height: 300 },
  { ...view('score'), ...WIDE },
  { ...view('trends'), width: 1000, height: 520 },
  { ...view('alerts'), ...WIDE },
  { ...view('enhancements'), ...WIDE, height: 320 },
  { ...view('entities'), ...WIDE, height: 220 },
  { ...view('score', { showAs: 'table' }), ...WIDE, name: 'table', theme: 'light' },
  { ...view('alerts', { alertGroupLabel: 'domain' }), ...WIDE, name: 'alerts-by-domain', theme: 'light' },
  {
    ...{ name: 'missing', ...WIDE, height: 200, theme: 'light' },
    panel: { title, options: { views: ['score'] }, targets: [{ refId: 'A', expr: 'ALERTS' }] },
  },
];

function view(
  name: string,
  options: Readonly<Record<string, unknown>> = {},
): Pick<Picture, 'name' | 'panel'> {
  return { name, panel: { title, options: { views: [name], ...options } } };
}
