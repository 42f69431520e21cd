/** Made by scripts/bundle-scenarios.ts: change the YAML files. */
export const LIBRARY_TEXTS: Readonly<Record<string, string>> = {
  'action-split-byte-by-byte': `scenario: action-split-byte-by-byte
about: one Ping sent byte by byte, 5 ms apart
given: {phones: []}
steps:
  - admin sends raw byte by byte every 5ms: "Action: Ping\\r\\nActionID: split1\\r\\n\\r\\n"
`,
  'action-split-two-parts': `scenario: action-split-two-parts
about: one Ping cut in the middle of CRLF CRLF and in the middle of a header, pause 1 s
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nAction"
  - wait 1s
  - admin sends raw: "ID: s2\\r\\n\\r"
  - wait 1s
  - admin sends raw: "\\n"
`,
  'actions-before-login': `scenario: actions-before-login
about: Ping, CoreStatus, an unknown action and Logoff before Login
given: {phones: []}
steps:
  - admin connects
  - admin sends Ping
  - admin sends CoreStatus
  - admin sends NoSuchAction
  - admin logs off
`,
  'agent-pool': `scenario: agent-pool
about: 1004 logs in as agent 2001 (AgentLogin); Agents; 1001 calls 681 (AgentRequest); AgentLogoff
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006]}
steps:
  - admin sends Agents
  - 1004 dials 680
  - wait 2750ms
  - admin sends Agents
  - 1001 dials 681
  - wait 3s
  - admin sends Agents
  - wait 1.5s
  - admin sends AgentLogoff: {Agent: 2001, Soft: false}
  - wait 1s
  - admin sends AgentLogoff: {Agent: 2001}
  - admin sends AgentLogoff: {Agent: nosuch}
`,
  'ami-atxfer-cancel': `scenario: ami-atxfer-cancel
about: attended transfer by AMI (Atxfer), cancelled while 1003 rings
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1102
  - wait 600ms
  - 1002 answers
  - wait 1s
  - admin sends Atxfer: {Channel: "\${channel of 1002}", Context: from-phones, Exten: 1003}
  - wait 1950ms
  - admin sends CancelAtxfer: {Channel: "\${channel of 1002}"}
  - wait 3s
  - 1001 hangs up
`,
  'ami-atxfer': `scenario: ami-atxfer
about: 1001 calls 1102 (Dial with tT); AMI Atxfer of 1002's channel to 1003; 1003 answers, 1002 hangs up to complete
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1102
  - wait 600ms
  - 1002 answers
  - wait 1s
  - admin sends Atxfer: {Channel: "\${channel of 1002}", Context: from-phones, Exten: 1003}
  - wait 1050ms
  - 1003 answers
  - wait 2s
  - 1002 hangs up
  - wait 2s
  - 1001 hangs up
`,
  'ami-blind-transfer': `scenario: ami-blind-transfer
about: 1001<->1002, AMI BlindTransfer of 1002's channel (as transferer) to 1003
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - admin sends BlindTransfer: {Channel: "\${channel of 1002}", Context: from-phones, Exten: 1003}
  - wait 600ms
  - 1003 answers
  - wait 1.5s
  - 1001 hangs up
  - admin sends BlindTransfer: {Channel: none, Exten: 1}
  - admin sends BlindTransfer: {Channel: none}
`,
  'ami-bridge-action': `scenario: ami-bridge-action
about: two separate calls to 668 (Wait), AMI Bridge joins them; Tone; errors
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 668
  - 1002 dials 668
  - wait 1s
  - admin sends Bridge: {Channel1: "\${channel of 1001}", Channel2: "\${channel of 1002}", Tone: Both}
  - wait 2s
  - admin sends Bridge: {Channel1: none, Channel2: x}
  - admin sends Bridge
  - 1001 hangs up
  - wait 500ms
  - 1002 hangs up all
`,
  'ami-park': `scenario: ami-park
about: AMI Park of a channel, Parkinglots, ParkedCalls (0 and 2 parked), park errors
given: {phones: [1001, 1002, 1003, 1004], past: {lots: [default, short]}}
steps:
  - admin sends Parkinglots
  - admin sends ParkedCalls
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - 1003 dials 1004
  - wait 600ms
  - 1004 answers
  - wait 500ms
  - admin sends Park: {Channel: "\${channel of 1001}", Timeout: 30000, AnnounceChannel: "\${channel of 1002}"}
  - wait 1.5s
  - admin sends Park: {Channel: "\${channel of 1003}", Parkinglot: short, Timeout: 20000}
  - wait 1.5s
  - admin sends ParkedCalls
  - admin sends ParkedCalls: {ParkingLot: short}
  - admin sends Park
  - admin sends Park: {Channel: PJSIP/none}
  - admin sends Park: {Channel: "\${channel of 1003}", Parkinglot: nosuch}
  - admin sends ParkedCalls: {ParkingLot: nosuch}
  - wait 1s
  - 1001 hangs up
  - 1003 hangs up
`,
  'ami-redirect-errors': `scenario: ami-redirect-errors
about: Redirect with missing or wrong arguments
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 500ms
  - admin sends Redirect
  - admin sends Redirect: {Channel: "\${channel of 1001}"}
  - admin sends Redirect: {Channel: PJSIP/none-0000, Context: from-phones, Exten: 661, Priority: 1}
  - admin sends Redirect: {Channel: "\${channel of 1001}", Context: from-phones, Exten: 661, Priority: abc}
  - wait 500ms
  - admin sends Redirect: {Channel: "\${channel of 1001}", Context: nosuch, Exten: 1, Priority: 1}
  - wait 1s
`,
  'ami-redirect-one': `scenario: ami-redirect-one
about: "1001<->1002, AMI Redirect of 1001's channel to 661 (music): 1002 is dropped"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - admin sends Redirect: {Channel: "\${channel of 1001}", Context: from-phones, Exten: 661, Priority: 1}
  - wait 2.5s
  - 1001 hangs up
`,
  'ami-redirect-two': `scenario: ami-redirect-two
about: "1001<->1002, AMI Redirect of both channels: 1001 to conference 500, 1002 to 500"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - admin sends Redirect: {Channel: "\${channel of 1001}", ExtraChannel: "\${channel of 1002}", Context: from-phones, Exten: 500, Priority: 1, ExtraContext: from-phones, ExtraExten: 500, ExtraPriority: 1}
  - wait 2.5s
  - 1001 hangs up
  - wait 500ms
  - 1002 hangs up
`,
  'async-agi': `scenario: async-agi
about: "1001 calls 650: AGI(agi:async); AMI AGI actions: ANSWER, EXEC, GET VARIABLE, STREAM FILE, bad command, HANGUP"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 650
  - wait for event AsyncAGIStart
  - admin sends AGI: {Channel: "\${channel of 1001}", Command: ANSWER, CommandID: cmd0}
  - wait 110ms
  - admin sends AGI: {Channel: "\${channel of 1001}", Command: "GET VARIABLE CALLERID(num)", CommandID: cmd1}
  - wait 120ms
  - admin sends AGI: {Channel: "\${channel of 1001}", Command: SET VARIABLE X y, CommandID: cmd2}
  - wait 120ms
  - admin sends AGI: {Channel: "\${channel of 1001}", Command: "VERBOSE \\"hello\\" 1", CommandID: cmd3}
  - wait 120ms
  - admin sends AGI: {Channel: "\${channel of 1001}", Command: "STREAM FILE beep \\"\\"", CommandID: cmd4}
  - wait 550ms
  - admin sends AGI: {Channel: "\${channel of 1001}", Command: NOSUCH COMMAND, CommandID: cmd5}
  - wait 120ms
  - admin sends AGI: {Channel: "\${channel of 1001}", Command: EXEC NoOp x, CommandID: cmd6}
  - wait 120ms
  - admin sends AGI: {Channel: none, Command: ANSWER}
  - admin sends AGI: {Channel: "\${channel of 1001}", Command: ASYNCAGI BREAK, CommandID: brk}
  - wait 1.5s
`,
  'attended-transfer-failed-busy': `scenario: attended-transfer-failed-busy
about: the consultation call to 1003 fails (486); 1002 takes 1001 back
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1.2s
  - 1002 holds 1001
  - wait 600ms
  - 1003 will reject busy after 300ms
  - 1002 dials 1003
  - wait 1s
  - 1002 resumes 1001
  - wait 1.5s
  - 1001 hangs up
`,
  'attended-transfer-to-ivr': `scenario: attended-transfer-to-ivr
about: 1002 attended-transfers 1001 into the dialplan application on 662 (no bridge on the target)
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1.2s
  - 1002 holds 1001
  - wait 600ms
  - 1002 dials 662
  - wait 500ms
  - 1002 connects 1001 and 662
  - wait 4s
`,
  'attended-transfer-to-ringing': `scenario: attended-transfer-to-ringing
about: 1002 completes the attended transfer while 1003 still rings; 1003 answers later
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1.2s
  - 1002 holds 1001
  - wait 600ms
  - 1002 dials 1003
  - wait 1s
  - 1002 connects 1001 and 1003
  - wait 2s
  - 1003 answers
  - wait 2s
  - 1003 hangs up
`,
  'attended-transfer': `scenario: attended-transfer
about: 1001 calls 1002; 1002 holds, calls 1003, talks, completes by REFER with Replaces; 1001 and 1003 talk
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1.2s
  - 1002 holds 1001
  - wait 600ms
  - 1002 dials 1003
  - wait 600ms
  - 1003 answers
  - wait 1.5s
  - 1002 connects 1001 and 1003
  - wait 3s
  - 1003 hangs up
`,
  'banner-login-logoff': `scenario: banner-login-logoff
about: plain Login, wait for FullyBooted, Logoff
given: {phones: []}
steps:
  - admin connects
  - admin sends Login: {Username: admin, Secret: adminpw}
  - wait 300ms
`,
  'binary-bytes': `scenario: binary-bytes
about: bytes 0x00..0xff in a header value; invalid UTF-8; NUL
given: {phones: []}
steps:
  - admin sends raw latin1: "Action: Ping\\r\\nActionID: bin-ÿþ\\r\\n\\r\\n"
  - wait 400ms
  - admin sends raw: "Action: Ping\\r\\nActionID: utf-é€\\r\\n\\r\\n"
  - wait 400ms
  - admin sends raw: "Action: Ping\\r\\nActionID: ctl-\\u0001\\u0002\\u001b[0m\\r\\n\\r\\n"
  - wait 400ms
  - admin sends raw: "Action: Ping\\r\\nActionID: nul-\\u0000after\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: tab-\\tx\\r\\n\\r\\n"
  - wait 400ms
  - admin sends Ping
  - wait 500ms
  - admin logs off
`,
  'blind-transfer-from-hold': `scenario: blind-transfer-from-hold
about: 1001 calls 1002; 1002 holds, then REFERs to 1003 (as desk phones do)
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1002 holds
  - wait 1s
  - 1002 transfers 1001 to 1003
  - wait 600ms
  - 1003 answers
  - wait 1.5s
  - 1001 hangs up
`,
  'blind-transfer-to-busy': `scenario: blind-transfer-to-busy
about: 1002 blind-transfers 1001 to 1003, which is busy (486)
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1003 will reject busy
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1002 transfers 1001 to 1003
`,
  'blind-transfer-to-invalid': `scenario: blind-transfer-to-invalid
about: 1002 blind-transfers 1001 to 9999 which does not exist
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1002 transfers 1001 to 9999
  - wait 2s
  - 1001 hangs up
`,
  'blind-transfer': `scenario: blind-transfer
about: 1001 calls 1002; 1002 blind-transfers (REFER) 1001 to 1003, which rings and answers; 1001 hangs up
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1.5s
  - 1002 transfers 1001 to 1003
  - wait 600ms
  - 1003 answers
  - wait 2s
  - 1001 hangs up
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
given: {phones: [1001, 1002, 1003, 1004], past: {optimizations: 2}}
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
  'cdr-cel-blind-transfer': `scenario: cdr-cel-blind-transfer
about: blind transfer with CDR and CEL events on
given: {phones: [1001, 1002, 1003, 1004]}
config: {cdr_manager.conf: {general: {enabled: yes}}, cel.conf: {manager: {enabled: yes}}}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1002 transfers 1001 to 1003
  - wait 600ms
  - 1003 answers
  - wait 1.5s
  - 1001 hangs up
`,
  'cdr-cel-busy': `scenario: cdr-cel-busy
about: a busy call with CDR and CEL events on
given: {phones: [1001, 1002, 1003, 1004]}
config: {cdr_manager.conf: {general: {enabled: yes}}, cel.conf: {manager: {enabled: yes}}}
steps:
  - 1002 will reject busy after 200ms
  - 1001 dials 1202
  - wait 200ms
`,
  'cdr-cel-call': `scenario: cdr-cel-call
about: one answered call with CDR and CEL events on (cdr_manager, cel_manager)
given: {phones: [1001, 1002, 1003, 1004]}
config: {cdr_manager.conf: {general: {enabled: yes}}, cel.conf: {manager: {enabled: yes}}}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 2s
  - 1001 hangs up
`,
  'command-action': `scenario: command-action
about: "Command: core show version, core show channels (0 and 1 call), a failing one, empty, multi line, unknown"
given: {phones: [1001, 1002, 1003, 1004], past: {up: 175s, calls: 22}}
steps:
  - admin sends Command: {Command: core show version}
  - wait 50ms
  - admin sends Command: {Command: core show channels}
  - wait 50ms
  - admin sends Command: {Command: core show channels concise}
  - wait 50ms
  - admin sends Command: {Command: nosuch command}
  - wait 50ms
  - admin sends Command: {Command: core show channel none}
  - wait 50ms
  - admin sends Command: {Command: }
  - wait 50ms
  - admin sends Command: {Command: core show uptime}
  - wait 50ms
  - admin sends Command: {Command: database show}
  - wait 50ms
  - admin sends Command: {Command: pjsip show endpoints}
  - wait 50ms
  - admin sends Command: {Command: module show like res_parking}
  - wait 50ms
  - admin sends Command: {Command: dialplan show 1001@from-phones}
  - wait 50ms
  - admin sends Command: {Command: queue show}
  - wait 50ms
  - admin sends Command: {Command: core show hints}
  - wait 50ms
  - admin sends Command: {Command: manager show connected}
  - wait 50ms
  - admin sends Command: {Command: core stop now please}
  - wait 50ms
  - admin sends Command: {Command: sip show peers}
  - wait 50ms
  - admin sends Command: {Command: logger show channels}
  - wait 50ms
  - admin sends Command
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait until 1001 is up
  - admin sends Command: {Command: core show channels}
  - admin sends Command: {Command: core show channels verbose}
  - admin sends Command: {Command: "core show channel \${channel of 1001}"}
  - admin sends Command without ActionID: {Command: core show version}
  - 1001 hangs up
`,
  confbridge: `scenario: confbridge
about: 1001 (admin, 501), 1002, 1003 (500) join conference 500; talking, mute, unmute, kick, lock, unlock, record, list, leave
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends ConfbridgeListRooms
  - wait 10s
  - admin sends ConfbridgeList: {Conference: 500}
  - 1001 dials 501
  - wait 1s
  - 1002 dials 500
  - wait 1s
  - 1003 dials 500
  - wait 1s
  - admin sends ConfbridgeListRooms
  - admin sends ConfbridgeList: {Conference: 500}
  - 1002 speaks
  - wait 2s
  - 1002 is silent
  - wait 4s
  - admin sends ConfbridgeMute: {Conference: 500, Channel: "\${channel of 1002}"}
  - wait 500ms
  - admin sends ConfbridgeList: {Conference: 500}
  - admin sends ConfbridgeUnmute: {Conference: 500, Channel: "\${channel of 1002}"}
  - wait 300ms
  - admin sends ConfbridgeMute: {Conference: 500, Channel: all}
  - wait 300ms
  - admin sends ConfbridgeUnmute: {Conference: 500, Channel: participants}
  - wait 300ms
  - admin sends ConfbridgeSetSingleVideoSrc: {Conference: 500, Channel: "\${channel of 1002}"}
  - admin sends ConfbridgeLock: {Conference: 500}
  - wait 300ms
  - 1004 dials 500
  - wait 1750ms
  - 1004 hangs up all
  - wait 300ms
  - admin sends ConfbridgeListRooms
  - admin sends ConfbridgeUnlock: {Conference: 500}
  - wait 300ms
  - admin sends ConfbridgeStartRecord: {Conference: 500, RecordFile: /tmp/lab-conf.wav}
  - wait 1.5s
  - admin sends ConfbridgeStartRecord: {Conference: 500}
  - admin sends ConfbridgeStopRecord: {Conference: 500}
  - wait 700ms
  - admin sends ConfbridgeStopRecord: {Conference: 500}
  - admin sends ConfbridgeKick: {Conference: 500, Channel: "\${channel of 1003}"}
  - wait 1s
  - 1002 hangs up
  - wait 700ms
  - 1001 hangs up
  - wait 700ms
  - admin sends ConfbridgeMute: {Conference: 500, Channel: x}
  - admin sends ConfbridgeMute: {Conference: 500}
  - admin sends ConfbridgeKick: {Conference: nosuch, Channel: all}
  - admin sends ConfbridgeLock: {Conference: nosuch}
  - admin sends ConfbridgeList
`,
  'config-actions': `scenario: config-actions
about: GetConfig (filter, category), GetConfigJSON, ListCategories, CreateConfig, UpdateConfig, errors
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends GetConfig: {Filename: queues.conf}
  - admin sends GetConfig: {Filename: queues.conf, Category: sales}
  - admin sends GetConfig: {Filename: queues.conf, Filter: "strategy=linear"}
  - admin sends GetConfig: {Filename: nosuch.conf}
  - admin sends GetConfig
  - admin sends GetConfig: {Filename: ../../etc/passwd}
  - admin sends GetConfig: {Filename: queues.conf, Category: nosuch}
  - admin sends GetConfigJSON: {Filename: queues.conf}
  - admin sends ListCategories: {Filename: queues.conf}
  - admin sends ListCategories: {Filename: nosuch.conf}
  - admin sends CreateConfig: {Filename: lab-new.conf}
  - admin sends UpdateConfig: {SrcFilename: lab-new.conf, DstFilename: lab-new.conf, Action-000000: NewCat, Cat-000000: one, Action-000001: Append, Cat-000001: one, Var-000001: key, Value-000001: value}
  - admin sends GetConfig: {Filename: lab-new.conf}
  - admin sends UpdateConfig: {SrcFilename: nosuch.conf, DstFilename: x.conf}
  - admin sends UpdateConfig: {SrcFilename: lab-new.conf, DstFilename: lab-new.conf, Action-000000: Delete, Cat-000000: nosuch, Var-000000: x}
`,
  'control-playback': `scenario: control-playback
about: 1001 hears music in 661; AMI ControlPlayback on a channel playing nothing; ARI not used
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 661
  - wait 1s
  - admin sends ControlPlayback: {Channel: "\${channel of 1001}", Control: stop}
  - admin sends ControlPlayback: {Channel: "\${channel of 1001}", Control: bogus}
  - 1001 hangs up
`,
  'core-show-channels-0': `scenario: core-show-channels-0
about: lists of channels and bridges, and CoreStatus, with no call
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends CoreShowChannels
  - admin sends Status
  - admin sends BridgeList
  - admin sends CoreStatus
`,
  'core-show-channels-1': `scenario: core-show-channels-1
about: "lists while 1001 talks to 1002: channels, Status with and without variables, bridges; BridgeInfo and BridgeKick"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait for event BridgeEnter as joined
  - wait 1.5s
  - admin sends CoreShowChannels
  - admin sends Status
  - admin sends BridgeList
  - admin sends CoreStatus
  - admin sends Status: {Channel: "\${channel of 1001}"}
  - admin sends Status: {Channel: "\${channel of 1001}", Variables: "SIPDOMAIN,CALLERID(num),NOTSET"}
  - admin sends Status: {Channel: "\${channel of 1001}", AllVariables: true}
  - admin sends Status: {Channel: PJSIP/none}
  - admin sends BridgeInfo: {BridgeUniqueid: "\${joined.BridgeUniqueid}"}
  - admin sends BridgeInfo: {BridgeUniqueid: none}
  - admin sends BridgeInfo
  - admin sends BridgeList: {BridgeType: basic}
  - admin sends BridgeTechnologyList
  - admin sends BridgeKick: {BridgeUniqueid: "\${joined.BridgeUniqueid}", Channel: "\${channel of 1002}"}
  - wait 700ms
  - admin sends BridgeDestroy: {BridgeUniqueid: none}
`,
  'core-show-channels-several': `scenario: core-show-channels-several
about: the lists while there are a held call, a conference member, a queue caller and music on hold
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait until 1001 is up
  - 1001 holds
  - 1004 dials 500
  - 1003 dials 610
  - 1002 dials 661
  - wait 1.5s
  - admin sends CoreShowChannels
  - admin sends Status
  - admin sends BridgeList
  - admin sends CoreStatus
`,
  'core-status-settings': `scenario: core-status-settings
about: CoreStatus, CoreSettings, ModuleCheck, ModuleLoad(reload), LoggerRotate, Reload, Ping
given: {phones: [1001, 1002, 1003, 1004], mailboxes: {1003@default: 1}}
steps:
  - admin sends CoreStatus
  - admin sends CoreSettings
  - admin sends ModuleCheck: {Module: app_dial}
  - admin sends ModuleCheck: {Module: app_dial.so}
  - admin sends ModuleCheck: {Module: nosuch}
  - admin sends ModuleCheck
  - admin sends ModuleLoad: {LoadType: reload, Module: res_parking}
  - wait 500ms
  - admin sends ModuleLoad: {LoadType: load, Module: nosuch.so}
  - admin sends ModuleLoad: {LoadType: unload, Module: app_echo.so}
  - wait 300ms
  - admin sends ModuleLoad: {LoadType: load, Module: app_echo.so}
  - wait 300ms
  - admin sends ModuleLoad: {LoadType: x}
  - admin sends LoggerRotate
  - wait 300ms
  - admin sends Reload: {Module: app_queue}
  - wait 500ms
  - admin sends Reload: {Module: manager}
  - wait 500ms
  - admin sends Reload: {Module: nosuch}
  - admin sends Reload
  - wait 2s
`,
  coreshowchannelmap: `scenario: coreshowchannelmap
about: CoreShowChannelMap of one bridged call
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - admin sends CoreShowChannelMap: {Channel: "\${channel of 1001}"}
  - admin sends CoreShowChannelMap: {Channel: none}
  - 1001 hangs up
`,
  'db-actions': `scenario: db-actions
about: DBPut, DBGet, DBGetTree, DBDel, DBDelTree, errors
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends DBPut: {Family: lab, Key: one, Val: value one}
  - admin sends DBPut: {Family: lab, Key: two, Val: 2}
  - admin sends DBGet: {Family: lab, Key: one}
  - admin sends DBGetTree: {Family: lab}
  - admin sends DBGetTree: {Family: nosuch}
  - admin sends DBGetTree: {Family: lab, Key: one}
  - admin sends DBGet: {Family: lab, Key: nosuch}
  - admin sends DBGet: {Family: lab}
  - admin sends DBGet
  - admin sends DBPut: {Family: lab}
  - admin sends DBPut: {Family: lab, Key: empty}
  - admin sends DBGet: {Family: lab, Key: empty}
  - admin sends DBDel: {Family: lab, Key: one}
  - admin sends DBDel: {Family: lab, Key: one}
  - admin sends DBDel
  - admin sends DBDelTree: {Family: lab}
  - admin sends DBDelTree: {Family: lab}
  - admin sends DBDelTree
`,
  'dialplan-busy': `scenario: dialplan-busy
about: "1001 calls 663: Busy(3)"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 663
`,
  'dialplan-playback': `scenario: dialplan-playback
about: "1001 calls 662: Answer, Playback(hello-world), Playback(vm-goodbye), Hangup"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 662
  - wait 2250ms
`,
  'dialplan-ringing': `scenario: dialplan-ringing
about: "1001 calls 667: Ringing, Wait(10), Hangup(17)"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 667
  - wait 10s
`,
  'dialplan-userevent': `scenario: dialplan-userevent
about: "1001 calls 665: Answer, UserEvent(LabEvent,...), Wait(1), Hangup"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 665
  - wait 1s
`,
  'dtmf-from-phone-with-features': `scenario: dtmf-from-phone-with-features
about: digits by RFC 4733 and INFO in a call with Dial features, where Asterisk sees them
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1102
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 presses 123
  - wait 2s
  - 1002 presses 5
  - wait 1s
  - 1001 presses 6 by INFO
  - wait 1.5s
  - 1001 hangs up
`,
  'dtmf-from-phone': `scenario: dtmf-from-phone
about: digits by RFC 4733 and INFO in a plain call
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 presses 123
  - wait 2s
  - 1002 presses "#"
  - wait 1s
  - 1001 presses 5 by INFO
  - wait 1.5s
  - 1001 hangs up
`,
  'dtmf-read-app': `scenario: dtmf-read-app
about: "1001 calls 666: Read(DIGITS,beep,4) and sends 4711"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 666
  - wait 1.2s
  - 1001 presses 4711
  - wait 1.9s
`,
  'endpoint-goes-unreachable': `scenario: endpoint-goes-unreachable
about: phone 1003 is killed; PJSIPQualify finds it unreachable (ContactStatus Unreachable, PeerStatus)
given: {phones: [1001, 1002, 1003]}
steps:
  - 1003 dies
  - wait 500ms
  - admin sends PJSIPQualify: {Endpoint: 1003}
  - wait 5s
  - 1003 comes back
  - wait 2.5s
`,
  'events-mask': `scenario: events-mask
about: "Events: EventMask on/off/call/call,hud/system/0/empty/invalid, each followed by a UserEvent and a short call"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends Events: {EventMask: on}
  - admin sends UserEvent: {UserEvent: Mask, Mask: on}
  - wait 150ms
  - admin sends Events: {EventMask: off}
  - admin sends UserEvent: {UserEvent: Mask, Mask: off}
  - wait 150ms
  - admin sends Events: {EventMask: call}
  - admin sends UserEvent: {UserEvent: Mask, Mask: call}
  - wait 150ms
  - admin sends Events: {EventMask: "call,hud,user"}
  - admin sends UserEvent: {UserEvent: Mask, Mask: "call,hud,user"}
  - wait 150ms
  - admin sends Events: {EventMask: user}
  - admin sends UserEvent: {UserEvent: Mask, Mask: user}
  - wait 150ms
  - admin sends Events: {EventMask: system}
  - admin sends UserEvent: {UserEvent: Mask, Mask: system}
  - wait 150ms
  - admin sends Events: {EventMask: 0}
  - admin sends UserEvent: {UserEvent: Mask, Mask: 0}
  - wait 150ms
  - admin sends Events: {EventMask: }
  - admin sends UserEvent: {UserEvent: Mask, Mask: }
  - wait 150ms
  - admin sends Events: {EventMask: nosuch}
  - admin sends UserEvent: {UserEvent: Mask, Mask: nosuch}
  - wait 150ms
  - admin sends Events: {EventMask: all}
  - admin sends UserEvent: {UserEvent: Mask, Mask: all}
  - wait 150ms
  - admin sends Events: {EventMask: 1}
  - admin sends UserEvent: {UserEvent: Mask, Mask: 1}
  - wait 150ms
  - admin sends Events: {EventMask: 5}
  - admin sends UserEvent: {UserEvent: Mask, Mask: 5}
  - wait 150ms
  - admin sends Events: {EventMask: yes}
  - admin sends UserEvent: {UserEvent: Mask, Mask: yes}
  - wait 150ms
  - admin sends Events: {EventMask: no}
  - admin sends UserEvent: {UserEvent: Mask, Mask: no}
  - wait 150ms
  - admin sends Events
  - admin sends Events: {EventMask: call}
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 500ms
  - 1001 hangs up
  - wait 500ms
  - admin sends Events: {EventMask: off}
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 500ms
  - 1001 hangs up
  - wait 500ms
  - admin sends Events: {EventMask: on}
`,
  'extension-state-actions': `scenario: extension-state-actions
about: ExtensionState, ExtensionStateList, DeviceStateList, PresenceState, PresenceStateList, errors
given: {phones: [1001, 1002, 1003], mailboxes: {1003@default: 1}}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 500ms
  - admin sends ExtensionState: {Exten: 1001, Context: from-phones}
  - admin sends ExtensionState: {Exten: 1003, Context: from-phones}
  - admin sends ExtensionState: {Exten: 1090, Context: from-phones}
  - admin sends ExtensionState: {Exten: 660, Context: from-phones}
  - admin sends ExtensionState: {Exten: nosuch, Context: from-phones}
  - admin sends ExtensionState: {Exten: 1001, Context: nosuch}
  - admin sends ExtensionState
  - admin sends ExtensionState: {Exten: 1001}
  - admin sends ExtensionStateList
  - admin sends DeviceStateList
  - admin sends PresenceState: {Provider: "CustomPresence:1001"}
  - admin sends PresenceState: {Provider: "CustomPresence:none"}
  - admin sends PresenceState: {Provider: Bogus}
  - admin sends PresenceState
  - admin sends PresenceStateList
  - 1001 hangs up
`,
  'extension-state-hints': `scenario: extension-state-hints
about: "hint 1001 through a call: idle, ringing, in use, on hold, idle; seen as ExtensionStatus"
given: {phones: [1001, 1002, 1003]}
steps:
  - 1001 dials 1002
  - wait 1s
  - 1002 answers
  - wait 1s
  - 1001 holds
  - wait 1s
  - 1002 holds
  - wait 1s
  - 1002 resumes
  - 1001 resumes
  - wait 1s
  - 1003 dials 1002
  - wait 1.5s
  - 1003 hangs up
  - wait 700ms
  - 1001 hangs up
`,
  'fault-auth-limit': `scenario: fault-auth-limit
about: six connections that do not log in, where three may wait for five seconds
given: {phones: [1001, 1002]}
config: {manager.conf: {general: {authlimit: 3, authtimeout: 5}}}
steps:
  - admin stays away
  - repeat 6:
      - c\${n} connects
      - wait 200ms
  - wait 5.2s
`,
  'fault-core-restart-gracefully': `scenario: fault-core-restart-gracefully
about: "the PBX restarts gracefully: it waits for the call to end, and tells actions that it is shutting down"
given: {phones: [1001, 1002]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - pbx restarts gracefully
  - wait 2s
  - admin sends Ping
  - 1001 hangs up
  - wait until admin is disconnected
  - after-restart logs in as admin
  - wait 2.7s
`,
  'fault-core-restart-now': `scenario: fault-core-restart-now
about: the PBX restarts during a call; a client comes back as soon as it listens
given: {phones: [1001, 1002]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - pbx restarts
  - wait until admin is disconnected
  - after-restart logs in as admin
  - wait 3.7s
`,
  'fault-core-stop-now': `scenario: fault-core-stop-now
about: the PBX stops, and is started again
given: {phones: [1001, 1002]}
steps:
  - pbx stops
  - wait until admin is disconnected
  - pbx starts
  - after-start logs in as admin
  - wait 1.2s
`,
  'fault-kill-9': `scenario: fault-kill-9
about: the PBX is killed during a held call, then started again
given: {phones: [1001, 1002]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 500ms
  - 1001 holds
  - wait 500ms
  - pbx is killed
  - wait until admin is disconnected
  - pbx starts
  - after-start logs in as admin
  - wait 1.2s
  - 1001 hangs up all
  - 1002 hangs up all
`,
  'fault-manager-reload': `scenario: fault-manager-reload
about: manager, everything and one module are reloaded while a session is open
given: {phones: [1001, 1002]}
steps:
  - pbx reloads manager
  - wait 1s
  - admin sends Ping
  - pbx reloads
  - wait 2.5s
  - admin sends Ping
  - pbx reloads res_pjsip.so
  - wait 1s
`,
  'fault-many-failed-logins': `scenario: fault-many-failed-logins
about: 20 failed logins at once, then a good one
given: {phones: [1001, 1002]}
steps:
  - repeat 20:
      - bad\${n} connects
  - repeat 20:
      - bad\${n} sends Login without waiting: {Username: admin, Secret: bad}
  - wait 2s
  - good logs in as admin
`,
  'fault-multiple-login-denied': `scenario: fault-multiple-login-denied
about: a second login of a user who may log in once only (allowmultiplelogin), while the first is there
given: {phones: [1001, 1002]}
config: {manager.conf: {admin: {allowmultiplelogin: no}}}
steps:
  - admin stays away
  - first logs in as admin
  - second logs in as admin
  - wait 2s
  - other-user logs in as panel
  - wait 1.1s
`,
  'fault-user-removed': `scenario: fault-user-removed
about: a user is removed while logged in; AMI is switched off and on again
given: {phones: [1001, 1002]}
steps:
  - panel logs in as panel
  - wait 600ms
  - pbx changes manager.conf: {panel: remove}
  - pbx reloads manager
  - wait 1s
  - panel sends Ping
  - panel sends CoreStatus
  - wait 500ms
  - pbx changes manager.conf: {general: {enabled: no}}
  - pbx reloads manager
  - wait 1s
  - admin sends Ping
  - wait 300ms
  - pbx changes manager.conf: {general: {enabled: yes}}
  - pbx reloads manager
  - wait 1s
  - admin sends Ping
`,
  'feature-atxfer-by-dtmf': `scenario: feature-atxfer-by-dtmf
about: 1002 dials *2 then 1003 on its key pad (features attended transfer), 1003 answers, 1002 hangs up
given: {phones: [1001, 1002, 1003, 1004], past: {optimizations: 1}}
steps:
  - 1001 dials 1102
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1002 presses *2
  - wait 3s
  - 1002 presses 1003
  - wait 1.5s
  - 1003 answers
  - wait 2s
  - 1002 hangs up
  - wait 2s
  - 1001 hangs up
`,
  'filter-action': `scenario: filter-action
about: Filter Add (old style regex, negative, new style), then UserEvents and a call
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends Filter: {Operation: Add, Filter: "Event: UserEvent"}
  - admin sends Filter: {Operation: Add, Filter: "!Name: secret"}
  - admin sends Filter: {Operation: Add, Filter: "Event: Newchannel"}
  - admin sends Filter: {Operation: Add, Filter: "Event: Hold"}
  - admin sends Filter: {Operation: Add, MatchCriteria: "name(Unhold)"}
  - admin sends Filter: {Operation: Add, MatchCriteria: "name(Hangup),header(Channel),method(starts_with)", Filter: PJSIP/1001}
  - admin sends Filter
  - admin sends Filter: {Operation: Add}
  - admin sends Filter: {Operation: Remove, Filter: x}
  - admin sends Filter: {Operation: Add, Filter: "["}
  - admin sends Filter: {Operation: Add, MatchCriteria: "bogus(x)"}
  - admin sends UserEvent: {UserEvent: One, Name: open}
  - admin sends UserEvent: {UserEvent: Two, Name: secret}
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 500ms
  - 1001 holds
  - wait 500ms
  - 1001 resumes
  - wait 500ms
  - 1001 hangs up
  - wait 500ms
  - admin sends CoreShowChannels
`,
  'half-close': `scenario: half-close
about: client sends FIN after Logoff-less session
given: {phones: []}
steps:
  - admin sends Ping without waiting
  - admin half-closes
`,
  'hangup-action': `scenario: hangup-action
about: Hangup by channel name, by uniqueid, by cause, by /regex/, of an unknown channel, with no channel
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - admin sends Hangup: {Channel: "\${channel of 1001}"}
  - wait 1s
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - admin sends Hangup: {Channel: "\${channel of 1002}", Cause: 17}
  - wait 1s
  - 1001 dials 1002
  - wait 700ms
  - admin sends Hangup: {Channel: "\${channel of 1001}", Cause: 16}
  - wait 1s
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - admin sends Hangup: {Channel: "/^PJSIP\\\\/100[12]-.*$/"}
  - wait 1s
  - admin sends Hangup: {Channel: "/^PJSIP\\\\/none.*$/"}
  - admin sends Hangup: {Channel: PJSIP/none-00000000}
  - admin sends Hangup
  - admin sends Hangup: {Channel: }
  - admin sends Hangup: {Channel: x, Cause: abc}
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
  'idle-75-seconds': `scenario: idle-75-seconds
about: two registered phones and nothing happens for 75 s (contacts are qualified every 60 s); Ping every 30 s
given: {phones: [1001, 1002]}
steps:
  - wait 30s
  - admin sends Ping
  - wait 30s
  - admin sends Ping
  - wait 15s
`,
  'list-commands': `scenario: list-commands
about: ListCommands
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends ListCommands
  - wait 300ms
  - admin logs off
`,
  'local-channel-not-optimized': `scenario: local-channel-not-optimized
about: "1001 calls 1502: Dial(Local/1002@from-phones/n); hold and resume"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1502
  - wait 600ms
  - 1002 answers
  - wait 2s
  - 1001 holds
  - wait 1s
  - 1001 resumes
  - wait 1s
  - 1002 hangs up
`,
  'local-channel-optimized': `scenario: local-channel-optimized
about: "1001 calls 1402: Dial(Local/1002@from-phones): the Local pair optimizes away after the answer"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1402
  - wait 600ms
  - 1002 answers
  - wait 3s
  - 1001 hangs up
`,
  'login-acl-denied': `scenario: login-acl-denied
about: Login of a user whose permit/deny list refuses 127.0.0.1
given: {phones: []}
steps:
  - admin connects
  - admin sends Login: {Username: acl, Secret: aclpw}
`,
  'login-bad-secret': `scenario: login-bad-secret
about: Login with a wrong secret; the connection is left open by the client
given: {phones: []}
steps:
  - admin connects
  - admin sends Login: {Username: admin, Secret: wrong}
`,
  'login-events-call-hud': `scenario: login-events-call-hud
about: "Login with Events: call,hud (FullyBooted is class system)"
given: {phones: []}
steps:
  - admin logs in as admin with events call,hud
  - wait 1s
  - admin sends Ping
  - wait 300ms
  - admin logs off
`,
  'login-events-off': `scenario: login-events-off
about: "Login with Events: off"
given: {phones: []}
steps:
  - admin logs in as admin with events off
  - wait 1s
  - admin sends Ping
  - wait 300ms
  - admin logs off
`,
  'login-header-case': `scenario: login-header-case
about: Header names in odd case, no space or many spaces after the colon, trailing space in ActionID
given: {phones: []}
steps:
  - admin connects
  - admin sends raw: "aCtIoN: lOgIn\\r\\nuSERNAME:admin\\r\\nSECRET:    adminpw\\r\\nactionid:   spaces and case \\r\\n\\r\\n"
  - wait 500ms
  - admin sends raw: "ACTION: ping\\r\\nACTIONID: xYz\\r\\n\\r\\n"
  - wait 800ms
  - admin logs off
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
  'login-md5-without-challenge': `scenario: login-md5-without-challenge
about: MD5 Login without a Challenge before
given: {phones: []}
steps:
  - admin connects
  - admin sends Login: {AuthType: MD5, Username: admin, Key: 00}
`,
  'login-timeout': `scenario: login-timeout
about: "connect and never log in: authtimeout is 30 s"
given: {phones: []}
steps:
  - admin connects
  - wait until admin is disconnected within 40s
`,
  'login-twice': `scenario: login-twice
about: a second Login in a session which is logged in already, with good and bad secret
given: {phones: []}
steps:
  - admin sends Login: {Username: panel, Secret: panelpw}
  - wait 500ms
  - admin sends Login: {Username: panel, Secret: bad}
  - wait 500ms
  - admin sends Ping
  - wait 300ms
  - admin logs off
`,
  'login-unknown-user': `scenario: login-unknown-user
about: Login of a user which does not exist
given: {phones: []}
steps:
  - admin connects
  - admin sends Login: {Username: nosuchuser, Secret: x}
`,
  'login-without-actionid': `scenario: login-without-actionid
about: Login, Ping and Logoff, none with an ActionID
given: {phones: []}
steps:
  - admin connects
  - admin sends Login without ActionID: {Username: admin, Secret: adminpw}
  - wait 300ms
  - admin sends Ping without ActionID
  - admin sends Logoff without ActionID
`,
  'long-actionid-900': `scenario: long-actionid-900
about: ActionID of 900 characters
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: \${'z' x 900}\\r\\n\\r\\n"
`,
  'long-line-1000': `scenario: long-line-1000
about: an action with one header line of 1000 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 997}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'long-line-1020': `scenario: long-line-1020
about: an action with one header line of 1020 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 1017}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'long-line-1021': `scenario: long-line-1021
about: an action with one header line of 1021 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 1018}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'long-line-1023': `scenario: long-line-1023
about: an action with one header line of 1023 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 1020}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'long-line-1024': `scenario: long-line-1024
about: an action with one header line of 1024 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 1021}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'long-line-1025': `scenario: long-line-1025
about: an action with one header line of 1025 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 1022}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'long-line-1100': `scenario: long-line-1100
about: an action with one header line of 1100 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 1097}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'long-line-70000': `scenario: long-line-70000
about: an action with one header line of 70000 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 69997}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'long-line-900': `scenario: long-line-900
about: an action with one header line of 900 bytes before CRLF, then a Ping
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: long1\\r\\nX: \${'y' x 897}\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: long2\\r\\n\\r\\n"
  - wait 900ms
  - admin logs off
