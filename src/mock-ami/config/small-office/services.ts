import type { OfficePeople } from './people.ts';

const members = (people: OfficePeople, extensions: readonly string[]) =>
  people
    .filter(([extension]) => extensions.includes(extension))
    .map(([extension, name]) => `member => PJSIP/${extension},0,${name},PJSIP/${extension}`)
    .join('\n');

export const managerConf = `; Who may talk to the manager interface.
[general]
enabled = yes
webenabled = yes
bindaddr = 127.0.0.1
port = 5038

; May do everything
[admin]
secret = adminpw
read = all
write = all
writetimeout = 1000

; An operator panel
[panel]
secret = panelpw
read = system,call,agent,user,dtmf,reporting,dialplan
write = system,call,agent,user,reporting,originate

; Sees calls, does nothing
[readonly]
secret = readonlypw
read = call
write =
`;

export const queuesConf = (people: OfficePeople) => `; Two queues.
[general]
persistentmembers = no
autofill = yes

[support]
musicclass = default
strategy = ringall
timeout = 15
retry = 2
ringinuse = no
servicelevel = 20
announce-holdtime = no
${members(people, ['1003', '1004', '1005'])}

[sales]
musicclass = default
strategy = linear
timeout = 12
retry = 2
ringinuse = no
servicelevel = 60
announce-holdtime = no
${members(people, ['1006', '1007'])}
`;

export const voicemailConf = (people: OfficePeople) => `[general]
format = wav
maxsilence = 10
minsecs = 0

[default]
${people.map(([extension, name]) => `${extension} => 1234,${name}`).join('\n')}
`;

export const featuresConf = `[general]
pickupexten = *8
transferdigittimeout = 3
atxfernoanswertimeout = 15

[featuremap]
blindxfer => ##
atxfer => *2
disconnect => *0
automixmon => *3
parkcall => #72
`;

export const parkingConf = `[general]
[default]
parkext => 700
parkpos => 701-720
context => parkedcalls
parkinghints = yes
parkingtime => 45
comebacktoorigin = yes
findslot => first
`;

export const confbridgeConf = `[general]
[guest]
type = user
announce_only_user = no
quiet = yes
talk_detection_events = yes
[host](guest)
type = user
admin = yes
marked = yes
[room]
type = bridge
max_members = 20
`;

export const musicOnHoldConf = `[default]
mode = files
directory = moh
`;

export const httpConf = `[general]
enabled = yes
bindaddr = 127.0.0.1
bindport = 8088
`;

export const recordConf = `[general]
enable = yes
`;
