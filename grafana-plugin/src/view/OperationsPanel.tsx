import { LoadingState, type PanelProps } from '@grafana/data';
import React, { useId, useMemo } from 'react';
import { VIEWS } from '../frames';
import { type OperationsOptions } from '../options/options';
import { canShow, type Operation, useOperation } from './operation';
import { Nothing } from './Nothing';
import { PanelLayout } from './PanelLayout';
import { type ViewContext, ViewContextProvider } from './view-context';

const WITHOUT_ANSWER: ReadonlySet<LoadingState> = new Set([LoadingState.Loading, LoadingState.Error]);

/** The panel: reads the frames, decides which views there are, and places them. */
export function OperationsPanel(props: PanelProps<OperationsOptions>) {
  const { data, options, width, height } = props;
  const operation = useOperation(data);
  // Without any answer nothing can be said to be missing.
  const isUnanswered = WITHOUT_ANSWER.has(data.state) && data.series.length === 0;
  const views = isUnanswered ? [] : viewsOf(options, operation);
  const id = useId();
  return (
    <ViewContextProvider value={useViewContextOf(props)}>
      {views.length === 0 ? (
        <Nothing data={data} size={{ width, height }} />
      ) : (
        <PanelLayout id={id} views={views} operation={operation} data={data} size={{ width, height }} />
      )}
    </ViewContextProvider>
  );
}

/** The views that were chosen, whether there are data or not; else those that the data can fill. */
function viewsOf({ views }: OperationsOptions, operation: Operation) {
  return views.length > 0 ? views : VIEWS.filter((view) => canShow(operation, view));
}

/** The same object for as long as nothing in it changes, so that a refresh draws only what it must. */
function useViewContextOf(props: PanelProps<OperationsOptions>): ViewContext {
  const { id, options, timeRange, timeZone, eventBus, replaceVariables, onChangeTimeRange } = props;
  return useMemo(
    () => ({ id, options, hasTabs: false, timeRange, timeZone, eventBus, replaceVariables, onChangeTimeRange }),
    [id, options, timeRange, timeZone, eventBus, replaceVariables, onChangeTimeRange]
  );
}
