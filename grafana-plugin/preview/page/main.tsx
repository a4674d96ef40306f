import './boot-data';
import './page.css';
import { createRoot } from 'react-dom/client';
import React from 'react';
import { prepareGrafana } from './grafana/prepare';
import { loadPanel } from './grafana/load-panel';
import { readShippedDashboard } from './dashboard/shipped';
import { Page } from './Page';

/** Everything that Grafana would have done before a dashboard is opened; then the page. */
async function main(): Promise<void> {
  const root = createRoot(document.getElementById('root')!);
  await prepareGrafana();
  const [plugin, dashboard] = await Promise.all([loadPanel(), readShippedDashboard()]);
  root.render(<Page plugin={plugin} dashboard={dashboard} />);
}

void main();
