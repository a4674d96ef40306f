/** The configuration that a command reads. */
export const CONFIG_OPTION = {
  'config.file': {
    type: 'text',
    default: 'agent.yml',
    placeholder: 'file',
    about: "the agent's configuration",
  },
} as const;

/** The running agent that a command asks, in the place of the journal. */
export const API_OPTIONS = {
  'api.url': { type: 'text', placeholder: 'url', about: 'the agent to ask, where one runs' },
  'api.token-file': {
    type: 'text',
    placeholder: 'file',
    about: 'holds a token of that agent; of an admin, where tokens are created, listed or revoked',
  },
} as const;
