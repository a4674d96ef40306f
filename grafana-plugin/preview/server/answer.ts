/** What a request is answered with. */
export interface Answer {
  status: number;
  type: string;
  body: string | Uint8Array;
}

export const JSON_TYPE = 'application/json; charset=utf-8';
export const TEXT_TYPE = 'text/plain; charset=utf-8';
export const HTML_TYPE = 'text/html; charset=utf-8';

/** In the shape of Prometheus' own errors, so that the page reads them all alike. */
export function refusal(status: number, error: string): Answer {
  return { status, type: JSON_TYPE, body: JSON.stringify({ status: 'error', errorType: 'preview', error }) };
}