`,
  'malformed-bare-lf': `scenario: malformed-bare-lf
about: lines ended by a bare LF instead of CRLF
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\nActionID: lf1\\n\\n"
  - wait 1s
  - admin sends raw: "Action: Ping\\r\\nActionID: lf2\\r\\n\\r\\n"
  - wait 500ms
`,
  'malformed-lines': `scenario: malformed-lines
about: lines without colon, empty values, blank lines, odd white space
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nthis line has no colon\\r\\nActionID: m1\\r\\n\\r\\n"
  - wait 300ms
  - admin sends Ping
  - wait 150ms
  - admin sends raw: "hello\\r\\n\\r\\n"
  - wait 300ms
  - admin sends Ping
  - wait 150ms
  - admin sends raw: "Action: Ping\\r\\nFoo:\\r\\nActionID: m3\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw: "Action:Ping\\r\\nActionID:m4\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw: "Action: Ping\\r\\n  ActionID: m5\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw: "Action : Ping\\r\\nActionID : m6\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw: "\\r\\n\\r\\n\\r\\n"
  - wait 500ms
  - admin sends Ping
  - wait 150ms
  - admin sends raw: ": Ping\\r\\nAction: Ping\\r\\nActionID: m7\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw: "Action: Ping\\r\\nX-Unknown: 1\\r\\nActionID: m8\\r\\nx: y\\r\\n\\r\\n"
  - wait 300ms
  - admin sends Ping
  - wait 650ms
  - admin logs off
