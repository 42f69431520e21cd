import { describe, expect, it } from 'vitest';
import { labConfig } from '../../test/fixtures.ts';
import { nodeRuntime } from '../ami/runtime.node.ts';
import { parseScenario } from '../scenarios/parse-scenario.ts';
import { playInstantly } from './play-in-simulation.ts';

/** All that a phone can be told. */
const PHONES = `scenario: phones
about: every step of phones
given: {phones: [1001, 1002, 1003, 1004], mailboxes: {1003@default: 1}}
cast: {caller: 1001, callee: "1002"}
with: {talk: 300ms}
steps:
  - 1001 hangs up all
  - caller dials callee
  - wait until 1002 is ringing
  - 1003 dials 1002
  - wait 200ms
  - 1002 answers 1001
  - wait until 1001 is up within 2s
  - 1002 rejects busy 1003
  - wait \${talk}
  - 1002 holds 1001
  - expect lamp 1001 held within 50ms
  - 1002 holds 1001
  - 1002 resumes 1001
  - 1001 presses 123#
  - 1001 presses "#72"
  - 1001 presses 5 on 1002
  - 1001 presses 5 by INFO
  - 1001 presses *1
  - 1001 speaks
  - 1001 is silent
  - 1002 dials 1003
  - wait 100ms
  - 1003 answers
  - wait 500ms
  - 1002 connects 1001 and 1003
  - wait 500ms
  - 1003 transfers 1001 to 1004
  - wait 300ms
  - 1004 answers
  - wait 200ms
  - 1004 hangs up 1001
  - wait until 1001 is idle within 12s
  - 1002 will answer after 100ms
  - 1001 dials 1002
  - wait until 1001 is up
  - 1002 hangs up
  - wait until 1001 is idle
  - 1002 will reject busy
  - 1001 dials 1202
  - wait until 1001 is idle within 12s
  - 1002 will reject busy after 300ms
  - 1001 dials 1202
  - wait until 1001 is idle within 12s
  - 1002 will ring, then reject declined after 200ms
  - 1001 dials 1202
  - wait until 1001 is idle within 12s
  - 1002 will ring after 120ms, then answer after 300ms
  - 1001 dials 1002
  - wait until 1001 is up
  - 1001 hangs up all
  - wait until 1002 is idle
  - 1002 will only ring
  - 1001 dials 1002
  - wait until 1002 is ringing
  - 1001 hangs up
  - 1002 will not respond
  - 1001 dials 1002
  - wait 1s
  - 1001 hangs up
  - wait 300ms
  - 1002 will forward to 1003 after 200ms
  - 1003 will answer after 100ms
  - 1001 dials 1002
  - wait until 1001 is up
  - 1003 hangs up all
  - wait 300ms
  - 1002 will do nothing special
  - 1003 will do nothing special
  - trunk calls 1001 from "Ann O'Neill" <+493012345>
  - wait 200ms
  - 1001 answers +493012345
  - wait 200ms
  - trunk hangs up
  - wait 200ms
  - trunk calls 1001 from <+493012345>
  - wait 200ms
  - 1001 rejects 486
  - wait 300ms
  - trunk calls 1001 from "Ann"
  - wait 200ms
  - trunk hangs up
  - wait 300ms
  - trunk calls 1001
  - wait 200ms
  - 1001 rejects not-acceptable
  - wait 300ms
  - 1003 registers
  - 1003 registers for 60s
  - 1007 registers with wrong password
  - 1007 registers
  - wait until 1007 is registered
  - 1007 unregisters
  - 1003 dies
  - wait 100ms
  - 1003 comes back at port 6750
  - wait 200ms
  - 1003 comes back
  - together:
      - 1001 dials 1004
      - - wait 100ms
        - 1002 dials 1003
      - repeat 2:
          - wait \${n}00ms
          - admin sends Ping
  - wait 300ms
  - together:
      - 1004 answers
      - 1003 answers 1002
  - wait 300ms
  - 1001 hangs up
  - 1002 hangs up 1003
`;

/** All that a client, and the PBX, can be told. */
const CLIENTS = `scenario: clients
given: {phones: [1001, 1002]}
config: {manager.conf: {general: {timestampevents: yes}, extra: {secret: x y, read: all, write: all}, panel: remove}}
steps:
  - admin stays away
  - reader logs in as readonly with events call,hud
  - admin connects
  - admin sends Challenge as asked: {AuthType: MD5}
  - admin sends Login: {AuthType: MD5, Username: admin, Key: "\${md5 of asked.Challenge + 'adminpw'}", Events: on}
  - bad logs in as admin with secret bad
  - off logs in as admin with events off
  - extra logs in
  - gone logs in as panel
  - repeat 3:
      - client\${n} logs in as readonly
      - client\${n} sends Ping: {ActionID: "p-\${n}"}
  - admin sends Ping without ActionID
  - admin sends WaitEvent without waiting: {Timeout: 1}
  - admin sends raw: "Action: Ping\\r\\nActionID: raw-1\\r\\n\\r\\n"
  - admin sends raw latin1: "Action: UserEvent\\r\\nUserEvent: X\\r\\nV: \\xff\\r\\n\\r\\n"
  - admin sends raw byte by byte every 5ms: "Action: Ping\\r\\n\\r\\n"
  - admin sends raw: "Action: Pi"
  - wait 10ms
  - admin sends raw: "ng\\r\\n\\r\\n"
  - admin sends Originate: {Channel: PJSIP/1001, Context: from-phones, Exten: 1002, Priority: 1, Async: true, Variable: [A=1, B=2], CallerID: '"Click" <1002>'}
  - expect action Originate: {Exten: 1002}
  - wait 100ms
  - 1001 answers
  - wait for event Newstate as up: {ChannelStateDesc: Up}
  - admin sends Setvar: {Channel: "\${channel of 1001}", Variable: X, Value: "$\${EXTEN}"}
  - admin sends Getvar as got: {Channel: "\${channel of 1001}", Variable: X}
  - admin sends UserEvent: {UserEvent: "Got-\${got.Value}", Who: "\${up.Channel}", Long: "\${'y' x 897}"}
  - 1001 hangs up
  - reader stops reading
  - admin sends Ping
  - reader reads again
  - reader half-closes
  - client0 drops
  - client1 logs off
  - wait until client1 is disconnected
  - pbx changes manager.conf: {general: {enabled: no}}
  - pbx reloads manager
  - wait 100ms
  - pbx changes manager.conf: {general: {enabled: yes}, readonly: remove}
  - pbx reloads
  - wait 500ms
  - again logs in as readonly
  - pbx restarts
  - after logs in as admin
  - wait 1s
  - pbx stops
  - wait 1s
  - pbx starts
  - after2 logs in as admin
  - pbx is killed
  - wait 100ms
  - pbx starts
  - after3 logs in as admin
  - wait 1s
  - pbx restarts gracefully
  - wait until after3 is disconnected
  - after4 logs in as admin
`;

describe('every step is played', () => {
  it.each([
    ['phones', PHONES],
    ['clients and the PBX', CLIENTS],
  ])('of %s, with any seed, and nobody is left in a call', (_of, yaml) => {
    for (const seed of [1, 2]) {
      const { play, stage, trace } = playInstantly(parseScenario(yaml), {
        runtime: nodeRuntime(),
        files: labConfig(),
        seed,
      });
      expect(play.failure).toBeUndefined();
      expect(stage.simulation.channels()).toEqual([]);
      const closed = trace().lines.filter(({ dir }) => dir === 'close').length;
      expect(closed).toBeGreaterThanOrEqual(trace().header.sessions?.length ?? 1);
    }
  });
});
