// Grafana's packages read these when they are evaluated, so this module must be the first of the page.
Object.assign(window, {
  __grafana_public_path__: '/',
  grafanaBootData: {
    assets: { dark: '', light: '' },
    navTree: [],
    settings: { buildInfo: { version: process.env.GRAFANA_VERSION, edition: 'preview' }, featureToggles: {} },
    user: { language: 'en-US', locale: 'en-GB', timezone: 'browser', weekStart: 'monday' },
  },
});

export {};
