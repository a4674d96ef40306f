/** The config that a command reads. */
export const CONFIG_OPTION = {
  'config.file': {
    type: 'text',
    about: 'YAML config; without one, only this host is measured',
    placeholder: 'path',
  },
} as const;
