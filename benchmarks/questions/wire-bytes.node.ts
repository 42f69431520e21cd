import { setTimeout as pause } from 'node:timers/promises';
import { COMPACT_PROTOCOL, JSON_PROTOCOL } from '../../src/gateway/wire/protocol.ts';
import { AjamPoller, type PollingWay } from '../ajam-poller.node.ts';
import { type Chain, startChain } from '../chain.node.ts';
import type { BenchOptions, Question, Row } from '../question.ts';
import { WebSocketViewer } from '../websocket-viewer.node.ts';
import { sumOfBytes, type WireBytes } from '../wire-meter.ts';

const INTERVALS_S = [1, 2, 5];
const WAYS: readonly PollingWay[] = [
  ...INTERVALS_S.map((everyS) => ({ kind: 'poll', everyS }) as const),
  ...INTERVALS_S.map((timeoutS) => ({ kind: 'long poll', timeoutS }) as const),
];
const PROTOCOLS = [
  ['WebSocket, compact', COMPACT_PROTOCOL],
  ['WebSocket, JSON', JSON_PROTOCOL],
] as const;
/** Between two steps of the call, so that each finds the last one done on a busy machine too. */
const STEP_MS = 1_000;
/** Longer than any poller waits between two polls. */
const SETTLE_MS = 5_500;

export const question: Question = {
  asks: 'How many bytes does one viewer cost while nothing happens, and for one hold?',
  method: [
    'All viewers are connected at once, to the same simulated PBX, and see all events. Bytes are those of the sockets, HTTP headers and',
    'WebSocket framing included, TCP and IP headers not. A poll is a WaitEvent that takes what has queued up; a long poll waits for an',
    'event for so long. Requests carry no header but Host and Cookie; a browser sends some 250 bytes more each time. The bytes of a hold',
    'are those of the messages, or of the requests and answers, that carried its events. The hold is the second of its call: the compact',
    'protocol, which the SDK speaks, tells what the lines of an event are only with the first of its kind.',
  ].join('\n'),
  answer,
};

async function answer({ seconds }: BenchOptions): Promise<readonly Row[]> {
  await using chain = await startChain();
  const viewers = await Promise.all(
    PROTOCOLS.map(([, protocol]) => WebSocketViewer.start(chain.gatewayPort, protocol, chain.viewer)),
  );
  const pollers = await Promise.all(WAYS.map((way) => AjamPoller.start(chain.ajamPort, way)));
  try {
    await pause(SETTLE_MS); // each login is an event for those who were there before
    const idle = await watchIdle(viewers, pollers, seconds);
    const hold = await watchHold(chain, viewers, pollers);
    return [...PROTOCOLS.map(([name]) => name), ...WAYS.map(nameOf)].map((way, at) => ({
      way,
      'idle requests': idle[at]?.requests ?? 0,
      [`idle ${seconds} s sent`]: idle[at]?.bytes.sent ?? 0,
      [`idle ${seconds} s received`]: idle[at]?.bytes.received ?? 0,
      'hold requests': hold[at]?.requests ?? 0,
      'hold sent': hold[at]?.bytes.sent ?? 0,
      'hold received': hold[at]?.bytes.received ?? 0,
      'hold seen after ms': Math.round(hold[at]?.seenAfterMs ?? 0),
    }));
  } finally {
    for (const viewer of viewers) viewer.stop();
    for (const poller of pollers) await poller.stop();
  }
}

interface Cost {
  readonly requests: number;
  readonly bytes: WireBytes;
}

async function watchIdle(
  viewers: readonly WebSocketViewer[],
  pollers: readonly AjamPoller[],
  seconds: number,
): Promise<readonly Cost[]> {
  for (const viewer of viewers) viewer.takeBytes();
  const before = pollers.map(({ polls }) => polls.length);
  await pause(seconds * 1000);
  return [
    ...viewers.map((viewer) => ({ requests: 0, bytes: viewer.takeBytes() })),
    ...pollers.map(({ polls }, at) => {
      const during = polls.slice(before[at]);
      return { requests: during.length, bytes: sumOfBytes(during.map(({ bytes }) => bytes)) };
    }),
  ];
}

async function watchHold(
  { pbx }: Chain,
  viewers: readonly WebSocketViewer[],
  pollers: readonly AjamPoller[],
): Promise<readonly (Cost & { readonly seenAfterMs: number })[]> {
  pbx.phone('1001').dials('1002');
  await pause(STEP_MS);
  pbx.phone('1002').answers();
  await pause(STEP_MS);
  pbx.phone('1001').holds();
  await pause(STEP_MS);
  pbx.phone('1001').resumes();
  await pause(SETTLE_MS);
  for (const viewer of viewers) viewer.takeBytes();
  const messagesBefore = viewers.map(({ messages }) => messages.length);
  const pollsBefore = pollers.map(({ polls }) => polls.length);
  const pressedAtMs = performance.now();
  pbx.phone('1001').holds();
  const seenAtMs = await Promise.all(viewers.map((viewer, at) => viewer.sees('Hold', messagesBefore[at] ?? 0)));
  await pause(SETTLE_MS);
  const [events = [], ...others] = viewers.map((viewer, at) => viewer.eventsFrom(messagesBefore[at] ?? 0));
  for (const other of others) if (other.join() !== events.join()) throw new Error(`One saw ${other}, one ${events}`);
  return [
    ...viewers.map((viewer, at) => ({
      requests: 0,
      bytes: viewer.takeBytes(),
      seenAfterMs: (seenAtMs[at] ?? Number.NaN) - pressedAtMs,
    })),
    ...pollers.map(({ way, polls }, at) => {
      const carriers = polls.slice(pollsBefore[at]).filter((poll) => poll.events.length > 0);
      const seen = carriers.flatMap((poll) => poll.events);
      if (seen.toSorted().join() !== events.toSorted().join()) {
        throw new Error(`${nameOf(way)} saw ${seen.join(', ')}, the WebSockets ${events.join(', ')}`);
      }
      const carriedAtMs = carriers.find((poll) => poll.events.includes('Hold'))?.atMs ?? Number.NaN;
      const bytes = sumOfBytes(carriers.map((poll) => poll.bytes));
      return { requests: carriers.length, bytes, seenAfterMs: carriedAtMs - pressedAtMs };
    }),
  ];
}

function nameOf(way: PollingWay): string {
  return way.kind === 'poll' ? `AJAM poll every ${way.everyS} s` : `AJAM long poll of ${way.timeoutS} s`;
}
