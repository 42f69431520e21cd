import { describe, expect, it } from 'vitest';
import { playLines } from './composition/play-lines.ts';

/** Each is the smallest composition that once went wrong, or the plainest of its kind. */
const sends = (action: string, headers: Readonly<Record<string, string>>) => ({ [`admin sends ${action}`]: headers });
const to = (exten: string) => ({ Context: 'from-phones', Exten: exten });
const TALK = ['1001 dials 1002', '1002 answers'];

describe('an attended transfer', () => {
  it('into a conference puts the other party in the place of the member, without BridgeEnter', () => {
    const played = playLines(
      '1003 dials 500',
      ...TALK,
      '1002 dials 500',
      'wait 1s',
      '1002 connects 1001 and 500',
      'wait 1s',
    );
    expect(played.faults).toEqual([]);
    expect(played.told('AttendedTransfer', 'DestApp')).toEqual(['ConfBridge']);
    expect(played.told('ConfbridgeJoin', 'CallerIDNum')).toEqual(['1003', '1002', '1001']);
    expect(played.told('ConfbridgeLeave', 'CallerIDNum').slice(0, 1)).toEqual(['1002']);
    const conference = played.told('ConfbridgeStart', 'BridgeUniqueid');
    const entered = played.messages.filter(({ event }) => event === 'BridgeEnter');
    expect(entered.filter((one) => conference.includes(one.get('BridgeUniqueid') ?? ''))).toHaveLength(2);
  });

  it('out of a conference does the same to whom the member calls', () => {
    const played = playLines(
      '1003 dials 500',
      '1001 dials 500',
      '1001 dials 1002',
      '1002 answers',
      '1001 connects 500 and 1002',
      'wait 1s',
    );
    expect(played.faults).toEqual([]);
    expect(played.told('AttendedTransfer', 'TransferTargetCallerIDNum')).toEqual(['1002']);
    expect(played.told('ConfbridgeJoin', 'CallerIDNum')).toEqual(['1003', '1001', '1002']);
  });

  it('into a queue lets the other party wait on', () => {
    const played = playLines(...TALK, '1002 dials 610', '1002 connects 1001 and 610', 'wait 1s', '1001 hangs up');
    expect(played.faults).toEqual([]);
    expect(played.told('AttendedTransfer', 'DestApp')).toEqual(['Queue']);
    expect(played.told('QueueCallerJoin', 'CallerIDNum')).toEqual(['1002']);
    expect(played.told('QueueCallerAbandon', 'CallerIDNum')).toEqual(['1001']);
  });

  it('into a parking lot changes whose call is parked', () => {
    const played = playLines(...TALK, '1002 dials 643', 'wait 2s', '1002 connects 1001 and 643', 'wait 1s');
    expect(played.faults).toEqual([]);
    expect(played.told('ParkedCallSwap', 'ParkeeCallerIDNum')).toEqual(['1001']);
    expect(played.told('AttendedTransfer', 'DestType')).toEqual(['Bridge']);
  });

  it('of a queue call to a parked one links both bridges, as neither gives anybody away', () => {
    const queue = sends('QueueAdd', { Queue: 'support', Interface: 'PJSIP/1002' });
    const played = playLines(
      queue,
      '1001 dials 610',
      '1002 answers',
      '1002 dials 643',
      'wait 2s',
      '1002 connects 1001 and 643',
      'wait 1s',
    );
    expect(played.faults).toEqual([]);
    expect(played.told('AttendedTransfer', 'DestType')).toEqual(['Link']);
    expect(played.told('ParkedCallSwap', 'ParkeeChannel')[0]).toMatch(/^Local\/_attended@transfer-.*;2$/);
  });

  it('of one who talks to nobody is told to have failed', () => {
    const played = playLines('1001 dials 610', '1001 dials 668', '1001 connects 610 and 668', 'wait 1s');
    expect(played.faults).toEqual([]);
    expect(played.told('AttendedTransfer', 'Result')).toEqual(['Invalid']);
    expect(played.told('AttendedTransfer', 'DestType')).toEqual(['Fail']);
  });

  it('by keys into a conference, a queue and a lot joins the party that waits there', () => {
    for (const place of ['500', '610', '643']) {
      const played = playLines(
        '1001 dials 1102',
        '1002 answers',
        `1002 presses "*2${place}"`,
        'wait 6s',
        '1002 hangs up',
        'wait 1s',
      );
      expect(played.faults, place).toEqual([]);
      expect(played.told('AttendedTransfer', 'Result'), place).toEqual(['Success']);
    }
  });
});

