import { describe, expect, it } from 'vitest';
import { SmallPbx } from '../small-pbx.test-support.ts';
import { queueAgiCommand } from './async-agi.ts';

const DIALPLAN = 'exten => 700,1,Answer()\n same => n,AGI(agi:async)\n same => n,NoOp(after)';

function running(): SmallPbx {
  const office = new SmallPbx(DIALPLAN);
  office.phone('1001').dial('700');
  office.pass(100);
  return office;
}

function command(office: SmallPbx, line: string, id = ''): void {
  const [channel] = office.pbx.channels();
  if (channel === undefined) throw new Error('the call has ended');
  office.pbx.perform('test', () => queueAgiCommand(office.pbx, channel, line, id));
}

describe('AGI(agi:async)', () => {
  it('answers one command after the other, each to its end', () => {
    const office = running();
    command(office, 'STREAM FILE hello-world ""', 'one');
    command(office, 'GET VARIABLE CALLERID(num)', 'two');
    office.pass(1000);
    expect(office.values('AsyncAGIExec', 'CommandId')).toEqual([]);
    office.pass(1000);
    expect(office.values('AsyncAGIExec', 'CommandId')).toEqual(['one', 'two']);
    expect(office.values('AsyncAGIExec', 'Result').at(-1)).toBe('200%20result%3D1%20(1001)%0A');
  });

  it('runs an application where the channel stands, and comes back', () => {
    const office = running();
    command(office, 'EXEC Playback hello-world', 'play');
    office.pass(1000);
    expect(office.values('AGIExecEnd', 'Command')).toEqual([]);
    office.pass(600);
    expect(office.values('AGIExecEnd', 'Command')).toEqual(['EXEC Playback hello-world']);
    expect(office.pbx.channels()[0]?.priority).toBe(2);
    expect(office.values('Newexten', 'AppData')).not.toContain('after');
  });

  it('says what it does not know, and goes on', () => {
    const office = running();
    command(office, 'DANCE', 'no');
    office.pass(100);
    expect(office.values('AGIExecEnd', 'ResultCode')).toEqual(['510']);
    command(office, 'ASYNCAGI BREAK');
    office.pass(100);
    expect(office.values('Newexten', 'AppData')).toContain('after');
  });

  it('ends with the call', () => {
    const office = running();
    office.phone('1001').hangUp();
    office.pass(100);
    expect(office.told('AsyncAGIEnd')).toEqual(['AsyncAGIEnd']);
    expect(office.pbx.channels()).toEqual([]);
  });
});
