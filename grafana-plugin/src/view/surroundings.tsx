import { type AbsoluteTimeRange, type EventBus, type InterpolateFunction, type TimeRange } from '@grafana/data';
import { type TimeZone } from '@grafana/schema';
import { createContext, useContext } from 'react';
import { type OperationsOptions } from '../options/options';

/** What every part of the panel may need of the panel around it. */
export interface PanelSurroundings {
  id: number;
  options: OperationsOptions;
  /** A tab says already which view it is. */
  hasTabs: boolean;
  timeRange: TimeRange;
  timeZone: TimeZone;
  eventBus: EventBus;
  replaceVariables: InterpolateFunction;
  onChangeTimeRange: (range: AbsoluteTimeRange) => void;
}

const Context = createContext<PanelSurroundings | undefined>(undefined);

export const SurroundingsProvider = Context.Provider;

export function useSurroundings(): PanelSurroundings {
  const surroundings = useContext(Context);
  if (surroundings === undefined) {
    throw new Error('a view needs a panel around it');
  }
  return surroundings;
}