describe('a blind transfer', () => {
  it('of three calls the number for all, by a Local channel in the place of the transferer', () => {
    const played = playLines('1001 dials 1102', '1002 answers', '1002 presses "*21003"', 'wait 6s', '1003 answers', '1002 presses "*3"', 'wait 3s',
      '1002 transfers 1001 to 1004', 'wait 1s', '1004 answers', 'wait 1s'); // biome-ignore format: a call
    expect(played.faults).toEqual([]);
    expect(played.told('BlindTransfer', 'TransfereeChannel')).toEqual(['']);
    const swapped = played.messages.filter(
      (one) => one.event === 'BridgeEnter' && one.get('SwapUniqueid') !== undefined,
    );
    expect(swapped.map((one) => one.get('Channel')?.slice(0, 22))).toContain('Local/1004@from-phones');
  });

  it('out of a conference can not be', () => {
    const played = playLines('1001 dials 500', '1002 dials 500', '1002 transfers 500 to 1003', 'wait 1s');
    expect(played.faults).toEqual([]);
    expect(played.told('BlindTransfer', 'Result')).toEqual(['Invalid']);
    expect(played.order('BlindTransfer', 'Unhold', 'DialBegin')).toEqual(['BlindTransfer']);
  });
});

describe('the action Bridge', () => {
  it('takes a member out of its conference, which is told that it goes, also where a transfer has put another in its place', () => {
    const bridge = sends('Bridge', { Channel1: '${channel of 1001}', Channel2: '${channel of 1002}' });
    const played = playLines(
      '1001 dials 500',
      'wait 1s',
      '1003 dials 1002',
      '1002 answers',
      bridge,
      'wait 1s',
      '1002 dials 1004',
      '1002 connects 1001 and 1004',
      'wait 1s',
      '1001 hangs up all',
      'wait 1s',
    );
    expect(played.faults).toEqual([]);
    expect(played.told('AttendedTransfer', 'DestApp')).toEqual(['Dial']);
    expect(played.told('ConfbridgeLeave', 'CallerIDNum')).toEqual(['1001']);
  });

  it('takes a member out of its conference, which notices when he is back', () => {
    const bridge = sends('Bridge', { Channel1: '${channel of 1002}', Channel2: '${channel of 1003}' });
    const played = playLines(
      '1001 dials 500',
      '1002 dials 500',
      '1003 dials 668',
      'wait 1s',
      bridge,
      'wait 2s',
      '1003 hangs up',
      'wait 1s',
    );
    expect(played.faults).toEqual([]);
    const after = played.order('BridgeDestroy', 'ConfbridgeLeave');
    expect(after.slice(0, 2)).toEqual(['BridgeDestroy', 'ConfbridgeLeave']);
  });

  it('takes several members out, and the conference is told of each when it goes, whichever took another place meanwhile', () => {
    const bridge = (one: string, other: string) =>
      sends('Bridge', { Channel1: `\${channel of ${one}}`, Channel2: `\${channel of ${other}}` });
    const played = playLines(
      '1005 dials 500',
      '1006 dials 500',
      '1001 dials 500',
      'wait 1s',
      '1007 dials 668',
      '1003 dials 1002',
      '1002 answers',
      bridge('1005', '1007'),
      bridge('1001', '1002'),
      'wait 1s',
      '1002 dials 1004',
      '1002 connects 1001 and 1004',
      'wait 1s',
    );
    expect(played.faults).toEqual([]);
    expect(played.told('AttendedTransfer', 'DestApp')).toEqual(['Dial']);
    expect(played.told('ConfbridgeLeave', 'CallerIDNum').slice(0, 1)).toEqual(['1001']);
  });

  it('takes an agent who waits, and gives him back', () => {
    const bridge = sends('Bridge', { Channel1: '${channel of 1001}', Channel2: '${channel of 1002}' });
    const played = playLines(
      '1001 dials 680',
      '1002 dials 668',
      'wait 3s',
      bridge,
      'wait 1s',
      '1002 hangs up',
      'wait 1s',
      '1001 hangs up',
    );
    expect(played.faults).toEqual([]);
    expect(played.order('AgentLogin', 'AgentLogoff')).toEqual(['AgentLogin', 'AgentLogoff']);
    const waits = played.messages.filter(
      (one) => one.event === 'BridgeEnter' && one.get('BridgeType') === 'agent_hold',
    );
    expect(waits).toHaveLength(2);
  });
});

