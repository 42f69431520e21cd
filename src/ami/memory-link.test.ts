import { describe, expect, it } from 'vitest';
import { latin1 } from './cuts.test-support.ts';
import type { Link } from './link.ts';
import { ManualClock } from './manual-clock.ts';
import { memoryLinks } from './memory-link.ts';

/** What the link says, in order, for as long as the test lasts. */
function hear(link: Link): string[] {
  const heard: string[] = [];
  link.attach({
    data: (bytes) => heard.push(Buffer.from(bytes).toString()),
    end: () => heard.push('(end)'),
    close: (error) => heard.push(error === undefined ? '(close)' : '(reset)'),
  });
  return heard;
}

describe('memoryLinks', () => {
  it('delivers in a timer of 0 ms of the clock, and at no other time', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock);
    const heard = hear(far);
    near.write(latin1('a'));
    expect(heard).toEqual([]);
    clock.advance(0);
    expect(heard).toEqual(['a']);
  });

  it('keeps the order of what different links do at the same time', () => {
    const clock = new ManualClock();
    const [one, oneFar] = memoryLinks(clock);
    const [two, twoFar] = memoryLinks(clock);
    const heard: string[] = [];
    for (const [name, far] of [
      ['one', oneFar],
      ['two', twoFar],
    ] as const) {
      far.attach({ data: () => heard.push(name), end() {}, close() {} });
    }
    clock.advance(0);
    two.write(latin1('a'));
    one.write(latin1('a'));
    clock.advance(0);
    expect(heard).toEqual(['two', 'one']);
  });

  it('takes in no more than its capacity for a reader that has paused', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock, { capacityBytes: 10 });
    const heard = hear(far);
    far.pause();
    near.write(latin1('1234567'));
    near.write(latin1('89abcdef'));
    expect(near.pendingBytes).toBe(15);
    clock.advance(0);
    expect([near.pendingBytes, heard]).toEqual([5, []]);
    far.resume();
    clock.advance(0);
    expect([near.pendingBytes, heard.join('')]).toEqual([0, '123456789abcdef']);
  });

  it('stops where a handler pauses in the middle', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock);
    const heard: string[] = [];
    far.attach({
      data(bytes) {
        heard.push(Buffer.from(bytes).toString());
        far.pause();
      },
      end: () => heard.push('(end)'),
      close() {},
    });
    near.write(latin1('a'));
    near.write(latin1('b'));
    near.end();
    clock.advance(0);
    expect(heard).toEqual(['a']);
    far.resume();
    clock.advance(0);
    expect(heard).toEqual(['a', 'b']);
    far.resume();
    clock.advance(0);
    expect(heard).toEqual(['a', 'b', '(end)']);
  });

  it('says nothing more to a handler that cut the link in the middle', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock);
    const heard: string[] = [];
    far.attach({
      data(bytes) {
        heard.push(Buffer.from(bytes).toString());
        far.destroy();
      },
      end: () => heard.push('(end)'),
      close: () => heard.push('(close)'),
    });
    const nearHeard = hear(near);
    near.write(latin1('a'));
    near.write(latin1('b'));
    near.end();
    clock.advance(0);
    expect([heard, nearHeard]).toEqual([['a', '(close)'], ['(reset)']]);
  });

  it('drops with a reset what was on its way', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock);
    const heard = hear(far);
    near.write(latin1('lost'));
    near.destroy();
    clock.advance(0);
    expect([heard, near.pendingBytes]).toEqual([['(reset)'], 0]);
  });

  it('closes only once what was written before the end has been taken', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock, { capacityBytes: 3 });
    const nearHeard = hear(near);
    const farHeard = hear(far);
    far.pause();
    near.write(latin1('12345'));
    near.end();
    far.end();
    clock.advance(0);
    expect([nearHeard, farHeard]).toEqual([['(end)'], []]);
    far.resume();
    clock.advance(0);
    expect([nearHeard, farHeard]).toEqual([
      ['(end)', '(close)'],
      ['123', '45', '(end)', '(close)'],
    ]);
  });

  it('leaves no timer behind, closed or waiting', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock);
    hear(near);
    hear(far);
    far.pause();
    near.write(latin1('a'));
    near.end();
    far.end();
    clock.advance(1000);
    expect(clock.pending).toBe(0);
    far.resume();
    clock.advance(1000);
    expect(clock.pending).toBe(0);
  });

  it('carries many small writes without going over them again and again', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock, { capacityBytes: 1 });
    let bytes = 0;
    far.attach({
      data: (chunk) => {
        bytes += chunk.length;
      },
      end() {},
      close() {},
    });
    for (let at = 0; at < 200_000; at++) near.write(latin1('x'));
    clock.advance(0);
    expect(bytes).toBe(200_000);
  });

  it('has the addresses it is given', () => {
    const clock = new ManualClock();
    const [near, far] = memoryLinks(clock, { near: { address: '10.0.0.7', port: 43210 } });
    expect(far.remote).toEqual({ address: '10.0.0.7', port: 43210 });
    expect(near.remote).toEqual({ address: '127.0.0.1', port: 5038 });
  });
});
