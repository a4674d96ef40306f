import { createHmac, randomBytes } from 'node:crypto';
import { BcryptThread } from './bcrypt-thread.ts';

export interface Credentials {
  user: string;
  password: string;
}

export type PasswordAnswer = 'right' | 'wrong' | 'busy';

/** As many as exporter-toolkit remembers. */
const REMEMBERED = 100;
/** With more than this waiting, a guesser's passwords would only pile up. */
const MAX_WAITING = 32;

/**
 * Checks passwords against bcrypt hashes, and remembers the answers: a scraper sends the same password each time, and
 * bcrypt is slow on purpose.
 *
 * Right and wrong ones are remembered apart, so that guessing does not push out who may come. What is remembered is a
 * keyed digest, never the password.
 */
export class Passwords {
  readonly #right = new Set<string>();
  readonly #wrong = new Set<string>();
  readonly #underWay = new Map<string, Promise<boolean>>();
  readonly #key = randomBytes(32);
  readonly #thread = new BcryptThread();

  /** @param users name -> bcrypt hash, at least one */
  async check(users: ReadonlyMap<string, string>, { user, password }: Credentials): Promise<PasswordAnswer> {
    const own = users.get(user);
    // Somebody unknown takes as long as somebody known, so that names cannot be found by timing.
    const [hash = ''] = own === undefined ? users.values() : [own];
    const digest = this.#digest([user, hash, password]);
    if (this.#right.has(digest)) return own === undefined ? 'wrong' : 'right';
    if (this.#wrong.has(digest)) return 'wrong';
    if (!this.#underWay.has(digest) && this.#thread.waiting >= MAX_WAITING) return 'busy';
    const isRight = (await this.#compare(digest, { password, hash })) && own !== undefined;
    remember(isRight ? this.#right : this.#wrong, digest);
    return isRight ? 'right' : 'wrong';
  }

  async close(): Promise<void> {
    await this.#thread.stop();
  }

  #compare(digest: string, comparison: { password: string; hash: string }): Promise<boolean> {
    const known = this.#underWay.get(digest);
    if (known !== undefined) return known;
    const begun = this.#thread.compare(comparison).finally(() => this.#underWay.delete(digest));
    this.#underWay.set(digest, begun);
    return begun;
  }

  #digest(parts: readonly string[]): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(parts)).digest('base64');
  }
}

/** The oldest makes room. */
function remember(digests: Set<string>, digest: string): void {
  digests.add(digest);
  if (digests.size <= REMEMBERED) return;
  for (const oldest of digests) {
    digests.delete(oldest);
    return;
  }
}
