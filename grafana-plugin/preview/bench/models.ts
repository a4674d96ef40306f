import { type PanelData } from '@grafana/data';
import { readAlerts } from '../../src/model/alerts';
import { readEnhancements } from '../../src/model/enhancements';
import { readEntities } from '../../src/model/entities';
import { readScore } from '../../src/model/score';
import { readTrends } from '../../src/model/trends';
import { readOperation } from '../../src/view/operation';

/** From frames to the models of all views; what was read, so that nothing of it can be left out. */
export function readModels({ series, annotations, request, timeRange }: PanelData): unknown[] {
  const queries = (request?.targets ?? []).map((target) => String((target as { expr?: string }).expr));
  const { set, episodes } = readOperation(series, { queries, atMs: timeRange.to.valueOf(), annotations });
  return [readScore(set), readTrends(set), readAlerts(set), readEnhancements(set, episodes), readEntities(set)];
}
