// Dates in tests are read the same everywhere.
process.env.TZ = 'UTC';

const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');
const grafana = require('./.config/jest.config');

const [[sources, transformer]] = Object.entries(grafana.transform);

module.exports = {
  ...grafana,
  moduleNameMapper: {
    ...grafana.moduleNameMapper,
    '^@evenkeel/agent-api$': '<rootDir>/../packages/agent-api/src/index.ts',
    '^@evenkeel/signals$': '<rootDir>/../packages/signals/src/index.ts',
  },
  // Since 13.0 some of Grafana's packages come as .mjs.
  transform: { [sources]: transformer, '^.+\\.mjs$': transformer },
  transformIgnorePatterns: [
    nodeModulesToTransform([...grafanaESModules, '@react-hookz/web', '@ver0/deep-equal', '@grafana']),
  ],
};
