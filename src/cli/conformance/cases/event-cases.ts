import type { ConformanceCase } from '../conformance-case.ts';
import { action, error, ping, pong, success } from './wording.ts';

const PAUSE = { pauseMs: 50 };
const waited = (id: string): readonly string[] => [
  success(id, 'Message: Waiting for Event completed.'),
  `Event: WaitEventComplete\r\nActionID: ${id}`,
];

/** What a session wants to see of the events. */
export const EVENT_CASES: readonly ConformanceCase[] = [
  {
    name: 'mask of events',
    rule: 'The mask of events is answered with On or Off; without one it is an error.',
    source: 'events-mask',
    send: ['off', '0', 'system']
      .map((mask, at) => `Action: Events\r\nActionID: c${at}\r\nEventMask: ${mask}\r\n\r\n`)
      .concat('Action: Events\r\nActionID: c3\r\n\r\n', 'Action: Events\r\nActionID: c4\r\nEventMask: off\r\n\r\n'),
    expect: [
      'Response: Success\r\nActionID: c0\r\nEvents: Off',
      'Response: Success\r\nActionID: c1\r\nEvents: Off',
      'Response: Success\r\nActionID: c2\r\nEvents: On',
      error('c3', 'Invalid event mask'),
      'Response: Success\r\nActionID: c4\r\nEvents: Off',
    ],
  },
  {
    name: 'masks of many kinds',
    rule: 'On, all, yes, any class and any bit switch events on; a word that is none switches them off.',
    source: 'events-mask',
    send: [
      ...['on', 'all', 'yes', 'call,hud,user', '5', 'nosuch'].map((mask, at) =>
        action('Events', `c${at}`, `EventMask: ${mask}`),
      ),
      action('Events', 'c6', 'EventMask: off'),
    ],
    expect: [
      ...['c0', 'c1', 'c2', 'c3', 'c4'].map((id) => success(id, 'Events: On')),
      ...['c5', 'c6'].map((id) => success(id, 'Events: Off')),
    ],
  },
  {
    name: 'filters',
    rule: 'A session may add filters of the old form and of the new one.',
    source: 'filter-action',
    send: [
      action('Filter', 'c1', 'Operation: Add', 'Filter: Event: UserEvent'),
      action('Filter', 'c2', 'Operation: Add', 'Filter: !Name: secret'),
      action('Filter', 'c3', 'Operation: Add', 'MatchCriteria: name(Unhold)'),
      action(
        'Filter',
        'c4',
        'Operation: Add',
        'MatchCriteria: name(Hangup),header(Channel),method(starts_with)',
        'Filter: PJSIP/1001',
      ),
    ],
    expect: ['c1', 'c2', 'c3', 'c4'].map((id) => success(id, 'Message: Success')),
  },
  {
    name: 'filters that are none',
    rule: 'A filter that can not be read is refused with what is wrong with it.',
    source: 'filter-action',
    send: [
      action('Filter', 'c1'),
      action('Filter', 'c2', 'Operation: Add'),
      action('Filter', 'c3', 'Operation: Remove', 'Filter: x'),
      action('Filter', 'c4', 'Operation: Add', 'Filter: ['),
      action('Filter', 'c5', 'Operation: Add', 'MatchCriteria: bogus(x)'),
    ],
    expect: [
      error('c1', 'Unknown operation'),
      error('c2', 'Filter was formatted incorrectly.  Check the syntax of the filter given.'),
      error('c3', 'Unknown operation'),
      error('c4', 'Filter did not compile.  Check the syntax of the filter given.'),
      error('c5', 'Filter was formatted incorrectly.  Check the syntax of the filter given.'),
    ],
  },
  {
    name: 'wait for events',
    rule: 'WaitEvent is answered at its timeout; another action ends it before, and is answered after it.',
    source: 'waitevent-tcp',
    send: [
      action('WaitEvent', 'c1', 'Timeout: 1'),
      { awaitAnswers: 2 },
      action('WaitEvent', 'c2', 'Timeout: 30'),
      PAUSE,
      ping('c3'),
    ],
    expect: [...waited('c1'), ...waited('c2'), pong('c3')],
  },
];
