import 'systemjs/dist/system.js';
import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaI18n from '@grafana/i18n';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaUi from '@grafana/ui';
import * as lodash from 'lodash';
// eslint-disable-next-line no-restricted-imports -- Grafana shares it with plugins
import * as moment from 'moment';
import * as react from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';
import * as rxjs from 'rxjs';
// The last one: it defines `define`, and some of the packages above would register themselves there.
import 'systemjs/dist/extras/amd.js';

/** The packages that Grafana shares with its plugins, by the names under which a built plugin asks for them. */
const SHARED: Readonly<Record<string, unknown>> = {
  '@emotion/css': emotionCss,
  '@emotion/react': emotionReact,
  '@grafana/data': grafanaData,
  '@grafana/i18n': grafanaI18n,
  '@grafana/runtime': grafanaRuntime,
  '@grafana/ui': grafanaUi,
  lodash,
  moment,
  react,
  'react/jsx-runtime': jsxRuntime,
  'react-dom': reactDom,
  rxjs,
};

interface SystemJs {
  addImportMap: (map: { imports: Record<string, string> }) => void;
  set: (id: string, module: object) => void;
  import: (url: string) => Promise<unknown>;
}

/** SystemJS as Grafana sets it up: shared packages are there before the first plugin asks for one. */
export function systemWithSharedModules(): SystemJs {
  const system = (window as unknown as { System: SystemJs }).System;
  system.addImportMap({
    imports: Object.fromEntries(Object.keys(SHARED).map((name) => [name, `shared:${name}`])),
  });
  for (const [name, module] of Object.entries(SHARED)) {
    system.set(`shared:${name}`, { default: module, __useDefault: true });
  }
  return system;
}
