/** What JSON is cut into: everything but the alerts, and the alerts one by one, each as its own text. */
export interface AlertSplitter {
  /** Takes the next piece of the text. */
  push: (piece: Buffer) => void;
  /** The text without its alerts: `{"version":"4","alerts":[]}`. */
  rest: () => string;
}

export interface SplitterLimits {
  /** Of all that is no alert. */
  restBytes: number;
  alertBytes: number;
}

/** Called with each alert, or with undefined for one over the limit. */
export type TakeAlert = (text: string | undefined) => void;

/** What is no alert is larger than it may be. */
export class RestTooLarge extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Alertmanager's payload is an object (1) with a list of alerts (2). */
const IN_PAYLOAD = 1;
const IN_ALERTS = 2;

/**
 * Finds the alerts of a payload while it comes in, so that no more than one of them is parsed at a time. Bytes are enough: none
 * of those that JSON is built of is a part of a longer character. Whether it is JSON at all is found out by whoever parses the parts.
 */
export function createAlertSplitter(limits: SplitterLimits, take: TakeAlert): AlertSplitter {
  const rest = new Kept(limits.restBytes);
  let alert = new Kept(limits.alertBytes);
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  let isAmongAlerts = false;
  /** The last string of the payload itself, and the key that it was when a colon followed. */
  let text: Kept | undefined;
  let key = '';

  const finishAlert = () => {
    if (!alert.isBlank()) take(alert.isWhole() ? alert.text() : undefined);
    alert = new Kept(limits.alertBytes);
  };
  /** Whether the byte is one of an alert. */
  const step = (byte: number): boolean => {
    if (inString) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) inString = false;
      if (depth === IN_PAYLOAD && inString) text?.add(byte);
      return isAmongAlerts;
    }
    switch (byte) {
      case QUOTE:
        inString = true;
        if (depth === IN_PAYLOAD) text = new Kept(16);
        break;
      case COLON:
        if (depth === IN_PAYLOAD) key = text?.text() ?? '';
        break;
      case COMMA:
        if (isAmongAlerts && depth === IN_ALERTS) {
          finishAlert();
          return true;
        }
        break;
      case OPEN_LIST:
        depth += 1;
        if (depth === IN_ALERTS && key === 'alerts') {
          isAmongAlerts = true;
          return false;
        }
        break;
      case OPEN_OBJECT:
        depth += 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        if (isAmongAlerts && depth === IN_ALERTS) {
          finishAlert();
          isAmongAlerts = false;
        }
        depth -= 1;
        break;
    }
    return isAmongAlerts;
  };

  return {
    push(piece) {
      for (const byte of piece) {
        const isBetween = isAmongAlerts && depth === IN_ALERTS && !inString && byte === COMMA;
        const isOfAlert = step(byte);
        if (!isOfAlert) rest.add(byte);
        else if (!isBetween) alert.add(byte);
      }
      if (!rest.isWhole()) throw new RestTooLarge();
    },
    rest: () => rest.text(),
  };
}

/** Bytes up to a limit. */
class Kept {
  readonly #limit: number;
  #bytes = Buffer.allocUnsafe(16);
  #length = 0;
  #isWhole = true;
  #isBlank = true;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(byte: number): void {
    if (byte > 0x20) this.#isBlank = false;
    if (this.#length === this.#limit) this.#isWhole = false;
    else {
      if (this.#length === this.#bytes.length) this.#grow();
      this.#bytes[this.#length++] = byte;
    }
  }

  isBlank(): boolean {
    return this.#isBlank;
  }

  isWhole(): boolean {
    return this.#isWhole;
  }

  text(): string {
    return this.#bytes.toString('utf8', 0, this.#length);
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(Math.min(this.#limit, 4 * this.#bytes.length));
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}
