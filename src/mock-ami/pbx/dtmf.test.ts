import { describe, expect, it } from 'vitest';
import { receiveDigit } from './dtmf.ts';
import { dialPlan, talkingPbx } from './small-pbx.test-support.ts';

describe('a digit that comes as one whole', () => {
  it('is stretched for the other party to the time that it says', () => {
    const office = talkingPbx(dialPlan('tT'));
    office.phone('1001').press('5', { by: 'info' });
    office.pass(100);
    expect(office.told('DTMFBegin', 'DTMFEnd')).toEqual(['DTMFEnd', 'DTMFBegin']);
    office.pass(100);
    expect(office.values('DTMFEnd', 'DurationMs')).toEqual(['160']);
  });

  it('waits until the one before it is over, and 45 ms more', () => {
    const office = talkingPbx(dialPlan('tT'));
    const [caller] = office.pbx.channels();
    office.pbx.perform('test', () => {
      if (caller === undefined) return;
      receiveDigit(office.pbx, caller, '1', 0);
      receiveDigit(office.pbx, caller, '2', 0);
    });
    office.pass(144);
    expect(office.values('DTMFBegin', 'Digit')).toEqual(['1']);
    office.pass(2);
    expect(office.values('DTMFBegin', 'Digit')).toEqual(['1', '2']);
  });
});
