/** Made by scripts/bundle-scenarios.ts: change the YAML files. */
export const LIBRARY_TEXTS: Readonly<Record<string, string>> = {
  'banner-login-logoff': `scenario: banner-login-logoff
about: plain Login, wait for FullyBooted, Logoff
given: {phones: []}
steps:
  - admin connects
  - admin sends Login: {Username: admin, Secret: adminpw}
  - wait 300ms
`,
  'call-25-times': `scenario: call-25-times
about: 25 short answered calls from 1001 to 1002, one after the other; now the callee hangs up, now the caller
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - repeat 12:
      - 1001 dials 1002
      - wait 210ms
      - 1002 answers
      - wait 420ms
      - 1002 hangs up
      - wait 520ms
      - 1001 dials 1002
      - wait 210ms
      - 1002 answers
      - wait 420ms
      - 1001 hangs up
      - wait 520ms
  - 1001 dials 1002
  - wait 210ms
  - 1002 answers
  - wait 420ms
  - 1002 hangs up
  - wait 520ms
`,
  'call-answered-callee-hangs-up': `scenario: call-answered-callee-hangs-up
about: 1001 calls 1002, which rings 0.6 s and answers; the callee hangs up after 3 s
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 3s
  - 1002 hangs up
`,
  'call-answered-caller-hangs-up': `scenario: call-answered-caller-hangs-up
about: 1001 calls 1002, which rings 0.6 s and answers; the caller hangs up after 3 s
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 3s
  - 1001 hangs up
`,
  'call-busy': `scenario: call-busy
about: 1001 calls 1202, whose phone answers 486 Busy Here at once
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will reject busy
  - 1001 dials 1202
  - wait until 1001 is idle
`,
  'call-cancelled-while-ringing': `scenario: call-cancelled-while-ringing
about: 1001 calls 1002 and hangs up after 1.5 s of ringing
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 1.5s
  - 1001 hangs up
`,
  'call-forward-302': `scenario: call-forward-302
about: 1001 calls 1002, whose phone answers 302 Moved to 1003
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will forward to 1003 after 200ms
  - 1001 dials 1002
  - wait 800ms
  - 1003 answers
  - wait 1.5s
  - 1001 hangs up
`,
  'call-long-with-rtcp': `scenario: call-long-with-rtcp
about: 1001 calls 1002, both make sound, 14 s of talk with RTCP reports, the caller hangs up
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 speaks
  - 1002 speaks
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 14s
  - 1001 hangs up
`,
  'call-no-answer': `scenario: call-no-answer
about: 1001 calls 1202, whose phone only rings; after 5 s the dialplan gives up
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will only ring
  - 1001 dials 1202
  - wait until 1001 is idle
`,
  'call-rejected': `scenario: call-rejected
about: 1001 calls 1202, whose phone rings and answers 603 Decline after half a second
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will ring, then reject declined after 500ms
  - 1001 dials 1202
  - wait until 1001 is idle
`,
  'call-temporarily-unavailable': `scenario: call-temporarily-unavailable
about: 1001 calls 1202, whose phone answers 480 Temporarily Unavailable
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will reject unavailable
  - 1001 dials 1202
  - wait until 1001 is idle
`,
  'call-to-invalid-extension': `scenario: call-to-invalid-extension
about: 1001 calls 9999, which is not in the dialplan
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 9999
  - wait until 1001 is idle
`,
  'call-unreachable-endpoint': `scenario: call-unreachable-endpoint
about: 1001 calls 1004, whose program was killed; its contact is still there, nobody answers; 1001 gives up after 3 s
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1004 dies
  - 1001 dials 1004
  - wait 3s
  - 1001 hangs up
`,
  'call-unregistered-endpoint': `scenario: call-unregistered-endpoint
about: 1001 calls 1090, an endpoint without a contact
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1090
  - wait until 1001 is idle
`,
  'call-with-gosubs-and-variables': `scenario: call-with-gosubs-and-variables
about: 1001 calls 1802; Set(__CALLTYPE), CALLERID(name), Dial with b() and U() gosubs
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1802
  - wait 600ms
  - 1002 answers
  - wait 2s
  - 1001 hangs up
`,
  'hold-25-seconds': `scenario: hold-25-seconds
about: 1001 holds 1002 for 25 s while it makes sound (RTCP during hold), and resumes
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 speaks
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 2s
  - 1001 holds
  - wait 25s
  - 1001 resumes
  - wait 1s
  - 1001 hangs up
  - 1001 is silent
`,
  'hold-60-times': `scenario: hold-60-times
about: one call in which 1001 holds and resumes 60 times
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - repeat 60:
      - 1001 holds
      - wait 460ms
      - 1001 resumes
      - wait 460ms
  - 1001 hangs up
`,
  'hold-and-second-call': `scenario: hold-and-second-call
about: 1001 talks to 1002, holds, calls 1003, talks, ends that call, resumes 1002
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 holds 1002
  - wait 700ms
  - 1001 dials 1003
  - wait 600ms
  - 1003 answers
  - wait 1.5s
  - 1001 hangs up 1003
  - wait 700ms
  - 1001 resumes 1002
  - wait 1.5s
  - 1001 hangs up
`,
  'hold-by-both-sides': `scenario: hold-by-both-sides
about: 1001 holds, then 1002 holds too; 1001 resumes, then 1002 resumes; 1001 hangs up
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 holds
  - wait 1.5s
  - 1002 holds
  - wait 1.5s
  - 1001 resumes
  - wait 1.5s
  - 1002 resumes
  - wait 1.5s
  - 1001 hangs up
`,
  'hold-in-echo-app': `scenario: hold-in-echo-app
about: 1001 calls 660 (Echo, no bridge), holds and resumes
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 660
  - wait 1s
  - 1001 holds
  - wait 1.5s
  - 1001 resumes
  - wait 1s
  - 1001 hangs up
`,
  'hold-multi-client': `scenario: hold-multi-client
about: hold and resume seen by admin, by readonly (class call) and by filtered (Hold, Unhold, Hangup only)
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - readonly logs in as readonly
  - wait 600ms
  - filtered logs in as filtered
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 holds
  - wait 2s
  - 1001 resumes
  - wait 1s
  - 1001 hangs up
`,
  'hold-then-hangup': `scenario: hold-then-hangup
about: "1001 holds 1002 and hangs up while on hold: no Unhold"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 holds
  - wait 2s
  - 1001 hangs up
`,
  'hold-twice-resume-twice': `scenario: hold-twice-resume-twice
about: 1001 holds twice and resumes twice, then three quick pairs
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 holds
  - wait 1s
  - 1001 holds
  - wait 1s
  - 1001 resumes
  - wait 1s
  - 1001 resumes
  - wait 1s
  - repeat 3:
      - 1001 holds
      - wait 150ms
      - 1001 resumes
      - wait 150ms
  - wait 500ms
  - 1001 hangs up
`,
  'hold-unhold-by-callee': `scenario: hold-unhold-by-callee
about: 1001 calls 1002; the callee holds 3 s, resumes and hangs up
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 2s
  - 1002 holds
  - wait 3s
  - 1002 resumes
  - wait 2s
  - 1002 hangs up
`,
  'hold-unhold-with-ari': `scenario: hold-unhold-with-ari
about: hold and resume, as recorded while an ARI client was connected too
given: {phones: [1001, 1002]}
steps:
  - wait 300ms
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1.5s
  - 1001 holds
  - wait 2s
  - 1001 resumes
  - wait 1s
  - 1001 hangs up
  - wait 1.6s
`,
  'hold-unhold': `scenario: hold-unhold
about: 1001 calls 1002, holds for three seconds, resumes, hangs up
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 2s
  - 1001 holds
  - wait 3s
  - 1001 resumes
  - wait 2s
  - 1001 hangs up
`,
  'login-md5-challenge': `scenario: login-md5-challenge
about: Challenge, then Login with the digest of challenge and secret
given: {phones: []}
steps:
  - admin connects
  - admin sends Challenge as asked: {AuthType: MD5}
  - admin sends Login: {AuthType: MD5, Username: admin, Key: "\${md5 of asked.Challenge + 'adminpw'}", Events: on}
  - wait 300ms
  - admin logs off
`,
  ping: `scenario: ping
about: Ping with and without ActionID; two ActionIDs; odd, long and blank ones; two Actions
given: {phones: []}
steps:
  - admin sends Ping
  - admin sends Ping without ActionID
  - admin sends raw: "Action: Ping\\r\\nActionID: a1\\r\\nActionID: a2\\r\\n\\r\\n"
  - wait 200ms
  - admin sends raw: "Action: Ping\\r\\nActionID: a:b c;d,\\"e\\" <f>\\r\\n\\r\\n"
  - wait 200ms
  - admin sends raw: "Action: Ping\\r\\nActionID: \${'x' x 200}\\r\\n\\r\\n"
  - wait 200ms
  - admin sends raw: "Action: Ping\\r\\nActionID: \\r\\n\\r\\n"
  - wait 200ms
  - admin sends raw: "Action: Ping\\r\\nActionID: v1\\r\\nAction: CoreStatus\\r\\n\\r\\n"
  - wait 500ms
  - admin logs off
`,
  'register-unregister': `scenario: register-unregister
about: phone 1007 registers, refreshes, unregisters, registers again, moves to another port and unregisters
given: {phones: [1001, 1002, 1003]}
steps:
  - 1007 registers
  - wait 3s
  - 1007 registers
  - wait 2s
  - 1007 unregisters
  - wait 2s
  - 1007 registers
  - wait 2s
  - 1007 comes back at port 6750
  - wait 2s
  - 1007 unregisters
  - wait 2s
`,
  'register-wrong-password': `scenario: register-wrong-password
about: a phone registers as 1008 with a wrong password
given: {phones: [1001, 1002, 1003]}
steps:
  - 1008 registers with wrong password
  - wait 8s
`,
  'trunk-call-anonymous': `scenario: trunk-call-anonymous
about: a call from the trunk without name and number to 1002, which answers; the caller hangs up
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will answer after 500ms
  - wait 110ms
  - trunk calls 1002 from "Anonymous" <anonymous>
  - wait 2.5s
  - trunk hangs up
`,
  'trunk-call-number-only': `scenario: trunk-call-number-only
about: a call from the trunk with a number and no name
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will answer after 500ms
  - wait 110ms
  - trunk calls 1002 from <+4930123456789>
  - wait 2.5s
  - trunk hangs up
`,
  'trunk-call-utf8-name': `scenario: trunk-call-utf8-name
about: a call from the trunk with a name in several scripts
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will answer after 500ms
  - wait 110ms
  - trunk calls 1002 from "Jürgen Müller € 電話" <030555>
  - wait 2.5s
  - trunk hangs up
`,
  'two-calls-at-once': `scenario: two-calls-at-once
about: 1001 talks to 1002 while 1003 talks to 1004
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 500ms
  - 1003 dials 1004
  - wait 600ms
  - 1004 answers
  - wait 2s
  - 1001 hangs up
  - wait 1s
  - 1004 hangs up
`,
  'unknown-action': `scenario: unknown-action
about: actions that do not exist, with and without ActionID, and an empty one
given: {phones: []}
steps:
  - admin sends NoSuchAction
  - admin sends NoSuchAction without ActionID
  - admin sends Pingx
  - admin sends ""
  - wait 300ms
  - admin logs off
`,
};
