import { describe, expect, it } from 'vitest';
import { applicationNames } from './application-names.ts';
import { pbxMachinery } from './pbx-machinery.ts';
import { SmallPbx } from './small-pbx.test-support.ts';

/** What runs of a dialplan that starts at 700, each line as `exten priority Application(data)`. */
function walk(dialplan: string, ms = 1000, keys = ''): { lines: string[]; office: SmallPbx } {
  const office = new SmallPbx(dialplan);
  office.phone('1001').dial('700');
  office.pass(100);
  if (keys !== '') office.phone('1001').press(keys);
  office.pass(ms);
  const lines = office.events
    .filter(({ name }) => name === 'Newexten')
    .map(({ headers }) => {
      const { Exten, Priority, Application, AppData } = Object.fromEntries(headers);
      return `${Exten} ${Priority} ${Application}(${AppData})`;
    });
  return { lines, office };
}

function variables(office: SmallPbx): string[] {
  return office.events
    .filter(({ name }) => name === 'VarSet')
    .map(({ headers }) => `${headers.find(([name]) => name === 'Variable')?.[1]}=${headers.at(-1)?.[1]}`)
    .filter((line) => !line.startsWith('SIPDOMAIN'));
}

describe('names of applications', () => {
  it('are there for all that are known, and for no others', () => {
    expect([...applicationNames.keys()].sort()).toEqual([...pbxMachinery.applications.keys()].sort());
  });

  it('are shown as Asterisk spells them', () => {
    expect(walk('exten => 700,1,noop(a)\n same => n,HANGUP()').lines).toEqual(['700 1 NoOp(a)', '700 2 Hangup()']);
  });
});

describe('While', () => {
  it('runs as long as its condition holds, and tells where it stands by variables', () => {
    const { lines, office } = walk(
      'exten => 700,1,Set(n=0)\n same => n,While($[${n} < 2])\n same => n,Set(n=$[${n} + 1])\n same => n,EndWhile()\n same => n,NoOp(behind)\n same => n,Wait(9)',
    );
    expect(lines.map((line) => line.split(' ')[1])).toEqual(['1', '2', '3', '4', '2', '3', '4', '2', '5', '6']);
    expect(variables(office)).toEqual([
      'n=0',
      'office_700_2=0',
      'WHILE_0=office,700,2',
      'n=1',
      'END_WHILE_0=office,700,5',
      'n=2',
      'WHILE_0=',
      'office_700_2=',
      'END_WHILE_0=',
    ]);
  });

  it('is left by ExitWhile, begun anew by ContinueWhile, and skipped with all that is in it', () => {
    const { lines } = walk(
      'exten => 700,1,While(0)\n same => n,While(1)\n same => n,EndWhile()\n same => n,EndWhile()\n same => n,Set(n=0)\n' +
        ' same => n,While(1)\n same => n,Set(n=$[${n} + 1])\n same => n,GotoIf($[${n} < 2]?again)\n same => n,ExitWhile()\n' +
        ' same => n(again),ContinueWhile()\n same => n,EndWhile()\n same => n,NoOp(${n})\n same => n,Wait(9)',
    );
    expect(lines.map((line) => line.split(' ')[1])).toEqual(
      ['1', '5', '6', '7', '8', '10', '6', '7', '8', '9', '12', '13'], // biome-ignore format: a list
    );
    expect(lines).toContain('700 12 NoOp(2)');
  });
});

describe('If', () => {
  const branches = (which: string): string =>
    `exten => 700,1,If($["${which}" = "a"])\n same => n,NoOp(a)\n same => n,ElseIf($["${which}" = "b"])\n same => n,NoOp(b)\n` +
    ' same => n,Else()\n same => n,NoOp(c)\n same => n,EndIf()\n same => n,NoOp(end)\n same => n,Wait(9)';

  it.each(['b', 'c'])('takes the branch %s', (which) => {
    const said = walk(branches(which)).lines.filter((line) => line.includes('NoOp'));
    expect(said.map((line) => line.split(' ')[2])).toEqual([`NoOp(${which})`, 'NoOp(end)']);
  });
});

describe('applications that run others', () => {
  it('tell nothing of them, but of what they do; a colon within parentheses is no branch', () => {
    const { lines, office } = walk(
      'exten => 700,1,ExecIf(1?Set(a=x:y):Set(a=z))\n same => n,Exec(Set(b=1))\n same => n,Wait(9)',
    );
    expect(lines.map((line) => line.split(' ')[2]?.split('(')[0])).toEqual(['ExecIf', 'Exec', 'Wait']);
    expect(variables(office)).toEqual(['a=x:y', 'b=1']);
  });

  it('go on behind one that fails with TryExec, also after a wait', () => {
    const { lines, office } = walk(
      'exten => 700,1,TryExec(Goto(nowhere))\n same => n,TryExec(Wait(0.1))\n same => n,TryExec(Nonsense())\n same => n,Wait(9)',
    );
    expect(lines.at(-1)).toBe('700 4 Wait(9)');
    expect(variables(office)).toEqual(['TRYSTATUS=FAILED', 'TRYSTATUS=SUCCESS', 'TRYSTATUS=NOAPP']);
  });

  it('go by the time that TESTTIME says', () => {
    const { lines } = walk(
      'exten => 700,1,Set(TESTTIME=1700000000)\n same => n,GotoIfTime(22:00-23:00,tue,14,nov?hit:miss)\n same => n(miss),NoOp(miss)\n same => n(hit),Wait(9)',
    );
    expect(lines.at(-1)).toBe('700 4 Wait(9)');
    expect(lines).toHaveLength(3);
  });
});