`,
  'many-actions-one-packet': `scenario: many-actions-one-packet
about: 50 Ping actions in a single TCP write
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\nActionID: m0\\r\\n\\r\\nAction: Ping\\r\\nActionID: m1\\r\\n\\r\\nAction: Ping\\r\\nActionID: m2\\r\\n\\r\\nAction: Ping\\r\\nActionID: m3\\r\\n\\r\\nAction: Ping\\r\\nActionID: m4\\r\\n\\r\\nAction: Ping\\r\\nActionID: m5\\r\\n\\r\\nAction: Ping\\r\\nActionID: m6\\r\\n\\r\\nAction: Ping\\r\\nActionID: m7\\r\\n\\r\\nAction: Ping\\r\\nActionID: m8\\r\\n\\r\\nAction: Ping\\r\\nActionID: m9\\r\\n\\r\\nAction: Ping\\r\\nActionID: m10\\r\\n\\r\\nAction: Ping\\r\\nActionID: m11\\r\\n\\r\\nAction: Ping\\r\\nActionID: m12\\r\\n\\r\\nAction: Ping\\r\\nActionID: m13\\r\\n\\r\\nAction: Ping\\r\\nActionID: m14\\r\\n\\r\\nAction: Ping\\r\\nActionID: m15\\r\\n\\r\\nAction: Ping\\r\\nActionID: m16\\r\\n\\r\\nAction: Ping\\r\\nActionID: m17\\r\\n\\r\\nAction: Ping\\r\\nActionID: m18\\r\\n\\r\\nAction: Ping\\r\\nActionID: m19\\r\\n\\r\\nAction: Ping\\r\\nActionID: m20\\r\\n\\r\\nAction: Ping\\r\\nActionID: m21\\r\\n\\r\\nAction: Ping\\r\\nActionID: m22\\r\\n\\r\\nAction: Ping\\r\\nActionID: m23\\r\\n\\r\\nAction: Ping\\r\\nActionID: m24\\r\\n\\r\\nAction: Ping\\r\\nActionID: m25\\r\\n\\r\\nAction: Ping\\r\\nActionID: m26\\r\\n\\r\\nAction: Ping\\r\\nActionID: m27\\r\\n\\r\\nAction: Ping\\r\\nActionID: m28\\r\\n\\r\\nAction: Ping\\r\\nActionID: m29\\r\\n\\r\\nAction: Ping\\r\\nActionID: m30\\r\\n\\r\\nAction: Ping\\r\\nActionID: m31\\r\\n\\r\\nAction: Ping\\r\\nActionID: m32\\r\\n\\r\\nAction: Ping\\r\\nActionID: m33\\r\\n\\r\\nAction: Ping\\r\\nActionID: m34\\r\\n\\r\\nAction: Ping\\r\\nActionID: m35\\r\\n\\r\\nAction: Ping\\r\\nActionID: m36\\r\\n\\r\\nAction: Ping\\r\\nActionID: m37\\r\\n\\r\\nAction: Ping\\r\\nActionID: m38\\r\\n\\r\\nAction: Ping\\r\\nActionID: m39\\r\\n\\r\\nAction: Ping\\r\\nActionID: m40\\r\\n\\r\\nAction: Ping\\r\\nActionID: m41\\r\\n\\r\\nAction: Ping\\r\\nActionID: m42\\r\\n\\r\\nAction: Ping\\r\\nActionID: m43\\r\\n\\r\\nAction: Ping\\r\\nActionID: m44\\r\\n\\r\\nAction: Ping\\r\\nActionID: m45\\r\\n\\r\\nAction: Ping\\r\\nActionID: m46\\r\\n\\r\\nAction: Ping\\r\\nActionID: m47\\r\\n\\r\\nAction: Ping\\r\\nActionID: m48\\r\\n\\r\\nAction: Ping\\r\\nActionID: m49\\r\\n\\r\\n"
  - wait 1s
