import { locationService } from '@grafana/runtime';
import { useState } from 'react';
import { useViewContext } from '../view-context';

const VARIABLE = 'episode';

/**
 * The id of the episode that is shown in full. Where the dashboard has a variable `episode` it begins with its value, and a choice is told to
 * it, so that queries can ask for the series of that one.
 */
export function useChosenEpisode(): [string | undefined, (id: string | undefined) => void] {
  const { replaceVariables } = useViewContext();
  const [own, setOwn] = useState<string>();
  const reference = `\${${VARIABLE}}`;
  const value = replaceVariables(reference);
  const isVariable = value !== reference;
  const choose = (id = '') => {
    setOwn(id);
    if (isVariable) {
      locationService.partial({ [`var-${VARIABLE}`]: id }, true);
    }
  };
  const chosen = own ?? (isVariable ? value : '');
  return [chosen === '' ? undefined : chosen, choose];
}
