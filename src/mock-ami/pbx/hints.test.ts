import { expect, it } from 'vitest';
import { hintStatus, toldHintStatus } from './hints.ts';
import { dialPlan, SmallPbx } from './small-pbx.test-support.ts';

it("a hint's state in lists is the one that was told last, though the device has changed already", () => {
  const office = new SmallPbx(`${dialPlan()}\nexten => 1002,hint,PJSIP/1002`);
  const [hint] = office.pbx.hints();
  if (hint === undefined) throw new Error('The dialplan has a hint');
  let [told, ahead] = [0, 0];
  const watch = (tenths: number): void => {
    for (let tenth = 0; tenth < tenths; tenth += 1) {
      office.pass(0.1);
      told = Number(office.values('ExtensionStatus', 'Status').at(-1) ?? told);
      office.told();
      expect(toldHintStatus(office.pbx, hint).status).toBe(told);
      if (hintStatus(office.pbx, hint).status !== told) ahead += 1;
    }
  };
  office.phone('1001').dial('1002');
  watch(500);
  office.phone('1002').answer();
  watch(500);
  office.phone('1001').hangUp();
  watch(500);
  expect(ahead).toBeGreaterThan(0);
});