`,
  'many-headers-100': `scenario: many-headers-100
about: one action with 100 headers and the ActionID last
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\n"
  - repeat 100:
      - admin sends raw: "H\${n}: \${n}\\r\\n"
  - admin sends raw: "ActionID: late\\r\\n\\r\\n"
  - wait 200ms
`,
  'many-headers-200': `scenario: many-headers-200
about: one action with 200 headers, then a Ping (Asterisk keeps at most 128)
given: {phones: []}
steps:
  - admin sends raw: "Action: Ping\\r\\n"
  - repeat 200:
      - admin sends raw: "H\${n}: \${n}\\r\\n"
  - admin sends raw: "ActionID: late\\r\\n\\r\\n"
  - wait 700ms
  - admin sends raw: "Action: Ping\\r\\nActionID: after\\r\\n\\r\\n"
`,
  'misc-lists': `scenario: misc-lists
about: lists and actions of many modules, mostly empty or in error
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends FAXSessions
  - wait 50ms
  - admin sends FAXStats
  - wait 50ms
  - admin sends Parkinglots
  - wait 50ms
  - admin sends Agents
  - wait 50ms
  - admin sends ConfbridgeListRooms
  - wait 2050ms
  - admin sends MWIGet: {Mailbox: /1/}
  - wait 50ms
  - admin sends MessageSend: {To: "pjsip:1001", From: "sip:lab", Body: hello}
  - wait 50ms
  - admin sends MessageSend
  - wait 50ms
  - admin sends LocalOptimizeAway: {Channel: x}
  - wait 50ms
  - admin sends SorceryMemoryCacheStale: {Cache: x}
  - wait 50ms
  - admin sends SendText: {Channel: x, Message: y}
  - wait 50ms
  - admin sends BridgeTechnologyList
  - wait 50ms
  - admin sends BridgeTechnologySuspend: {BridgeTechnology: nosuch}
  - wait 50ms
  - admin sends AOCMessage
  - wait 50ms
  - admin sends ExtensionStateList
  - wait 50ms
  - admin sends MixMonitor
  - wait 50ms
  - admin sends AGI
  - wait 50ms
  - admin sends ControlPlayback
  - wait 50ms
  - admin sends LoggerRotate
  - wait 50ms
  - admin sends CoreShowChannels
  - wait 550ms
