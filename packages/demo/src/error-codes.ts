/** The codes of the demo warehouse, each with what happened; docs/errors.md says what to do. Codes are stable: add, never rename. */
export const ERROR_CODES = {
  CARRIER_BUSY: "The demo's carrier is out of service: a fault.",
  CARRIER_FAILED: "The demo's carrier did not answer, or refused.",
  CARRIER_PAUSED: 'The demo does not ask its carrier for a while, since it failed too often.',
  DATABASE_UNAVAILABLE: "The demo's database does not answer.",
  FAULT_NOT_CHANGED: 'A fault of the demo could not be switched.',
  FAULT_UNKNOWN: 'The demo has no fault of this name.',
  FENCING_TOKEN_OUTDATED: 'Another agent has taken over since.',
  IDEMPOTENCY_KEY_REUSED: 'A key was used before for another knob or value.',
  IF_MATCH_REQUIRED: 'A knob is only moved by whoever says which version was seen.',
  JSON_REQUIRED: 'A body is not of the type application/json.',
  KNOB_OUT_OF_BOUNDS: 'A knob cannot have this value.',
  KNOB_UNKNOWN: 'The demo has no knob of this name.',
  KNOB_VERSION_MISMATCH: 'The knob was moved by somebody else meanwhile.',
  REQUEST_INVALID: 'What was sent to the demo has mistakes.',
  START_FAILED: 'A part of the system did not start.',
} as const;
