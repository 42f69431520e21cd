import { describe, expect, test } from 'vitest';
import { ManualClock } from '../ami/manual-clock.ts';
import { LoginGuard } from './login-guard.ts';

function guarded(uncounted: readonly string[] = []) {
  const clock = new ManualClock();
  const guard = new LoginGuard(clock, uncounted);
  let checks = 0;
  /** `refused`, `let in` or the code of the back-off. */
  const attempt = async (user: string | undefined, address: string, good = false): Promise<string> => {
    try {
      const result = await guard.attempt(user, address, () => {
        checks += 1;
        return Promise.resolve(good || undefined);
      });
      return result === undefined ? 'refused' : 'let in';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const fail = async (times: number, user: string | undefined, address: string) => {
    for (let turn = 0; turn < times; turn++) await attempt(user, address);
  };
  return { clock, guard, attempt, fail, checks: () => checks };
}

const TOO_EARLY = 'GATEWAY_LOGIN_BACK_OFF';

describe('guessing', () => {
  test('costs a wait after five failures, and the right secret is not looked at before its end', async () => {
    const { clock, attempt, fail, checks } = guarded();
    await fail(5, 'ann', 'a');
    expect(await attempt('ann', 'a', true)).toBe(TOO_EARLY);
    expect(checks()).toBe(5);
    clock.advance(999);
    expect(await attempt('ann', 'a', true)).toBe(TOO_EARLY);
    clock.advance(1);
    expect(await attempt('ann', 'a', true)).toBe('let in');
  });

  test('costs twice the wait each time, to five minutes', async () => {
    const { clock, attempt, fail } = guarded(['a']);
    await fail(5, 'ann', 'a');
    const waits: number[] = [];
    for (let turn = 0; turn < 12; turn++) {
      let waitedMs = 0;
      while ((await attempt('ann', 'a')) === TOO_EARLY) {
        clock.advance(1000);
        waitedMs += 1000;
      }
      waits.push(waitedMs / 1000);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  test('of many at once gets no more guesses than one after the other', async () => {
    const { attempt, checks } = guarded();
    const results = await Promise.all(Array.from({ length: 100 }, () => attempt('ann', 'a')));
    expect(checks()).toBe(5);
    expect(results.filter((result) => result === TOO_EARLY)).toHaveLength(95);
  });

  test('at many users from one address, or by tickets, costs a wait for all of that address', async () => {
    const { attempt, fail } = guarded();
    for (let user = 0; user < 15; user++) await fail(1, `user${user}`, 'a');
    await fail(15, undefined, 'a');
    expect(await attempt('ann', 'a', true)).toBe(TOO_EARLY);
    expect(await attempt(undefined, 'a', true)).toBe(TOO_EARLY);
    expect(await attempt('ann', 'b', true)).toBe('let in');
  });

  test('at one user from many addresses costs a wait, yet never keeps the user out for long', async () => {
    const { clock, attempt, fail } = guarded();
    for (let address = 0; address < 60; address++) {
      await fail(1, 'ann', `a${address}`);
      clock.advance(15_000);
    }
    await fail(1, 'ann', 'b');
    expect(await attempt('ann', 'c', true)).toBe(TOO_EARLY);
    clock.advance(15_000);
    expect(await attempt('ann', 'c', true)).toBe('let in');
  });

  test('at a user who does not exist is the same as at one who does', async () => {
    const { attempt, fail } = guarded();
    await fail(5, 'nobody', 'a');
    expect(await attempt('nobody', 'a')).toBe(TOO_EARLY);
  });

  test('keeps nobody else out', async () => {
    const { attempt, fail } = guarded();
    await fail(10, 'ann', 'a');
    expect(await attempt('bob', 'a', true)).toBe('let in');
    expect(await attempt('ann', 'b', true)).toBe('let in');
  });

  test('through a reverse proxy counts for the user alone', async () => {
    const { attempt, fail } = guarded(['proxy']);
    for (let user = 0; user < 100; user++) await fail(1, `user${user}`, 'proxy');
    expect(await attempt('ann', 'proxy', true)).toBe('let in');
  });
});

test('a good login, or a quarter of an hour, makes failures forgotten', async () => {
  const { clock, attempt, fail } = guarded();
  await fail(4, 'ann', 'a');
  expect(await attempt('ann', 'a', true)).toBe('let in');
  await fail(4, 'ann', 'a');
  clock.advance(900_000);
  await fail(4, 'ann', 'a');
  expect(await attempt('ann', 'a', true)).toBe('let in');
});

test('names that were made up cost bounded memory', async () => {
  const { guard, fail } = guarded(['a']);
  for (let user = 0; user < 20_000; user++) await fail(1, `user${user}`, 'a');
  expect(guard.remembered).toBe(30_000);
});
