import type { OfficePeople } from './people.ts';

const hints = (people: OfficePeople) =>
  people.map(([extension]) => `exten => ${extension},hint,PJSIP/${extension}`).join('\n');

/** Numbers of desks: eight, or up to 999. */
const desks = (people: OfficePeople) => (people.length > 8 ? '_1XXX' : '_100[1-8]');

export const extensionsConf = (people: OfficePeople) => `; The dialplan of the small office.
[general]
static = yes
writeprotect = no

[globals]
TRUNK = trunk
RECEPTION = PJSIP/1001&PJSIP/1002

[hints]
${hints(people)}
exten => 500,hint,confbridge:500

; What every phone may dial.
[phones]
include => hints
include => parkedcalls
include => services
include => outside
; A colleague; after 25 s, or when busy, the voicemail answers.
exten => ${desks(people)},1,NoOp(\${CALLERID(num)} calls \${EXTEN})
 same => n,Dial(PJSIP/\${EXTEN},25,tTkK)
 same => n,GotoIf($["\${DIALSTATUS}" = "BUSY"]?busy)
 same => n,VoiceMail(\${EXTEN}@default,u)
 same => n,Hangup()
 same => n(busy),VoiceMail(\${EXTEN}@default,b)
 same => n,Hangup()

[services]
; Reception: all of its phones ring.
exten => 600,1,Dial(\${RECEPTION},20,tT)
 same => n,VoiceMail(1001@default,u)
 same => n,Hangup()
; Queues
exten => 610,1,Answer()
 same => n,Queue(support,tT,,,120)
 same => n,Hangup()
exten => 611,1,Answer()
 same => n,Queue(sales,tT,,,120)
 same => n,Hangup()
; Support starts and ends its shift here.
exten => *45,1,AddQueueMember(support,PJSIP/\${CALLERID(num)})
 same => n,Playback(agent-loginok)
 same => n,Hangup()
exten => *46,1,RemoveQueueMember(support,PJSIP/\${CALLERID(num)})
 same => n,Playback(agent-loggedoff)
 same => n,Hangup()
; The meeting room, and the same with its keys
exten => 500,1,Answer()
 same => n,ConfBridge(500,room,guest)
 same => n,Hangup()
exten => 501,1,Answer()
 same => n,ConfBridge(500,room,host)
 same => n,Hangup()
; Own voicemail
exten => *97,1,VoiceMailMain(\${CALLERID(num)}@default,s)
 same => n,Hangup()
; To try a phone: echo, and music
exten => *43,1,Answer()
 same => n,Echo()
 same => n,Hangup()
exten => *44,1,Answer()
 same => n,MusicOnHold(default)
 same => n,Hangup()

; A leading 0 asks for the trunk.
[outside]
exten => _0X.,1,Dial(PJSIP/\${EXTEN:1}@\${TRUNK},60,T)
 same => n,GotoIf($["\${DIALSTATUS}" = "CHANUNAVAIL"]?out)
 same => n,Hangup()
 same => n(out),Congestion(5)

; Calls from the trunk: to a desk, a service, or reception.
[from-trunk]
exten => ${desks(people)},1,Goto(phones,\${EXTEN},1)
exten => _61[01],1,Goto(services,\${EXTEN},1)
exten => _[+0-9].,1,Goto(services,600,1)
exten => s,1,Goto(services,600,1)
`;
