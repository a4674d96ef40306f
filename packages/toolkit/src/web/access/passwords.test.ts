import { afterEach, describe, expect, it } from '@jest/globals';
import { hashSync } from 'bcryptjs';
import { Passwords } from './passwords.ts';

const users = new Map([
  ['ann', hashSync('apple', 4)],
  ['bob', hashSync('banana', 4)],
]);

describe('Passwords', () => {
  let passwords = new Passwords();

  afterEach(async () => {
    await passwords.close();
    passwords = new Passwords();
  });

  it('know who is right, who is wrong and who is nobody', async () => {
    expect(await passwords.check(users, { user: 'ann', password: 'apple' })).toBe('right');
    expect(await passwords.check(users, { user: 'ann', password: 'banana' })).toBe('wrong');
    expect(await passwords.check(users, { user: 'bob', password: 'banana' })).toBe('right');
    // The password of the first user, which an unknown name is compared with.
    expect(await passwords.check(users, { user: 'eve', password: 'apple' })).toBe('wrong');
    expect(await passwords.check(users, { user: 'eve', password: 'apple' })).toBe('wrong');
  });

  it('compare the same password once, however many ask at the same time', async () => {
    const slow = new Map([['ann', hashSync('apple', 6)]]);
    const asked = Array.from({ length: 200 }, () =>
      passwords.check(slow, { user: 'ann', password: 'apple' }),
    );
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['right']));
  });

  it('turn guesses away when too many wait, and still know who was right before', async () => {
    expect(await passwords.check(users, { user: 'ann', password: 'apple' })).toBe('right');
    const guesses = Array.from({ length: 40 }, (_, index) =>
      passwords.check(users, { user: 'ann', password: `guess ${index}` }),
    );
    expect(await passwords.check(users, { user: 'ann', password: 'apple' })).toBe('right');
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === 'busy')).toHaveLength(8);
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(32);
  });

  it('leave the event loop alone while they compare', async () => {
    const slow = new Map([['ann', hashSync('apple', 8)]]);
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    count();
    await passwords.check(slow, { user: 'ann', password: 'apple' });
    isDone = true;
    expect(turns).toBeGreaterThan(50);
  });
});
