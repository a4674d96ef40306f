type Variables = Readonly<Record<string, unknown>>;

/** One session with one of Vendure's two APIs. */
export class GraphqlSession {
  readonly #url: string;
  #token: string | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Asks, and keeps the session that the server opens.
   *
   * @throws Error where the answer has errors, or is one of Vendure's error results
   */
  async ask<T = Record<string, unknown>>(query: string, variables: Variables = {}): Promise<T> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    this.#token = response.headers.get('vendure-auth-token') ?? this.#token;
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    if (errors !== undefined) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    requireNoErrorResult(query, data);
    return data;
  }
}

function requireNoErrorResult(query: string, data: unknown): void {
  for (const answer of Object.values(data as Record<string, { errorCode?: string } | null>))
    if (answer?.errorCode !== undefined) throw new Error(`${query}: ${JSON.stringify(answer)}`);
}