describe('an agent', () => {
  it('who is sent elsewhere logs off, and goes there', () => {
    const played = playLines(
      '1001 dials 680',
      'wait 3s',
      sends('Redirect', { Channel: '${channel of 1001}', ...to('668'), Priority: '1' }),
      'wait 1s',
    );
    expect(played.faults).toEqual([]);
    expect(played.told('AgentLogoff', 'Agent')).toEqual(['2001']);
    expect(played.told('Newexten', 'Application').slice(-1)).toEqual(['Wait']);
  });
});

describe('an agent who logs in', () => {
  it('may be another one by then: whom an attended transfer has put through', () => {
    const played = playLines(
      ...TALK,
      '1002 dials 680',
      'wait 500ms',
      '1002 connects 1001 and 680',
      'wait 3s',
      '1001 hangs up',
      'wait 1s',
    );
    expect(played.faults).toEqual([]);
    expect(played.told('AgentLogin', 'CallerIDNum')).toEqual(['1001']);
    expect(played.told('AgentLogoff', 'CallerIDNum')).toEqual(['1001']);
  });
});

describe('a call sent on to a number that is not there', () => {
  it('ends the phone, and then the Local channel that was made for it', () => {
    const played = playLines('1002 will forward to 9999', '1001 dials 1002', 'wait 1s');
    expect(played.faults).toEqual([]);
    expect(
      played
        .told('Hangup', 'Channel')
        .slice(0, 3)
        .map((name) => name.replace(/-[0-9a-f]{8}/, '')),
    ).toEqual(['PJSIP/1002', 'Local/9999@from-phones;2', 'Local/9999@from-phones;1']);
    expect(played.order('LocalBridge', 'DialEnd')).toEqual(['DialEnd']);
    expect(
      played.messages
        .filter((one) => one.get('Variable') === 'DIALSTATUS')
        .at(-1)
        ?.get('Value'),
    ).toBe('CHANUNAVAIL');
  });

  it('ends after twenty times where phones send it to each other', () => {
    const played = playLines('1002 will forward to 1003', '1003 will forward to 1002', '1001 dials 1202', 'wait 2s');
    expect(played.faults).toEqual([]);
    const forwards = played.told('DialEnd', 'Forward').filter((number) => number !== '');
    expect(forwards.slice(0, 3)).toEqual(['1003', '1002', '1003']);
    expect(forwards).toHaveLength(20);
    expect(played.messages.filter((one) => one.get('Value') === 'BUSY').map((one) => one.get('Variable'))).toContain(
      'DIALSTATUS',
    );
  });

  it('hands on what is to be inherited', () => {
    const played = playLines('1002 will forward to 1003', '1001 dials 1802', 'wait 1s', '1003 answers', 'wait 1s');
    expect(played.faults).toEqual([]);
    const given = played.messages
      .filter((one) => one.get('Variable') === '__CALLTYPE')
      .map((one) => one.get('Channel'));
    const shown = given.map((name) => name?.replace(/-[0-9a-f]{8}/, ''));
    expect(shown.slice(1)).toEqual([
      'PJSIP/1002',
      'Local/1003@from-phones;1',
      'Local/1003@from-phones;2',
      'PJSIP/1003',
    ]);
    const told = (variable: string) =>
      played.messages.findIndex(
        (one) => one.get('Variable') === variable && one.get('Channel')?.startsWith('Local/') === true,
      );
    expect(told('__CALLTYPE')).toBeLessThan(told('FORWARDERNAME'));
  });

  it('leaves the caller of a queue waiting', () => {
    const played = playLines('1001 will forward to 9999', '1003 dials 624', '1004 dials 624', 'wait 8s');
    expect(played.faults).toEqual([]);
  });

  it('fails an Originate', () => {
    const originate = sends('Originate', { Channel: 'PJSIP/1001', Application: 'Wait', Data: '1', Async: 'true' });
    const played = playLines('1001 will forward to 9999', originate, 'wait 1s');
    expect(played.faults).toEqual([]);
    expect(played.told('OriginateResponse', 'Response')).toEqual(['Failure']);
  });
});

