import React from 'react';
import { UPlotConfigBuilder } from '@grafana/ui';
import { scoreDomain } from '@evenkeel/signals';
export function OperationsPanel() {
  return <div>{String(new UPlotConfigBuilder())} {JSON.stringify(scoreDomain([]))}</div>;
}
