/** The agent that acts. */
export interface Leader {
  holder: string;
  /** Where its API is, or empty. */
  url: string;
}

/** Of several agents one acts; the others follow what it writes. */
export interface Leadership {
  /** Whether this agent may act now. */
  leads: () => boolean;
  /**
   * Grows with every change of the leader; undefined when this agent has never led, or there is only one. It stays when the
   * agent no longer leads: what is sent too late must carry it, for a request without one is refused by nobody.
   */
  token: () => number | undefined;
  /** Who leads, as far as is known. */
  leader: () => Leader | undefined;
}

/** The only agent always leads. */
export const ALONE: Leadership = {
  leads: () => true,
  token: () => undefined,
  leader: () => undefined,
};
