import { InlineField, MultiCombobox } from '@grafana/ui';
import React, { useCallback, useId } from 'react';
import { type Choice } from '../dashboard/variables';
import { labelValues } from '../prometheus/api';

interface ChoicePickerProps {
  choice: Choice;
  values: readonly string[];
  onChange: (values: string[]) => void;
}

/** A variable of the dashboard; nothing chosen means all. */
export function ChoicePicker({ choice, values, onChange }: ChoicePickerProps) {
  const id = useId();
  const { from, of, label } = choice;
  const options = useCallback(
    async (typed: string) => {
      const known = await labelValues(from, of).catch((): string[] => []);
      return known.filter((value) => value.includes(typed)).map((value) => ({ label: value, value }));
    },
    [from, of]
  );
  return (
    <InlineField label={label} htmlFor={id}>
      <MultiCombobox
        id={id}
        aria-label={label}
        options={options}
        value={[...values]}
        onChange={(chosen) => onChange(chosen.map(({ value }) => value))}
        placeholder="All"
        width="auto"
        minWidth={12}
        maxWidth={40}
      />
    </InlineField>
  );
}
