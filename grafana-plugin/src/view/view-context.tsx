import { type AbsoluteTimeRange, type EventBus, type InterpolateFunction, type TimeRange } from '@grafana/data';
import { type TimeZone } from '@grafana/schema';
import { createContext, useContext } from 'react';
import { type OperationsOptions } from '../options/options';

/** What every part of the panel may need of the panel around it. */
export interface ViewContext {
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

const Context = createContext<ViewContext | undefined>(undefined);

export const ViewContextProvider = Context.Provider;

export function useViewContext(): ViewContext {
  const context = useContext(Context);
  if (context === undefined) {
    throw new Error('a view needs a panel around it');
  }
  return context;
}