`,
  'missing-action-header': `scenario: missing-action-header
about: messages without Action header
given: {phones: []}
steps:
  - admin sends raw: "ActionID: noaction-1\\r\\nFoo: bar\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw: "Foo: bar\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw: "ActionID: first-1\\r\\nAction: Ping\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw: "Action:\\r\\nActionID: empty-1\\r\\n\\r\\n"
  - wait 300ms
  - admin sends Ping
  - wait 300ms
  - admin logs off
`,
  'mixmonitor-by-dialplan': `scenario: mixmonitor-by-dialplan
about: 1001 calls 1602 (MixMonitor, Dial)
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1602
  - wait 600ms
  - 1002 answers
  - wait 2s
  - 1001 hangs up
`,
  mixmonitor: `scenario: mixmonitor
about: AMI MixMonitor, MixMonitorMute, StopMixMonitor on a call; errors
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - admin sends MixMonitor: {Channel: "\${channel of 1001}", File: /tmp/lab-mm.wav, Options: b}
  - wait 1.5s
  - admin sends MixMonitorMute: {Channel: "\${channel of 1001}", Direction: read, State: 1}
  - wait 300ms
  - admin sends MixMonitorMute: {Channel: "\${channel of 1001}", Direction: read, State: 0}
  - admin sends StopMixMonitor: {Channel: "\${channel of 1001}"}
  - wait 500ms
  - admin sends StopMixMonitor: {Channel: "\${channel of 1001}"}
  - admin sends MixMonitor
  - admin sends MixMonitor: {Channel: none, File: x}
  - admin sends StopMixMonitor: {Channel: none}
  - admin sends MixMonitorMute: {Channel: "\${channel of 1001}", Direction: x, State: 1}
  - 1001 hangs up
`,
  'multi-client-call': `scenario: multi-client-call
about: one call with hold, seen by eight sessions of different users, rights, masks and filters
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin-call logs in as admin with events call
  - wait 600ms
  - admin-call-hud logs in as admin with events call,hud
  - wait 600ms
  - panel logs in as panel
  - wait 600ms
  - readonly logs in as readonly
  - wait 600ms
  - nobody logs in as nobody
  - wait 600ms
  - filtered logs in as filtered
  - admin-off logs in as admin with events off
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 holds
  - wait 1s
  - 1001 resumes
  - wait 1s
  - 1001 hangs up
`,
  'mute-audio': `scenario: mute-audio
about: AMI MuteAudio in/out on/off
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 600ms
  - admin sends MuteAudio: {Channel: "\${channel of 1001}", Direction: in, State: on}
  - admin sends MuteAudio: {Channel: "\${channel of 1001}", Direction: in, State: off}
  - admin sends MuteAudio: {Channel: "\${channel of 1001}", Direction: all, State: on}
  - admin sends MuteAudio: {Channel: "\${channel of 1001}"}
  - wait 500ms
  - 1001 hangs up
`,
  'originate-async-failure-busy': `scenario: originate-async-failure-busy
about: "Originate PJSIP/1001 async; phone: busy"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 will reject busy after 300ms
  - admin sends Originate: {Channel: PJSIP/1001, Context: from-phones, Exten: 1002, Priority: 1, Timeout: 8000, Async: true}
  - wait 300ms
`,
  'originate-async-failure-no-answer': `scenario: originate-async-failure-no-answer