describe('special extensions', () => {
  it('i takes a call that was sent nowhere, and INVALID_EXTEN says where', () => {
    const { lines, office } = walk(
      'exten => 700,1,Goto(4711,1)\nexten => i,1,NoOp(${INVALID_EXTEN})\n same => n,Wait(9)',
    );
    expect(lines).toEqual(['700 1 Goto(4711,1)', 'i 1 NoOp(4711)', 'i 2 Wait(9)']);
    expect(variables(office)).toEqual(['INVALID_EXTEN=4711']);
  });

  it('e takes it where there is no i, and EXCEPTION() says why', () => {
    const said = 'NoOp(${EXCEPTION(reason)} ${EXCEPTION(exten)} ${EXCEPTION(priority)})';
    expect(walk(`exten => 700,1,Goto(4711,1)\nexten => e,1,${said}\n same => n,Wait(9)`).lines[1]).toBe(
      'e 1 NoOp(INVALID 4711 1)',
    );
    expect(walk(`exten => 700,1,NoOp()\n same => n,RaiseException(MINE)\nexten => e,1,${said}`).lines).toContain(
      'e 1 NoOp(MINE 700 2)',
    );
  });

  it('T goes on when the time of the call is over, and h runs after its end is told', () => {
    const { lines, office } = walk(
      'exten => 700,1,Set(TIMEOUT(absolute)=2)\n same => n,Wait(30)\nexten => T,1,NoOp(time)\nexten => h,1,NoOp(end)',
      5000,
    );
    expect(lines.slice(2)).toEqual(['T 1 NoOp(time)', 'h 1 NoOp(end)']);
    expect(office.told('SoftHangupRequest', 'Hangup', 'Newexten').slice(-3)).toEqual([
      'SoftHangupRequest',
      'Newexten',
      'Hangup',
    ]);
  });

  it('t is for who dials nothing, unless the extension goes on', () => {
    const menu = 'exten => 700,1,Answer()\n same => n,WaitExten(1)\n';
    expect(walk(`${menu}exten => t,1,NoOp(late)`, 3000).lines.at(-1)).toBe('t 1 NoOp(late)');
    expect(walk(`${menu} same => n,NoOp(on)\nexten => t,1,NoOp(late)`, 3000).lines.at(-1)).toBe('700 3 NoOp(on)');
  });

  it('an incomplete number takes more digits', () => {
    const dialplan =
      'exten => 700,1,Answer()\n same => n,Incomplete()\nexten => 7004,1,NoOp(whole)\n same => n,Wait(9)';
    expect(walk(dialplan, 1000, '4').lines.at(-2)).toBe('7004 1 NoOp(whole)');
  });
});

describe('hangup handlers', () => {
  it('run after h, the newest first, and their pushing, popping and running is told', () => {
    const { lines, office } = walk(
      'exten => 700,1,Set(CHANNEL(hangup_handler_push)=bye,1(a))\n same => n,Set(CHANNEL(hangup_handler_push)=bye,1(b))\n' +
        ' same => n,Set(CHANNEL(hangup_handler_push)=bye,1(c))\n same => n,Set(CHANNEL(hangup_handler_pop)=)\n same => n,Hangup()\n' +
        'exten => h,1,NoOp(end)\nexten => bye,1,NoOp(${ARG1})\n same => n,Return()',
    );
    expect(office.values('HangupHandlerPush', 'Handler')).toEqual([
      'office,bye,1(a)',
      'office,bye,1(b)',
      'office,bye,1(c)',
    ]);
    expect(office.values('HangupHandlerPop', 'Handler')).toEqual(['office,bye,1(c)']);
    expect(office.values('HangupHandlerRun', 'Handler')).toEqual(['office,bye,1(b)', 'office,bye,1(a)']);
    expect(lines.slice(-5)).toEqual([
      'h 1 NoOp(end)',
      'bye 1 NoOp(b)',
      'bye 2 Return()',
      'bye 1 NoOp(a)',
      'bye 2 Return()',
    ]);
    expect(office.told('Newexten', 'Hangup').at(-1)).toBe('Hangup');
    expect(office.pbx.channels()).toEqual([]);
  });

  it('of a called channel run when that one ends', () => {
    const office = new SmallPbx(
      'exten => 700,1,Dial(PJSIP/1002,20,b(pre^s^1))\n[pre]\nexten => s,1,Set(CHANNEL(hangup_handler_push)=pre,bye,1)\n same => n,Return()\nexten => bye,1,NoOp()\n same => n,Return()',
    );
    office.phone('1001').dial('700');
    office.pass(100);
    office.phone('1002').answer();
    office.pass(100);
    office.phone('1002').hangUp();
    office.pass(100);
    expect(office.values('HangupHandlerRun', 'Channel')).toEqual(['PJSIP/1002-00000001']);
    expect(office.pbx.channels()).toEqual([]);
  });
});
