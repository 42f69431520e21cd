import { describe, expect, it } from 'vitest';
import { readAgentsConf } from './agents-conf.ts';
import { type ConfFile, parseConf } from './conf-file.ts';
import { readConfbridgeConf } from './confbridge-conf.ts';
import { describeConfigWarning, type WarningSink } from './config-warning.ts';
import { readFeaturesConf } from './features-conf.ts';
import { readHttpConf } from './http-conf.ts';
import { readParkingConf } from './parking-conf.ts';
import { readPjsipConf } from './pjsip-conf.ts';
import { readQueueRules } from './queue-rules-conf.ts';
import { readQueuesConf } from './queues-conf.ts';
import { readVoicemailConf } from './voicemail-conf.ts';

function read<Result>(reader: (conf: ConfFile, warn: WarningSink) => Result, text: string) {
  const warnings: string[] = [];
  const { conf } = parseConf(text, { file: 'x.conf' });
  return { result: reader(conf, (warning) => warnings.push(describeConfigWarning(warning))), warnings };
}

describe('readPjsipConf', () => {
  const pjsip = (text: string) => read(readPjsipConf, text);

  it('tells categories of one name apart by their type', () => {
    const { result, warnings } = pjsip(
      '[1]\ntype=endpoint\nauth=1\naors=1\n[1]\ntype=auth\nusername=u\npassword=p\n[1]\ntype=aor\nmax_contacts=2',
    );
    expect(result.endpoints.get('1')).toMatchObject({
      auth: '1',
      aors: ['1'],
      context: 'default',
      mohSuggest: 'default',
      deviceStateBusyAt: 0,
    });
    expect(result.auths.get('1')).toMatchObject({ username: 'u', password: 'p', authType: 'userpass' });
    expect(result.aors.get('1')).toMatchObject({
      maxContacts: 2,
      maximumExpirationS: 7200,
      defaultExpirationS: 3600,
      qualifyTimeoutS: 3,
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    ['disallow=all\nallow=ulaw,alaw', ['ulaw', 'alaw']],
    ['allow=ulaw\ndisallow=ulaw\nallow=g722', ['g722']],
    ['allow=!all,opus,ulaw', ['opus', 'ulaw']],
    ['allow=ulaw,alaw,!ulaw', ['alaw']],
  ])('reads codecs in order from %j', (lines, codecs) => {
    expect(pjsip(`[1]\ntype=endpoint\n${lines}`).result.endpoints.get('1')?.allow).toEqual(codecs);
  });

  it('reads groups, variables and mailboxes', () => {
    const { result } = pjsip(
      '[1]\ntype=endpoint\ncall_group=1,3-5\nset_var=A=1\nset_var=B=2=3\nmailboxes=1@default,2@x',
    );
    expect(result.endpoints.get('1')).toMatchObject({
      callGroup: [1, 3, 4, 5],
      setVar: [
        ['A', '1'],
        ['B', '2=3'],
      ],
      mailboxes: ['1@default', '2@x'],
    });
  });

  it.each([
    ['[1]\ncontext=x', 'x.conf:1: [1] has no type; add type = endpoint, aor, auth ...'],
    [
      '[1]\ntype=endpoint\naors=2',
      'x.conf:1: endpoint [1] names the aor "2", which is not there; add [2] with type = aor',
    ],
    [
      '[1]\ntype=endpoint\nauth=2',
      'x.conf:1: endpoint [1] names the auth "2", which is not there; add [2] with type = auth',
    ],
    [
      '[1]\ntype=identify\nendpoint=2',
      'x.conf:1: identify [1] names the endpoint "2", which is not there; add [2] with type = endpoint',
    ],
    ['[1]\ntype=registration', 'x.conf:1: registration [1] needs server_uri and client_uri'],
    [
      '[1]\ntype=endpoint\ncall_group=64',
      'x.conf:3: call_group "64" is no group from 0 to 63; write numbers and ranges, such as 1,3-5',
    ],
  ])('warns of %j', (text, warning) => {
    expect(pjsip(text).warnings).toEqual([warning]);
  });
});

describe('readQueuesConf', () => {
  const queue = (lines: string) => read(readQueuesConf, `[q]\n${lines}`);

  it("has Asterisk's defaults", () => {
    expect(queue('').result.queues.get('q')).toMatchObject({
      strategy: 'ringall',
      timeout: 15,
      retry: 5,
      wrapupTime: 0,
      maxLen: 0,
      ringInUse: true,
      autofill: false,
      joinEmpty: [],
      leaveWhenEmpty: [],
    });
  });

  it('reads members with as much as they say', () => {
    const { result } = queue('member => PJSIP/1\nmember => Local/2@x,3,Bob,PJSIP/2,no,10,yes');
    expect(result.queues.get('q')?.members).toEqual([
      { interface: 'PJSIP/1', penalty: 0, name: 'PJSIP/1', stateInterface: 'PJSIP/1', paused: false },
      {
        interface: 'Local/2@x',
        penalty: 3,
        name: 'Bob',
        stateInterface: 'PJSIP/2',
        ringInUse: false,
        wrapupTime: 10,
        paused: true,
      },
    ]);
  });

  it.each([
    ['yes', [], ['penalty', 'invalid', 'paused']],
    ['no', ['penalty', 'invalid', 'paused'], []],
    ['strict', ['penalty', 'paused', 'unavailable', 'invalid'], ['penalty', 'paused', 'unavailable', 'invalid']],
    ['loose', ['penalty', 'invalid'], ['penalty', 'invalid']],
    ['paused, inuse', ['paused', 'inuse'], ['paused', 'inuse']],
  ])('reads "%s" for joining and leaving empty queues', (value, joinEmpty, leaveWhenEmpty) => {
    expect(queue(`joinempty=${value}\nleavewhenempty=${value}`).result.queues.get('q')).toMatchObject({
      joinEmpty,
      leaveWhenEmpty,
    });
  });

  it('warns of an unknown strategy and a member without technology', () => {
    expect(queue('strategy=all\nmember => 1001').warnings).toEqual([
      'x.conf:2: queue [q] has the unknown strategy "all" and uses ringall; there are ringall, leastrecent, fewestcalls, random, rrmemory, linear, wrandom, rrordered',
      'x.conf:3: "1001" is no interface of a member; write member => PJSIP/1001',
    ]);
  });
});

describe('other readers', () => {
  it('read penalty changes of queue rules by time', () => {
    const { result, warnings } = read(
      readQueueRules,
      '[r]\npenaltychange => 60,10,-1\npenaltychange => 30,+1\npenaltychange => x',
    );
    expect(result.get('r')?.changes).toEqual([
      {
        afterS: 30,
        max: { relative: true, value: 1 },
        min: { relative: true, value: 0 },
        raise: { relative: true, value: 0 },
      },
      {
        afterS: 60,
        max: { relative: false, value: 10 },
        min: { relative: true, value: -1 },
        raise: { relative: true, value: 0 },
      },
    ]);
    expect(warnings).toEqual([
      'x.conf:4: "penaltychange => x" is no rule; write penaltychange => seconds,max,min such as 30,+1,0',
    ]);
  });

  it("read features with Asterisk's defaults, and applications in both forms", () => {
    const { result, warnings } = read(
      readFeaturesConf,
      '[featuremap]\nblindxfer => ##\n[applicationmap]\na => #9,peer,Playback,tt-monkeys,jazz\nb => #8,self/caller,Gosub(x,s,1(1,2)),jazz\nc => #7',
    );
    expect(result.general).toMatchObject({
      pickupexten: '*8',
      transferDigitTimeoutS: 3,
      featureDigitTimeoutMs: 1000,
      atxferNoAnswerTimeoutS: 15,
    });
    expect(result.featureMap).toEqual({
      blindxfer: '##',
      atxfer: '',
      disconnect: '*',
      automon: '',
      automixmon: '',
      parkcall: '',
    });
    expect([...result.applicationMap.values()]).toEqual([
      {
        name: 'a',
        digits: '#9',
        activateOn: 'peer',
        activatedBy: 'both',
        app: 'Playback',
        args: 'tt-monkeys',
        musicClass: 'jazz',
      },
      {
        name: 'b',
        digits: '#8',
        activateOn: 'self',
        activatedBy: 'caller',
        app: 'Gosub',
        args: 'x,s,1(1,2)',
        musicClass: 'jazz',
      },
    ]);
    expect(warnings).toHaveLength(1);
  });

  it('read parking lots, the default one always', () => {
    expect([...read(readParkingConf, '').result.lots.keys()]).toEqual(['default']);
    const { result, warnings } = read(
      readParkingConf,
      '[short]\nparkext=>750\nparkpos=>751-760\nparkedcalltransfers=caller\nparkingtime=4',
    );
    expect(result.lots.get('short')).toMatchObject({
      parkExt: '750',
      firstSpace: 751,
      lastSpace: 760,
      parkedCallTransfers: 'caller',
      parkingTimeS: 4,
      parkingHints: false,
      comebackDialTimeS: 30,
    });
    expect(warnings).toEqual([]);
    expect(read(readParkingConf, '[a]\nparkpos => 9-1').warnings).toEqual([
      'x.conf:2: parking lot [a] has no such spaces as "9-1"; write parkpos => 701-720',
    ]);
  });

  it('read mailboxes with their own settings over the general ones', () => {
    const { result } = read(
      readVoicemailConf,
      '[general]\nformat=wav49|gsm\nmaxmsg=50\n[default]\n1001 => 1234,Ann,a@x.org,,maxmsg=7|saycid=yes\n1002 => 99',
    );
    expect(result.formats).toEqual(['wav49', 'gsm']);
    expect(
      result.mailboxes.map(({ mailbox, fullName, maxMessages, sayCallerId }) => [
        mailbox,
        fullName,
        maxMessages,
        sayCallerId,
      ]),
    ).toEqual([
      ['1001', 'Ann', 7, true],
      ['1002', '', 50, false],
    ]);
  });

  it('read conferences by type, defaults always there', () => {
    const { result, warnings } = read(
      readConfbridgeConf,
      '[u]\ntype=user\nadmin=yes\n[b]\ntype=bridge\nmax_members=3\n[m]\ntype=menu\n1=toggle_mute\n[x]\n',
    );
    expect([
      result.users.get('u')?.admin,
      result.bridges.get('b')?.maxMembers,
      result.menus.get('m')?.actions.get('1'),
    ]).toEqual([true, 3, 'toggle_mute']);
    expect([result.users.has('default_user'), result.bridges.has('default_bridge')]).toEqual([true, true]);
    expect(warnings).toEqual([
      'x.conf:10: [x] of confbridge.conf has no known type; write type = user, bridge or menu',
    ]);
  });

  it('read agents and http', () => {
    expect(
      read((conf) => readAgentsConf(conf), '[t](!)\nackcall=yes\n[2001](t)\nfullname=Ann').result.get('2001'),
    ).toMatchObject({ fullName: 'Ann', ackCall: true, musicClass: 'default' });
    expect(read((conf) => readHttpConf(conf), '[general]\nenabled=yes\nprefix=/pbx/').result).toMatchObject({
      enabled: true,
      port: 8088,
      prefix: '/pbx',
    });
  });
});