about: "Originate PJSIP/1001 async; phone: no-answer"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 will only ring
  - admin sends Originate: {Channel: PJSIP/1001, Context: from-phones, Exten: 1002, Priority: 1, Timeout: 3000, Async: true}
  - wait 3s
`,
  'originate-async-success': `scenario: originate-async-success
about: "Originate PJSIP/1001 to exten 1002, Async: true; both answer; 1001 hangs up"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 will answer after 500ms
  - 1002 will answer after 700ms
  - admin sends Originate: {Channel: PJSIP/1001, Context: from-phones, Exten: 1002, Priority: 1, CallerID: "\\"Click To Dial\\" <5555>", Timeout: 20000, Async: true}
  - wait 3.5s
  - 1001 hangs up all
`,
  'originate-errors': `scenario: originate-errors
about: Originate with missing or wrong arguments
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends Originate
  - admin sends Originate: {Channel: PJSIP/1001}
  - admin sends Originate: {Channel: PJSIP1001, Application: Wait}
  - admin sends Originate: {Channel: PJSIP/1001, Context: from-phones, Exten: 1002}
  - admin sends Originate: {Channel: PJSIP/1001, Context: from-phones, Exten: 1002, Priority: x}
  - admin sends Originate: {Channel: PJSIP/1001, Application: Wait, Timeout: x}
  - admin sends Originate: {Channel: PJSIP/1001, Application: System, Data: ls, Async: true}
  - admin sends Originate: {Channel: NoTech/1, Application: Wait, Data: 1}
  - admin sends Originate: {Channel: NoTech/1, Application: Wait, Data: 1, Async: true}
  - admin sends Originate: {Channel: PJSIP/1001, Context: nosuch, Exten: 1, Priority: 1}
  - admin sends Originate: {Channel: PJSIP/1001, Application: NoSuchApp, Data: 1}
  - admin sends Originate: {Channel: PJSIP/1001, Application: Wait, Data: 1, ChannelId: dup, OtherChannelId: dup}
  - wait 500ms
`,
  'originate-local-to-exten': `scenario: originate-local-to-exten
about: Originate Local/1001@from-phones to exten 1002 (click to call through the dialplan)
given: {phones: [1001, 1002, 1003, 1004], past: {optimizations: 3}}
steps:
  - 1001 will answer after 400ms
  - 1002 will answer after 400ms
  - admin sends Originate: {Channel: Local/1001@from-phones, Context: from-phones, Exten: 1002, Priority: 1, Async: true, Timeout: 20000}
  - wait 3.4s
  - 1001 hangs up all
`,
  'originate-sync': `scenario: originate-sync
about: Originate without Async (the response comes after the answer); then the next actions wait in the same session
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 will answer after 1.5s
  - 1002 will answer after 500ms
  - admin sends Originate without waiting: {Channel: PJSIP/1001, Context: from-phones, Exten: 1002, Priority: 1, Timeout: 20000}
  - wait 300ms
  - admin sends Ping
  - wait 3s
  - 1001 hangs up all
`,
  'originate-to-application': `scenario: originate-to-application
about: "Originate PJSIP/1001 with Application: Playback, Data: hello-world"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 will answer after 400ms
  - admin sends Originate: {Channel: PJSIP/1001, Application: Playback, Data: hello-world, Timeout: 20000, Async: true}
  - wait 2.3s
`,
  'originate-with-variables-channelid': `scenario: originate-with-variables-channelid
about: Originate with Variable (several forms), ChannelId, OtherChannelId, Account, EarlyMedia, CallerID, Codecs
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 will answer after 400ms
  - 1002 will answer after 400ms
  - admin sends Originate: {Channel: PJSIP/1001, Context: from-phones, Exten: 1002, Priority: 1, CallerID: "Lab <4711>", Timeout: 20000, Async: true, Account: acct9, Variable: ["ONE=1", "__TWO=2,THREE=3", "CALLERID(num)=999"], ChannelId: lab-chan-1, OtherChannelId: lab-chan-2, Codecs: ulaw}
  - wait 2.4s
  - admin sends Getvar: {Channel: lab-chan-1, Variable: TWO}
  - admin sends Getvar: {Channel: "\${channel of 1001}", Variable: ONE}
  - admin sends Getvar: {Channel: "\${channel of 1001}", Variable: THREE}
  - wait 500ms
  - admin sends Hangup: {Channel: lab-chan-1}
  - wait 1s
`,
  'park-and-retrieve': `scenario: park-and-retrieve
about: 1001 calls 1002; 1002 REFERs the call to 700 (park), 1003 dials the lot (701) and talks
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1002 transfers 1001 to 700
  - wait 2.5s
  - 1003 dials 701
  - wait 2s
  - 1003 hangs up
`,
  'park-by-dtmf': `scenario: park-by-dtmf
about: "1002 parks 1001 with #72 (Dial option K)"
given: {phones: [1001, 1002, 1003, 1004], past: {lots: [default]}}
steps:
  - 1001 dials 1102
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1002 presses "#72"
  - wait 3650ms
  - 1001 hangs up
`,
  'park-timeout': `scenario: park-timeout
about: 1001 is parked in lot "short" (4 s) by attended means (REFER to 750); on timeout it rings back at 1002
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1002 transfers 1001 to 750
  - wait 4.6s
  - 1002 answers
  - wait 2s
  - 1001 hangs up
`,
  'permission-denied': `scenario: permission-denied
about: users with fewer rights try actions which need more
given: {phones: []}
config: {queues.conf: {sales: {member: ["PJSIP/1002,0,Bob Brown,PJSIP/1002", "PJSIP/1003,1,Carol Clark,PJSIP/1003"]}}}
steps:
  - admin stays away
  - readonly logs in as readonly
  - wait 3s
  - nobody logs in as nobody
  - wait 3s
  - panel logs in as panel
  - wait 3s
  - readonly sends Ping
  - wait 50ms
  - readonly sends Originate: {Channel: Local/660@from-phones, Application: Wait, Data: 1}
  - wait 50ms
  - readonly sends Command: {Command: core show version}
  - wait 50ms
  - readonly sends CoreStatus
  - wait 50ms
  - readonly sends Status
  - wait 50ms
  - readonly sends CoreShowChannels
  - wait 50ms
  - readonly sends Hangup: {Channel: PJSIP/none}
  - wait 50ms
  - readonly sends GetConfig: {Filename: manager.conf}
  - wait 50ms
  - readonly sends ListCommands
  - wait 50ms
  - readonly sends Events: {EventMask: on}
  - wait 50ms
  - readonly sends UserEvent: {UserEvent: Try}
  - wait 50ms
  - readonly sends QueueStatus
  - wait 50ms
  - readonly sends DBGet: {Family: a, Key: b}
  - wait 50ms
  - readonly sends Filter: {Operation: Add, Filter: "Event: Hold"}
  - wait 50ms
  - nobody sends Ping
  - wait 50ms
  - nobody sends Originate: {Channel: Local/660@from-phones, Application: Wait, Data: 1}
  - wait 50ms
  - nobody sends Command: {Command: core show version}
  - wait 50ms
  - nobody sends CoreStatus
  - wait 50ms
  - nobody sends Status
  - wait 50ms
  - nobody sends CoreShowChannels
  - wait 50ms
  - nobody sends Hangup: {Channel: PJSIP/none}
  - wait 50ms
  - nobody sends GetConfig: {Filename: manager.conf}
  - wait 50ms
  - nobody sends ListCommands
  - wait 50ms
  - nobody sends Events: {EventMask: on}
  - wait 50ms
  - nobody sends UserEvent: {UserEvent: Try}
  - wait 50ms
  - nobody sends QueueStatus
  - wait 50ms
  - nobody sends DBGet: {Family: a, Key: b}
  - wait 50ms
  - nobody sends Filter: {Operation: Add, Filter: "Event: Hold"}
  - wait 50ms
  - panel sends Ping
  - wait 50ms
  - panel sends Originate: {Channel: Local/660@from-phones, Application: Wait, Data: 1}
  - wait 50ms
  - panel sends Command: {Command: core show version}
  - wait 50ms
  - panel sends CoreStatus
  - wait 50ms
  - panel sends Status
  - wait 50ms
  - panel sends CoreShowChannels
  - wait 50ms
  - panel sends Hangup: {Channel: PJSIP/none}
  - wait 50ms
  - panel sends GetConfig: {Filename: manager.conf}
  - wait 50ms
  - panel sends ListCommands
  - wait 50ms
  - panel sends Events: {EventMask: on}
  - wait 50ms
  - panel sends UserEvent: {UserEvent: Try}
  - wait 50ms
  - panel sends QueueStatus
  - wait 50ms
  - panel sends DBGet: {Family: a, Key: b}
  - wait 50ms
  - panel sends Filter: {Operation: Add, Filter: "Event: Hold"}
  - wait 550ms
  - readonly logs off
  - wait 150ms
  - nobody logs off
  - wait 150ms
  - panel logs off
`,
  'pickup-group': `scenario: pickup-group
about: 1001 calls 1002, which rings; 1003 dials *8 and gets the call
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 1s
  - 1003 dials *8
  - wait 2s
  - 1003 hangs up
`,
  'pickup-nothing': `scenario: pickup-nothing
