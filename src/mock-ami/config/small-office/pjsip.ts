import type { OfficePeople } from './people.ts';

const desk = ([extension, name]: OfficePeople[number]) => `[${extension}](desk)
auth = ${extension}
aors = ${extension}
callerid = "${name}" <${extension}>
mailboxes = ${extension}@default
accountcode = desk-${extension}
[${extension}](desk-auth)
username = ${extension}
password = phone-${extension}
[${extension}](desk-aor)
`;

export const pjsipConf = (people: OfficePeople) => `; The phones of the small office, and its line to the world.
[global]
type = global
user_agent = Asterisk PBX

[transport-udp]
type = transport
protocol = udp
bind = 0.0.0.0:5060

[desk](!)
type = endpoint
transport = transport-udp
context = phones
disallow = all
allow = ulaw,alaw
direct_media = no
dtmf_mode = rfc4733
rtp_symmetric = yes
send_pai = yes
call_group = 1
pickup_group = 1
moh_suggest = default
subscribe_context = hints

[desk-auth](!)
type = auth
auth_type = userpass

[desk-aor](!)
type = aor
max_contacts = 1
remove_existing = yes
; after a restart phones are found again within that many seconds
qualify_frequency = 5

${people.map(desk).join('\n')}
[trunk]
type = endpoint
transport = transport-udp
context = from-trunk
disallow = all
allow = ulaw,alaw
direct_media = no
aors = trunk
[trunk]
type = aor
contact = sip:127.0.0.2:5080
[trunk]
type = identify
endpoint = trunk
match = 127.0.0.2/32
`;
