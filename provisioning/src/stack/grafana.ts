import type { Deployment } from './deployment.ts';

/** Grafana's data source: the deployment's Prometheus, asked as often as it scrapes. */
export function grafanaDatasources({ timing, addresses }: Pick<Deployment, 'timing' | 'addresses'>): object {
  return {
    apiVersion: 1,
    datasources: [
      {
        name: 'Prometheus',
        uid: 'evenkeel-prometheus',
        type: 'prometheus',
        access: 'proxy',
        url: `http://${addresses.prometheus}`,
        isDefault: true,
        jsonData: { httpMethod: 'POST', timeInterval: timing.interval },
      },
    ],
  };
}

/** Where Grafana finds our dashboards: the JSON files of a directory, into the folder Evenkeel. */
export function grafanaDashboardProvider(directory: string): object {
  return {
    apiVersion: 1,
    providers: [
      {
        name: 'evenkeel',
        folder: 'Evenkeel',
        folderUid: 'evenkeel',
        type: 'file',
        // They come from npm run generate; what is changed in the browser would be lost with the next one.
        allowUiUpdates: false,
        disableDeletion: true,
        updateIntervalSeconds: 30,
        options: { path: directory },
      },
    ],
  };
}