about: 1003 dials *8 while nothing rings
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1003 dials *8
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
  'pjsip-lists-in-call': `scenario: pjsip-lists-in-call
about: PJSIPShowEndpoints and PJSIPShowEndpoint 1001 while 1001 talks to 1002 (held)
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait until 1001 is up
  - 1001 holds
  - wait 500ms
  - admin sends PJSIPShowEndpoints
  - admin sends PJSIPShowEndpoint: {Endpoint: 1001}
  - 1001 hangs up
`,
  'pjsip-lists': `scenario: pjsip-lists
about: "what PJSIP lists: endpoints, contacts, AORs, auths, registrations, subscriptions; qualify and notify"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends PJSIPShowEndpoints
  - admin sends PJSIPShowEndpoint: {Endpoint: 1001}
  - admin sends PJSIPShowEndpoint: {Endpoint: 1090}
  - admin sends PJSIPShowEndpoint: {Endpoint: nosuch}
  - admin sends PJSIPShowEndpoint
  - admin sends PJSIPShowContacts
  - admin sends PJSIPShowAors
  - admin sends PJSIPShowAuths
  - wait 20ms
  - admin sends PJSIPShowRegistrationsInbound
  - admin sends PJSIPShowRegistrationsOutbound
  - admin sends PJSIPShowRegistrationInboundContactStatuses
  - admin sends PJSIPShowSubscriptionsInbound
  - admin sends PJSIPShowSubscriptionsOutbound
  - admin sends PJSIPShowResourceLists
  - admin sends PJSIPQualify: {Endpoint: 1001}
  - admin sends PJSIPQualify: {Endpoint: nosuch}
  - admin sends PJSIPNotify: {Endpoint: 1001, Variable: "Event=check-sync"}
  - wait 1s
`,
  'playdtmf-senddtmf': `scenario: playdtmf-senddtmf
about: AMI PlayDTMF on a channel (also with Duration and Receive), errors
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 1s
  - admin sends PlayDTMF: {Channel: "\${channel of 1001}", Digit: 7}
  - wait 700ms
  - admin sends PlayDTMF: {Channel: "\${channel of 1001}", Digit: 8, Duration: 400}
  - wait 1s
  - admin sends PlayDTMF: {Channel: "\${channel of 1001}", Digit: 9, Receive: true}
  - wait 700ms
  - admin sends PlayDTMF: {Channel: "\${channel of 1001}"}
  - admin sends PlayDTMF: {Channel: "\${channel of 1001}", Digit: x}
  - admin sends PlayDTMF: {Channel: PJSIP/none, Digit: 1}
  - admin sends PlayDTMF
  - admin sends SendText: {Channel: "\${channel of 1001}", Message: hi}
  - admin sends SendFlash: {Channel: "\${channel of 1001}"}
  - admin sends AbsoluteTimeout: {Channel: "\${channel of 1001}", Timeout: 2}
  - wait 3s
`,
  playmf: `scenario: playmf
about: AMI PlayMF
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 600ms
  - admin sends PlayMF: {Channel: "\${channel of 1001}", Digit: 3}
  - wait 700ms
  - 1001 hangs up
`,
  'presence-change': `scenario: presence-change
about: custom presence change through AMI Setvar PRESENCE_STATE and by dialplan 691; custom device state Custom:lamp1 by dialplan 690 and Setvar
given: {phones: [1001, 1002, 1003], mailboxes: {1003@default: 1}}
steps:
  - admin sends Setvar: {Variable: "PRESENCE_STATE(CustomPresence:1001)", Value: "dnd,do not disturb,in a meeting"}
  - wait 500ms
  - admin sends PresenceState: {Provider: "CustomPresence:1001"}
  - admin sends PresenceStateList
  - 1001 dials 691
  - wait 1.5s
  - admin sends Setvar: {Variable: "PRESENCE_STATE(CustomPresence:1001)", Value: available}
  - wait 500ms
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: INUSE}
  - wait 500ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - 1001 hangs up all
  - 1001 dials 690
  - wait 1.5s
  - admin sends DeviceStateList
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: UNKNOWN}
  - wait 200ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - wait 100ms
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: BUSY}
  - wait 200ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - wait 100ms
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: INVALID}
  - wait 200ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - wait 100ms
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: UNAVAILABLE}
  - wait 200ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - wait 100ms
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: RINGING}
  - wait 200ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - wait 100ms
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: RINGINUSE}
  - wait 200ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - wait 100ms
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: ONHOLD}
  - wait 200ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - wait 100ms
  - admin sends Setvar: {Variable: "DEVICE_STATE(Custom:lamp1)", Value: NOT_INUSE}
  - wait 200ms
  - admin sends ExtensionState: {Exten: 1999, Context: from-phones}
  - wait 100ms
`,
  'queue-agent-busy': `scenario: queue-agent-busy
about: "queue sales: 1002 is busy (486), 1003 declines (603), then 1002 answers"
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006]}
steps:
  - 1002 will reject busy after 200ms
  - 1003 will reject declined after 300ms
  - 1001 dials 611
  - wait 3s
  - 1002 will answer after 600ms
  - wait 2.1s
  - 1001 hangs up
`,
  'queue-agent-ringnoanswer': `scenario: queue-agent-ringnoanswer
about: "queue sales (linear, 4 s a member: 1002, 1003); 1002 rings only, 1003 answers"
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006]}
steps:
  - 1002 will only ring
  - 1003 will answer after 1s
  - 1001 dials 611
  - wait 8s
  - 1001 hangs up
`,
  'queue-call-answered': `scenario: queue-call-answered
about: 1002 and 1003 are members of queue support (ringall); 1001 calls 610; 1003 answers; 1001 hangs up
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006]}
steps:
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1002, Penalty: 0, Paused: false, MemberName: Agent 1002, StateInterface: PJSIP/1002}
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1003, Penalty: 0, Paused: false, MemberName: Agent 1003, StateInterface: PJSIP/1003}
  - 1002 will only ring
  - 1001 dials 610
  - wait 1.2s
  - 1003 answers
  - wait 3s
  - 1001 hangs up
  - wait 1s
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1002}
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1003}
`,
  'queue-call-attended-transfer': `scenario: queue-call-attended-transfer
about: an agent (1002) answers a queue call and attended-transfers the caller to 1003 (AgentComplete with transfer)
given: {phones: [1001, 1002, 1003, 1004], past: {devices: {"Queue:support_pause_PJSIP/1002": NOT_INUSE}}}
steps:
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1002, MemberName: Agent 1002}
  - 1001 dials 610
  - wait 650ms
  - 1002 answers
  - wait 1s
  - 1002 holds 1001
  - wait 500ms
  - 1002 dials 1003
  - wait 600ms
  - 1003 answers
  - wait 1s
  - 1002 connects 1001 and 1003
  - wait 2s
  - 1003 hangs up
  - wait 1s
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1002}
`,
  'queue-caller-abandons': `scenario: queue-caller-abandons
about: 1001 calls 610 with one ringing agent and hangs up after 3 s
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006], past: {devices: {"Queue:support_pause_PJSIP/1002": NOT_INUSE}}}
steps:
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1002, Penalty: 0, Paused: false, MemberName: Agent 1002, StateInterface: PJSIP/1002}
  - 1002 will only ring
  - 1001 dials 610
  - wait 3s
  - 1001 hangs up
  - wait 1s
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1002}
`,
  'queue-full': `scenario: queue-full
about: "queue tiny has maxlen 1: the second caller gets JOINEMPTY/FULL"
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006]}
steps:
  - 1001 dials 613
  - wait until 1001 is up
  - 1004 dials 613
  - wait 4ms
  - 1001 hangs up
`,
  'queue-member-actions': `scenario: queue-member-actions
about: members of a queue added, paused, given penalties and removed; queue log, rules, reset, reload; errors
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006], past: {devices: {"Queue:support_pause_PJSIP/1002": NOT_INUSE}}}
steps:
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1002, Penalty: 0, Paused: false, MemberName: Agent 1002, StateInterface: PJSIP/1002}
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1002}
  - admin sends QueueAdd: {Queue: nosuch, Interface: PJSIP/1002}
  - admin sends QueueAdd: {Queue: support}
  - admin sends QueueAdd: {Interface: PJSIP/1002}
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1003, Penalty: 5, Paused: true, Reason: training}
  - wait 300ms
  - admin sends QueuePause: {Interface: PJSIP/1002, Queue: support, Paused: true, Reason: lunch}
  - wait 300ms
  - admin sends QueuePause: {Interface: PJSIP/1002, Paused: false}
  - wait 300ms
  - admin sends QueuePause: {Interface: PJSIP/1002, Paused: true}
  - wait 200ms
  - admin sends QueuePause: {Interface: PJSIP/1002, Queue: support, Paused: false, Reason: back}
  - admin sends QueuePause: {Interface: PJSIP/none, Paused: true}
  - admin sends QueuePause: {Paused: true}
  - admin sends QueuePause: {Interface: PJSIP/1002}
  - admin sends QueuePenalty: {Interface: PJSIP/1002, Penalty: 3, Queue: support}
  - admin sends QueuePenalty: {Interface: PJSIP/none, Penalty: 3}
  - admin sends QueueMemberRingInUse: {Interface: PJSIP/1002, RingInUse: yes, Queue: support}
  - admin sends QueueLog: {Queue: support, Event: LABEVENT, Message: hello, Interface: PJSIP/1002, Uniqueid: 1.1}
  - admin sends QueueRule
  - admin sends QueueRule: {Rule: lab}
  - wait 10s
  - admin sends QueueReset: {Queue: support}
  - wait 10s
  - admin sends QueueReload: {Queue: support, Members: yes, Rules: yes, Parameters: yes}
  - wait 500ms
  - admin sends QueuePause: {Interface: PJSIP/1002, Paused: false}
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1002}
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1002}
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1003}
  - admin sends QueueRemove: {Queue: nosuch, Interface: PJSIP/1002}
  - admin sends QueueRemove: {Queue: support}
`,
  'queue-no-agents': `scenario: queue-no-agents
about: 1001 calls 612, queue support without members, leaves by timeout
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006]}
steps:
  - 1001 dials 612
  - wait 6s
`,
  'queue-several-callers': `scenario: queue-several-callers
about: 1001, 1004, 1005 and 1006 wait in queue support (positions 1..4); 1002 logs in and takes the first; the second abandons; the others move up
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006], past: {devices: {"Queue:support_pause_PJSIP/1002": NOT_INUSE}}}
steps:
  - 1001 dials 610
  - wait 400ms
  - 1004 dials 610
  - wait 400ms
  - 1005 dials 610
  - wait 400ms
  - 1006 dials 610
  - wait 400ms
  - admin sends QueueStatus: {Queue: support}
  - 1002 will answer after 700ms
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1002, Penalty: 0, Paused: false, MemberName: Agent 1002, StateInterface: PJSIP/1002}
  - wait 2.1s
  - 1004 hangs up
  - wait 1s
  - admin sends QueueStatus: {Queue: support}
  - 1002 will do nothing special
  - wait 300ms
  - 1002 will answer after 700ms
  - 1002 hangs up all
  - wait 4s
  - admin sends QueueStatus: {Queue: support}
  - 1001 hangs up all
  - wait 300ms
  - 1005 hangs up all
  - wait 300ms
  - 1006 hangs up all
  - wait 300ms
  - 1002 hangs up all
  - wait 500ms
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1002}
`,
  'queue-status': `scenario: queue-status
about: QueueStatus of all queues, one queue, one member, unknown queue; while a caller waits; QueueSummary; Queues
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006], past: {devices: {"Queue:support_pause_PJSIP/1002": NOT_INUSE}}}
steps:
  - admin sends QueueStatus
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1002, Penalty: 0, Paused: false, MemberName: Agent 1002, StateInterface: PJSIP/1002}
  - 1001 dials 610
  - 1002 will only ring
  - wait 1.5s
  - admin sends QueueStatus
  - admin sends QueueStatus: {Queue: support}
  - admin sends QueueStatus: {Queue: support, Member: PJSIP/1002}
  - admin sends QueueStatus: {Queue: nosuch}
  - admin sends QueueSummary
  - admin sends QueueSummary: {Queue: support}
  - admin sends QueueSummary: {Queue: nosuch}
  - admin sends Queues without ActionID
  - wait 500ms
  - 1001 hangs up
  - wait 500ms
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1002}
`,
  'queue-summary': `scenario: queue-summary
about: QueueSummary and QueueStatus before and after one answered and one abandoned call
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006], past: {devices: {"Queue:support_pause_PJSIP/1002": NOT_INUSE}}}
steps:
  - admin sends QueueAdd: {Queue: support, Interface: PJSIP/1002, Penalty: 0, Paused: false, MemberName: Agent 1002, StateInterface: PJSIP/1002}
  - admin sends QueueSummary: {Queue: support}
  - 1002 will answer after 800ms
  - 1001 dials 610
  - wait 1.8s
  - admin sends QueueSummary: {Queue: support}
  - admin sends QueueStatus: {Queue: support}
  - 1001 hangs up
  - wait 1s
  - 1002 will only ring
  - 1001 dials 610
  - wait 2.5s
  - 1001 hangs up
  - wait 1s
  - admin sends QueueSummary: {Queue: support}
  - admin sends QueueStatus: {Queue: support}
  - admin sends QueueRemove: {Queue: support, Interface: PJSIP/1002}
`,
  'queue-withdraw-caller': `scenario: queue-withdraw-caller
about: AMI QueueWithdrawCaller and QueueChangePriorityCaller for a waiting caller
given: {phones: [1001, 1002, 1003, 1004, 1005, 1006]}
steps:
  - 1001 dials 610
  - wait 500ms
  - admin sends QueueChangePriorityCaller: {Queue: support, Caller: "\${channel of 1001}", Priority: 5}
  - admin sends QueueWithdrawCaller: {Queue: support, Caller: "\${channel of 1001}", WithdrawInfo: lab}
  - wait 1.5s
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
  'ring-group-one-busy': `scenario: ring-group-one-busy
