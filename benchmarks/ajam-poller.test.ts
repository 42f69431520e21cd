import { expect, it, vi } from 'vitest';
import { readHttp } from '../test/fixtures.ts';
import { AjamPoller } from './ajam-poller.node.ts';
import { startChain } from './chain.node.ts';

it('an idle poll costs as many bytes as it did with the recorded Asterisk', async () => {
  const { lines } = readHttp('ajam-rawman-basic');
  const asked = lines.findIndex(({ label }) => label === 'WaitEvent, nothing happens, 2 s');
  const recorded = { sent: lines[asked + 1]?.reqBytes, received: lines[asked + 1]?.respBytes };
  await using chain = await startChain();
  const poller = await AjamPoller.start(chain.ajamPort, { kind: 'long poll', timeoutS: 1 });
  await vi.waitUntil(() => poller.polls.length > 0, { timeout: 5000 });
  await poller.stop();
  expect(poller.polls[0]).toMatchObject({ bytes: recorded, events: [] });
});
