import type { Diagnostic } from '@evenkeel/toolkit';
import type { JsonFile } from './placed-file.ts';
import { dashboardOf, everythingIn, type PanelJson, panelsOf } from './dashboard.ts';

const OPERATIONS_PANEL = 'evenkeel-operations-panel';

/** Panels: unit, description, number, and the data source that the reader chose. */
export function panelFindings(document: JsonFile): Diagnostic[] {
  const dashboard = dashboardOf(document);
  return [
    ...panelsOf(dashboard).flatMap(({ panel, path }) => {
      const called = `panel "${panel.title ?? ''}"`;
      const missing = (code: string, what: string) =>
        document.atValue([...path, 'title'], { code, message: `${called} has no ${what}` });
      return [
        ...(isBlank(panel.description) ? [missing('PANEL_DESCRIPTION_MISSING', 'description')] : []),
        ...(lacksUnit(panel) ? [missing('PANEL_UNIT_MISSING', 'unit')] : []),
      ];
    }),
    ...numberFindings(document),
    ...datasourceFindings(document),
  ];
}

/** Our own panel takes the unit of each series from its labels. */
function lacksUnit({ type, fieldConfig }: PanelJson): boolean {
  return type !== OPERATIONS_PANEL && isBlank(fieldConfig?.defaults.unit);
}

/** Rows have numbers too. */
function numberFindings(document: JsonFile): Diagnostic[] {
  const seen = new Map<number, string>();
  return everythingIn(dashboardOf(document)).flatMap(({ panel: { id, title = '' }, path: place }) => {
    const path = [...place, id === undefined ? 'title' : 'id'];
    if (id === undefined)
      return [document.atValue(path, { code: 'PANEL_ID_MISSING', message: `"${title}" has no id` })];
    const other = seen.get(id);
    seen.set(id, title);
    if (other === undefined) return [];
    return [
      document.atValue(path, {
        code: 'PANEL_ID_TWICE',
        message: `"${title}" has the same id as "${other}"`,
        hint: 'give one of them another title or key',
      }),
    ];
  });
}

/** Anywhere in the dashboard; the variable itself has none. */
function datasourceFindings(document: JsonFile): Diagnostic[] {
  return [...textsOf(dashboardOf(document))]
    .filter(({ path }) => path.at(-2) === 'datasource' && path.at(-1) === 'uid')
    .filter(({ text }) => !/^\$\{?datasource\}?$/.test(text))
    .map(({ path, text }) =>
      document.atValue(path, {
        code: 'DATASOURCE_FIXED',
        message: `the data source ${text} is not there in another Grafana`,
        hint: 'write ${datasource}',
      }),
    );
}

/** Every text in a value, with its path. */
export function* textsOf(
  value: unknown,
  path: readonly PropertyKey[] = [],
): Generator<{ path: readonly PropertyKey[]; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* textsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
