import {
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldConfigProperty,
  type FieldConfigPropertyItem,
  identityOverrideProcessor,
  numberOverrideProcessor,
  type StandardEditorsRegistryItem,
  thresholdsOverrideProcessor,
  ThresholdsMode,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

/** The kinds of editor that a panel may name in its options. */
const EDITORS = [
  ...[
    'boolean',
    'color',
    'dashboard-uid',
    'field-name',
    'multi-select',
    'number',
    'radio',
    'select',
    'slider',
    'strings',
  ],
  ...['text', 'timezone', 'unit'],
];

export function standardEditors(): StandardEditorsRegistryItem[] {
  return EDITORS.map((id) => ({ id, name: id, editor: none }));
}

const none = () => null;

type Process = FieldConfigPropertyItem['process'];

/** Grafana's standard field options, as far as they change what is shown: nothing is edited here, so none has an editor. */
export function standardFields(): FieldConfigPropertyItem[] {
  return [
    field(FieldConfigProperty.Unit, unitOverrideProcessor),
    field(FieldConfigProperty.Min, numberOverrideProcessor as Process),
    field(FieldConfigProperty.Max, numberOverrideProcessor as Process),
    field(FieldConfigProperty.Decimals, numberOverrideProcessor as Process),
    field(FieldConfigProperty.DisplayName, displayNameOverrideProcessor as Process),
    field(FieldConfigProperty.NoValue, displayNameOverrideProcessor as Process),
    field(FieldConfigProperty.Color, identityOverrideProcessor as Process),
    field(FieldConfigProperty.Thresholds, thresholdsOverrideProcessor as Process, {
      mode: ThresholdsMode.Absolute,
      steps: [
        { value: -Infinity, color: 'green' },
        { value: 80, color: 'red' },
      ],
    }),
    field(FieldConfigProperty.Mappings, valueMappingsOverrideProcessor as Process, []),
    field(FieldConfigProperty.Links, dataLinksOverrideProcessor as Process),
  ];
}

function field(id: FieldConfigProperty, process: Process, defaultValue?: unknown): FieldConfigPropertyItem {
  return {
    id,
    path: id,
    name: id,
    description: '',
    editor: none,
    override: none,
    process,
    settings: {},
    defaultValue,
    shouldApply: () => true,
  };
}