about: 600 with 1002 busy, 1003 declining, 1004 answering after 2 s
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will reject busy after 100ms
  - 1003 will reject declined after 500ms
  - 1004 will answer after 2s
  - 1001 dials 600
  - wait 3s
  - 1004 hangs up all
`,
  'ring-group': `scenario: ring-group
about: "1001 calls 600: Dial(PJSIP/1002&PJSIP/1003&PJSIP/1004,20); all ring, 1003 answers"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1002 will only ring
  - 1003 will answer after 1.5s
  - 1004 will only ring
  - 1001 dials 600
  - wait 3.5s
  - 1001 hangs up
`,
  'setvar-getvar': `scenario: setvar-getvar
about: Setvar/Getvar on a channel and global; functions; errors; VarSet events
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 500ms
  - admin sends Setvar: {Channel: "\${channel of 1001}", Variable: FOO, Value: bar baz}
  - admin sends Getvar: {Channel: "\${channel of 1001}", Variable: FOO}
  - admin sends Getvar: {Channel: "\${channel of 1001}", Variable: NOTSET}
  - admin sends Setvar: {Variable: GLOB, Value: 42}
  - admin sends Getvar: {Variable: GLOB}
  - admin sends Getvar: {Variable: LABNAME}
  - admin sends Getvar: {Channel: "\${channel of 1001}", Variable: "CHANNEL(state)"}
  - admin sends Getvar: {Channel: "\${channel of 1001}", Variable: "CALLERID(num)"}
  - admin sends Getvar: {Channel: "\${channel of 1001}", Variable: "NOFUNC(x)"}
  - admin sends Getvar: {Channel: PJSIP/none, Variable: FOO}
  - admin sends Getvar
  - admin sends Setvar: {Channel: "\${channel of 1001}", Value: x}
  - admin sends Setvar: {Channel: PJSIP/none, Variable: X, Value: 1}
  - admin sends Setvar: {Channel: "\${channel of 1001}", Variable: EMPTY}
  - admin sends Setvar: {Channel: "\${channel of 1001}", Variable: "CALLERID(name)", Value: New Name}
  - admin sends Setvar: {Channel: "\${channel of 1001}", Variable: FOO, Value: }
  - admin sends Setvar: {Channel: "\${channel of 1001}", Variable: UMLAUT, Value: "Jürgen: \\"x\\", \\\\y"}
  - admin sends Getvar: {Channel: "\${channel of 1001}", Variable: UMLAUT}
  - wait 500ms
  - 1001 hangs up
`,
  'show-dialplan': `scenario: show-dialplan
about: ShowDialPlan whole, one context, one extension, unknown; DialplanExtensionAdd/Remove
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends ShowDialPlan: {Context: predial}
  - admin sends ShowDialPlan: {Context: from-phones, Extension: 1001}
  - admin sends ShowDialPlan: {Context: nosuch}
  - admin sends ShowDialPlan: {Context: from-phones, Extension: nosuch}
  - admin sends DialplanExtensionAdd: {Context: labdyn, Extension: 1, Priority: 1, Application: NoOp, ApplicationData: x}
  - admin sends DialplanExtensionAdd: {Context: labdyn, Extension: 1, Priority: 1, Application: NoOp}
  - admin sends ShowDialPlan: {Context: labdyn}
  - admin sends DialplanExtensionRemove: {Context: labdyn, Extension: 1}
  - admin sends DialplanExtensionRemove: {Context: labdyn, Extension: 1}
  - admin sends DialplanExtensionAdd: {Context: labdyn}
  - admin sends ShowDialPlan
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
  'userevent-action': `scenario: userevent-action
about: UserEvent with many headers, duplicate headers, with and without ActionID, no name
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - other logs in as admin
  - admin sends raw: "Action: UserEvent\\r\\nActionID: admin-2\\r\\nUserEvent: Lab\\r\\nHeader1: one\\r\\nHeader1: two\\r\\nHeader2: \\r\\nHeader3:no space\\r\\n\\r\\n"
  - admin sends UserEvent without ActionID: {UserEvent: NoId, A: b}
  - admin sends UserEvent
  - admin sends UserEvent: {UserEvent: }
  - wait 500ms
`,
  'userevent-binary': `scenario: userevent-binary
about: UserEvent with UTF-8 and invalid bytes is sent back as an event
given: {phones: []}
steps:
  - admin sends raw: "Action: UserEvent\\r\\nUserEvent: Ünï\\r\\nName: Jürgen €\\r\\n\\r\\n"
  - wait 300ms
  - admin sends raw latin1: "Action: UserEvent\\r\\nUserEvent: Bin\\r\\nVal: a\\xff\\xfeb\\r\\n\\r\\n"
  - wait 800ms
  - admin logs off
`,
  'variant-channelvars': `scenario: variant-channelvars
about: "manager.conf channelvars = CALLTYPE,SIPDOMAIN,CHANNEL(language): ChanVariable headers"
given: {phones: [1001, 1002]}
config: {manager.conf: {general: {channelvars: "CALLTYPE,SIPDOMAIN,CHANNEL(language)"}}}
steps:
  - 1001 dials 1802
  - wait 600ms
  - 1002 answers
  - wait 1s
  - 1001 holds
  - wait 700ms
  - 1001 resumes
  - admin sends CoreShowChannels
  - admin sends Status
  - 1001 hangs up
`,
  'variant-disabledevents': `scenario: variant-disabledevents
about: manager.conf disabledevents = VarSet,Newexten,RTCPReceived,RTCPSent,DeviceStateChange
given: {phones: [1001, 1002]}
config: {manager.conf: {general: {disabledevents: "VarSet,Newexten,RTCPReceived,RTCPSent,DeviceStateChange"}}}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - 1001 holds
  - wait 1s
  - 1001 resumes
  - wait 700ms
  - 1001 hangs up
`,
  'variant-timestampevents': `scenario: variant-timestampevents
about: "manager.conf timestampevents = yes: one call with hold (Timestamp headers)"
given: {phones: [1001, 1002, 1003, 1004]}
config: {manager.conf: {general: {timestampevents: yes}}}
steps:
  - 1001 dials 1002
  - wait 600ms
  - 1002 answers
  - wait 700ms
  - 1001 holds
  - wait 1s
  - 1001 resumes
  - wait 700ms
  - 1001 hangs up
`,
  'voicemail-mwi': `scenario: voicemail-mwi
about: 1001 leaves 1002 a message, which 1002 hears and deletes; mailbox actions and lamps
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - admin sends MailboxStatus: {Mailbox: 1002@default}
  - admin sends MailboxCount: {Mailbox: 1002@default}
  - 1002 will only ring
  - 1001 speaks
  - 1001 dials 1302
  - wait 13s
  - 1001 presses "#"
  - wait 2s
  - 1001 hangs up
  - 1001 is silent
  - wait 500ms
  - admin sends MailboxStatus: {Mailbox: 1002@default}
  - admin sends MailboxCount: {Mailbox: 1002@default}
  - admin sends MailboxStatus: {Mailbox: "1002@default,1003@default"}
  - admin sends MailboxStatus: {Mailbox: 1002}
  - admin sends MailboxCount: {Mailbox: nosuch@default}
  - admin sends MailboxStatus
  - admin sends MailboxCount
  - admin sends VoicemailUsersList
  - admin sends VoicemailUserStatus: {Context: default, Mailbox: 1002}
  - admin sends VoicemailBoxSummary: {Context: default, Mailbox: 1002}
  - admin sends VoicemailRefresh
  - wait 500ms
  - 1002 will do nothing special
  - 1002 dials 630
  - wait 4s
  - 1002 presses 1
  - wait 9s
  - 1002 presses 7
  - wait 3s
  - 1002 hangs up
  - wait 2s
  - admin sends MailboxCount: {Mailbox: 1002@default}
`,
  'waitevent-tcp': `scenario: waitevent-tcp
about: "WaitEvent over raw AMI: Timeout 2 without events, then with a UserEvent from another session"
given: {phones: [1001, 1002, 1003, 1004]}
steps:
  - other logs in as admin with events off
  - wait 500ms
  - admin sends WaitEvent: {Timeout: 2}
  - admin sends WaitEvent without waiting: {Timeout: 5}
  - wait 700ms
  - other sends UserEvent: {UserEvent: Wake, X: 1}
  - wait 1s
  - admin sends WaitEvent without waiting: {Timeout: 30}
  - wait 500ms
  - admin sends Ping
  - wait 500ms
`,
};
