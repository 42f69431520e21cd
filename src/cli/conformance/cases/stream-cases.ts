import type { ConformanceCase } from '../conformance-case.ts';
import { goodbye, ping, pong } from './wording.ts';

/** Long enough that the pieces come one by one. */
const PAUSE = { pauseMs: 50 };

/** How actions come over a connection, and how it ends. */
export const STREAM_CASES: readonly ConformanceCase[] = [
  {
    name: 'byte by byte',
    rule: 'However an action is cut on its way, it is the same action.',
    source: 'action-split-byte-by-byte',
    byteByByte: true,
    send: [ping('c1')],
    expect: [pong('c1')],
  },
  {
    name: 'cut in two',
    rule: 'An action may stop in the middle of a name, or of the blank line at its end, and go on later.',
    source: 'action-split-two-parts',
    send: ['Action: Ping\r\nAction', PAUSE, 'ID: c1\r\n\r', PAUSE, '\n'],
    expect: [pong('c1')],
  },
  {
    name: 'many actions at once',
    rule: 'Actions that come in one packet are answered one after the other.',
    source: 'many-actions-one-packet',
    send: [Array.from({ length: 50 }, (_, at) => ping(`c${at}`)).join('')],
    expect: Array.from({ length: 50 }, (_, at) => pong(`c${at}`)),
  },
  {
    name: 'half close',
    rule: 'What came before the end of the client is still answered; then the server ends too.',
    source: 'half-close',
    send: [ping('c1')],
    halfCloses: true,
    expect: [pong('c1')],
    closes: true,
  },
  {
    name: 'logoff',
    rule: 'Logoff is answered, and the connection ends.',
    source: 'banner-login-logoff',
    send: ['Action: Logoff\r\nActionID: c1\r\n\r\n'],
    expect: [goodbye('c1')],
    closes: true,
  },
];
