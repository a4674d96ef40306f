import {
  FieldConfigProperty,
  type PanelOptionsEditorBuilder,
  type SelectableValue,
  type SetFieldConfigOptionsArgs,
  ThresholdsMode,
} from '@grafana/data';
import { commonOptionsBuilder } from '@grafana/ui';
import { type ViewName } from '../frames';
import { DEFAULTS, type OperationsFieldConfig, type OperationsOptions } from './options';

type Builder = PanelOptionsEditorBuilder<OperationsOptions>;

// Grafana types the choices as the whole value; they are its members.
const VIEW_CHOICES: Array<{ value: ViewName; label: string; description: string }> = [
  { value: 'score', label: 'Score', description: 'Total, domains, and what costs points' },
  { value: 'trends', label: 'Trends', description: 'Signals over time within their normal range' },
  { value: 'alerts', label: 'Alerts', description: 'What fires, since when' },
  { value: 'enhancements', label: 'Enhancements', description: 'What the rule agent did, and whether it helped' },
  { value: 'entities', label: 'Entities', description: 'Sites, services and hosts, worst first' },
];

/** The panel's options, each with what it does. */
export function addPanelOptions(builder: Builder): void {
  addLayout(builder);
  addScoreAndTrends(builder);
  addAlertsAndEntities(builder);
}

/** True when a view may be on the panel. */
const shows = (view: ViewName) => (options: OperationsOptions) =>
  options.views.length === 0 || options.views.includes(view);

function addLayout(builder: Builder): void {
  builder
    .addMultiSelect({
      path: 'views',
      name: 'Views',
      description: 'What to show, in this order. Leave it empty to show every view that the queries can fill.',
      defaultValue: DEFAULTS.views,
      settings: { options: VIEW_CHOICES as unknown as Array<SelectableValue<ViewName[]>> },
    })
    .addRadio({
      path: 'arrangement',
      name: 'Arrangement',
      description: 'Automatic: side by side where there is room, behind tabs where there is not.',
      defaultValue: DEFAULTS.arrangement,
      settings: {
        options: [
          { value: 'auto', label: 'Automatic' },
          { value: 'tiles', label: 'Side by side' },
          { value: 'tabs', label: 'Tabs' },
        ],
      },
    })
    .addRadio({
      path: 'showAs',
      name: 'Show as',
      description: 'Every view is also a table. Viewers can switch; this is what they see first.',
      defaultValue: DEFAULTS.showAs,
      settings: {
        options: [
          { value: 'graph', label: 'Graph' },
          { value: 'table', label: 'Table' },
        ],
      },
    });
}

function addScoreAndTrends(builder: Builder): void {
  builder
    .addBooleanSwitch({
      path: 'whatIf',
      name: 'What would help',
      description: 'Says of each loss how many points would come back if the signal were good.',
      category: ['Score'],
      defaultValue: DEFAULTS.whatIf,
      showIf: shows('score'),
    })
    .addNumberInput({
      path: 'maxTrends',
      name: 'Most charts',
      description: 'The worst are drawn; all are in the table.',
      category: ['Trends'],
      defaultValue: DEFAULTS.maxTrends,
      settings: { min: 1, max: 100, integer: true },
      showIf: shows('trends'),
    })
    .addBooleanSwitch({
      path: 'showBand',
      name: 'Normal range',
      description: 'The band around the baseline in which a value is called normal.',
      category: ['Trends'],
      defaultValue: DEFAULTS.showBand,
      showIf: shows('trends'),
    })
    .addBooleanSwitch({
      path: 'showForecast',
      name: 'Forecast',
      description: 'Where a signal is heading, with an 80 % interval. Only when the time range ends now.',
      category: ['Trends'],
      defaultValue: DEFAULTS.showForecast,
      showIf: shows('trends'),
    })
    .addBooleanSwitch({
      path: 'showMarks',
      name: 'Marks',
      description: 'Lines where enhancements ran and at the annotations of the dashboard.',
      category: ['Trends'],
      defaultValue: DEFAULTS.showMarks,
      showIf: shows('trends'),
    });
}

function addAlertsAndEntities(builder: Builder): void {
  builder
    .addBooleanSwitch({
      path: 'showPending',
      name: 'Pending alerts',
      description: 'Also those whose condition holds, but not yet for long enough.',
      category: ['Alerts'],
      defaultValue: DEFAULTS.showPending,
      showIf: shows('alerts'),
    })
    .addTextInput({
      path: 'alertGroupLabel',
      name: 'Group by label',
      description: 'A label such as domain, site or job. Empty: one list.',
      category: ['Alerts'],
      defaultValue: DEFAULTS.alertGroupLabel,
      settings: { placeholder: 'domain' },
      showIf: shows('alerts'),
    })
    .addTextInput({
      path: 'runbookUrl',
      name: 'Runbook URL',
      description:
        'Labels of the alert may be used: https://wiki.example/alerts/${alertname}. A label runbook_url goes first.',
      category: ['Alerts'],
      defaultValue: DEFAULTS.runbookUrl,
      showIf: shows('alerts'),
    })
    .addTextInput({
      path: 'dashboardUrl',
      name: 'Dashboard URL',
      description: 'Labels of the alert may be used: /d/evenkeel-${domain}. A label dashboard_url goes first.',
      category: ['Alerts'],
      defaultValue: DEFAULTS.dashboardUrl,
      showIf: shows('alerts'),
    })
    .addTextInput({
      path: 'entityLabel',
      name: 'Entity label',
      description: 'The label that tells entities apart. Empty: the first of site, job and instance.',
      category: ['Entities'],
      defaultValue: DEFAULTS.entityLabel,
      settings: { placeholder: 'site' },
      showIf: shows('entities'),
    });
}

/** Thresholds are those of a score, where less is worse; everything else is Grafana's standard. */
export const FIELD_CONFIG: SetFieldConfigOptionsArgs<OperationsFieldConfig> = {
  standardOptions: {
    [FieldConfigProperty.Thresholds]: {
      defaultValue: {
        mode: ThresholdsMode.Absolute,
        steps: [
          { value: -Infinity, color: 'red' },
          { value: 50, color: 'orange' },
          { value: 80, color: 'green' },
        ],
      },
    },
  },
  useCustomConfig: (builder) => {
    builder.addBooleanSwitch({
      path: 'showThresholds',
      name: 'Thresholds on trends',
      description: "Draws the thresholds below on this field's trend, instead of those of its alerts.",
      defaultValue: false,
    });
    commonOptionsBuilder.addHideFrom(builder);
  },
};