describe('an Originate', () => {
  it('follows the phone that sends it on', () => {
    const originate = sends('Originate', { Channel: 'PJSIP/1001', Application: 'Wait', Data: '1', Async: 'true' });
    const played = playLines('1001 will forward to 668', originate, 'wait 3s');
    expect(played.faults).toEqual([]);
    expect(played.told('OriginateResponse', 'Channel')[0]).toMatch(/^Local\/668@from-phones-.*;1$/);
    expect(played.told('DialEnd', 'DialStatus')).toEqual(['CANCEL', 'ANSWER']);
  });

  it('whose channel is gone between the two entries into the bridge leaves nobody alone there', () => {
    const originate = sends('Originate', {
      Channel: 'Local/1406@from-phones',
      ...to('*81002'),
      Priority: '1',
      Async: 'true',
    });
    expect(playLines(originate, '1006 answers', 'wait 1s').faults).toEqual([]);
  });
});

it('a phone that is held while it rings hears its music end', () => {
  const played = playLines(
    '1001 dials 1002',
    '1002 answers',
    '1002 transfers 1001 to 1003',
    '1001 holds',
    'wait 1s',
    '1001 hangs up',
    'wait 1s',
  );
  expect(played.faults).toEqual([]);
  expect(played.order('MusicOnHoldStart', 'MusicOnHoldStop')).toEqual(['MusicOnHoldStart', 'MusicOnHoldStop']);
});

it('members of a queue that is read anew are as their devices were told', () => {
  const played = playLines('1003 dials 646', 'pbx reloads app_queue.so', 'wait 1s', '1003 hangs up', 'wait 1s');
  expect(played.faults).toEqual([]);
});

it('an Originate whose ringing phone is picked up elsewhere does not run out of time', () => {
  const originate = sends('Originate', { Channel: 'PJSIP/1002', ...to('668'), Priority: '1', Async: 'true' });
  const played = playLines(originate, '1001 dials *8', 'wait 35s', '1001 hangs up', 'wait 1s');
  expect(played.faults).toEqual([]);
  expect(played.told('OriginateResponse', 'Response')).toEqual(['Success']);
});

it('a called channel that an application takes out of its bridge tells of no answer', () => {
  const played = playLines(
    '1001 dials 1102',
    '1002 answers 1001',
    '1001 presses *21002',
    '1001 dials 624',
    'wait 4.5s',
    '1001 connects 624 and 1102',
    '1002 answers 1001',
  );
  expect(played.faults).toEqual([]);
});

it('keys do not go round where a bridge has both halves of a Local channel', () => {
  const [one, two] = ['Local/1003@from-phones-00000000;1', 'Local/1003@from-phones-00000000;2'];
  const played = playLines(
    '1001 dials 1403',
    sends('Bridge', { Channel1: two, Channel2: one }),
    sends('Atxfer', { Channel: one, ...to('1402') }),
  );
  expect(played.faults).toEqual([]);
  expect(played.told('DTMFEnd', 'Digit')).toContain('*');
});

it('who swaps two calls by keys holds the one he leaves, not the one he comes to', () => {
  const swaps = (times: number) =>
    playLines(
      ...['1001 dials 1102', '1002 answers', '1002 presses "*21003"', 'wait 6s', '1003 answers', 'wait 1s'],
      ...Array.from({ length: times }, () => ['1002 presses *4', 'wait 2s']).flat(),
    );
  const music = (times: number) =>
    swaps(times)
      .messages.filter(({ event }) => event === 'MusicOnHoldStart' || event === 'MusicOnHoldStop')
      .map((one) => `${one.event?.slice(11)} ${one.get('Channel')?.replace(/-[0-9a-f]{8}/, '')}`);
  const [caller, target] = ['PJSIP/1001', 'Local/1003@from-phones;1'];
  expect(music(0).slice(0, 1)).toEqual([`Start ${caller}`]);
  expect(music(1).slice(1, 3).toSorted()).toEqual([`Start ${target}`, `Stop ${caller}`]);
  expect(music(2).slice(3, 5).toSorted()).toEqual([`Start ${caller}`, `Stop ${target}`]);
});
