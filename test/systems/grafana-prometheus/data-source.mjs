// What the front end of Grafana's own Prometheus data source gives panels. Standard input has a list of panels, each with its
// queries, its time range and Prometheus' answer to each query that is sent; standard output has the frames of each panel.
// DATA_SOURCE_HOME is where the data source is installed, and a backend beside it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

const require = createRequire(join(process.env.DATA_SOURCE_HOME, 'package.json'));
const nothing = require('nothing');

// The packages look for a browser when they are loaded; queries need none.
Object.assign(globalThis, {
  window: globalThis,
  document: nothing,
  location: new URL('http://127.0.0.1/'),
  history: {},
  addEventListener: () => undefined,
  grafanaBootData: { settings: { featureToggles: {} }, user: {}, navTree: [] },
});
const { lastValueFrom, of } = require('rxjs');
const { dataFrameToJSON, dateTime } = require('@grafana/data');
const { setBackendSrv, setEchoSrv, setTemplateSrv } = require('@grafana/runtime');
const { PrometheusDatasource } = require('@grafana/prometheus');
const { backendFrames } = require('./backend-frames.cjs');

setEchoSrv({ addEvent: () => undefined, addBackend: () => undefined, flush: () => undefined });
setTemplateSrv({ replace: (text) => text, containsTemplate: () => false, getVariables: () => [] });

const dataSource = new PrometheusDatasource({
  id: 1,
  uid: 'prometheus',
  type: 'prometheus',
  name: 'Prometheus',
  access: 'proxy',
  url: '',
  meta: { id: 'prometheus' },
  jsonData: {},
});

const panels = await json(process.stdin);
const given = [];
for (const panel of panels) given.push(await framesOf(panel));
process.stdout.write(JSON.stringify(given));

async function framesOf({ targets, fromMs, toMs, stepMs, answers }) {
  const answer = (target) => {
    const { refId, expr } = target;
    if (!(refId in answers)) throw new Error(`nothing is recorded for the query ${refId}`);
    const frames = backendFrames(answers[refId], { target, expr, stepSeconds: stepMs / 1000 });
    return [refId, { status: 200, frames: frames.map((frame) => dataFrameToJSON(frame)) }];
  };
  const results = ({ data: { queries } }) => Object.fromEntries(queries.map(answer));
  setBackendSrv({ fetch: (request) => of({ status: 200, data: { results: results(request) } }) });
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  const { data, error } = await lastValueFrom(
    dataSource.query({
      app: 'dashboard',
      requestId: 'panel',
      panelId: 1,
      targets,
      range: { from, to, raw: { from, to } },
      interval: `${stepMs}ms`,
      intervalMs: stepMs,
      maxDataPoints: (toMs - fromMs) / stepMs + 1,
      scopedVars: {},
      timezone: 'utc',
      startTime: toMs,
    }),
  );
  if (error !== undefined) throw new Error(error.message);
  return data.map(withEntities);
}

/** JSON has no word for NaN and the infinities, Grafana's form of frames has: lists of rows beside the values. */
function withEntities(frame) {
  const { schema, data } = dataFrameToJSON(frame);
  const entities = data.values.map(entitiesOf);
  return { schema, data: entities.some((each) => each !== null) ? { ...data, entities } : data };
}

function entitiesOf(values) {
  const rowsOf = (entity) => values.flatMap((value, row) => (Object.is(value, entity) ? [row] : []));
  const rows = { NaN: rowsOf(NaN), Inf: rowsOf(Infinity), NegInf: rowsOf(-Infinity) };
  const some = Object.entries(rows).filter(([, list]) => list.length > 0);
  return some.length === 0 ? null : Object.fromEntries(some);
}
