import { describe, expect, test } from 'vitest';
import { frame } from './frame.ts';
import { FakeBrowser } from './office.test-support.ts';
import { Outbox } from './outbox.ts';
import { CLOSE } from './wire/protocol.ts';

const WHY = frame('{"type":"error"}');

const message = (bytes: number) => frame(JSON.stringify('x'.repeat(bytes - 2)));

function slowBrowser(limitBytes: number) {
  const browser = new FakeBrowser();
  browser.reads = false;
  return { browser, outbox: new Outbox(browser, limitBytes) };
}

describe('an outbox', () => {
  test('lets as many bytes wait as it may, and closes at the first that is more', () => {
    const { browser, outbox } = slowBrowser(100);
    outbox.send(message(60));
    outbox.send(message(40));
    expect(browser.closedWith).toBeUndefined();
    outbox.send(message(3));
    expect(browser.closedWith).toEqual({ code: CLOSE.slow, reason: 'GATEWAY_TOO_SLOW' });
    expect(browser.frames).toHaveLength(2);
    outbox.send(message(3));
    outbox.send(message(300));
    expect(browser.frames).toHaveLength(2);
  });

  test('lets one message that is longer than the bound come on top, until it has been read', () => {
    const { browser, outbox } = slowBrowser(100);
    outbox.send(message(1000));
    outbox.send(message(90));
    expect(browser.closedWith).toBeUndefined();
    browser.pendingBytes = 50;
    outbox.send(message(40));
    browser.pendingBytes = 90;
    outbox.send(message(40));
    expect(browser.closedWith?.code).toBe(CLOSE.slow);
  });

  test('takes no second message of that length while the first one waits', () => {
    const { browser, outbox } = slowBrowser(100);
    outbox.send(message(1000));
    outbox.send(message(1000));
    expect(browser.closedWith?.code).toBe(CLOSE.slow);
    expect(browser.pendingBytes).toBe(1000);
  });

  test('says why before it closes, once', () => {
    const { browser, outbox } = slowBrowser(10);
    outbox.refuse(4001, 'C', [WHY]);
    outbox.refuse(4002, 'D', [WHY]);
    expect(browser.messages).toEqual([{ type: 'error' }]);
    expect(browser.closedWith).toEqual({ code: 4001, reason: 'C' });
  });

  test('of a connection that is gone sends nothing', () => {
    const { browser, outbox } = slowBrowser(10);
    outbox.drop();
    outbox.send(message(5));
    outbox.refuse(4001, 'C', [WHY]);
    expect(browser.frames).toEqual([]);
    expect(browser.closedWith).toBeUndefined();
  });
});

test.each(['', 'abc', 'Jörg', '木', '\u{1f4de} call', '\ud800 half'])(
  'the bytes of %j are counted as they are sent',
  (text) => {
    expect(frame(text).bytes).toBe(Buffer.byteLength(text));
  },
);
