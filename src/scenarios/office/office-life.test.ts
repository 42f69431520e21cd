import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { SeededRandom } from '../../ami/seeded-random.ts';
import { officeConfig } from '../../mock-ami/config/small-office.ts';
import { createStage, type SimulatedStage } from '../../mock-ami/simulated-stage.ts';
import { OfficeLife } from './office-life.ts';
import { officePeople } from './office-people.ts';

const people = officePeople(1, { workers: 8, callers: 10 });

/** A stage, an office on it, and all that an AMI client of it heard. */
function openOffice(options: { readonly seed?: number; readonly phones?: readonly string[] } = {}) {
  const { seed = 1, phones = people.workers.map(({ extension }) => extension) } = options;
  const clock = new ManualClock();
  const runtime = nodeRuntime({ clock, random: new SeededRandom(seed) });
  const files = officeConfig(people.workers.map(({ extension, name }) => [extension, name]));
  const stage = createStage({ runtime, files, seed });
  const heard = listen(stage, runtime.text);
  const life = new OfficeLife({
    stage,
    random: new SeededRandom(seed),
    phones,
    trunk: 'trunk',
    callers: people.callers,
  });
  return { clock, stage, life, heard };
}

function listen(stage: SimulatedStage, text: ReturnType<typeof nodeRuntime>['text']): () => string {
  let all = '';
  const link = stage.connect();
  link?.attach({
    data: (bytes) => {
      all += text.decode(bytes).text;
    },
    end: () => undefined,
    close: () => undefined,
  });
  link?.write(text.encode('Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\n\r\n'));
  return () => all;
}

function count(heard: string, event: string): number {
  return heard.split(`Event: ${event}\r\n`).length - 1;
}

describe('OfficeLife', () => {
  it('telephones in all the ways of an office: calls, holds, calls from outside, transfers, calls that nobody takes', () => {
    const { clock, life, heard } = openOffice();
    life.start();
    clock.advance(10 * 60_000);
    for (const event of ['DialBegin', 'BridgeEnter', 'Hold', 'Unhold', 'BlindTransfer']) {
      expect(count(heard(), event), event).toBeGreaterThan(4);
    }
    expect(heard()).toContain('DialStatus: BUSY');
    expect(heard()).toContain('Channel: PJSIP/trunk-');
  });

  it('leaves nothing behind when it stops: every channel that came has gone', () => {
    const { clock, stage, life, heard } = openOffice();
    life.start();
    clock.advance(5 * 60_000);
    life.stop();
    clock.advance(60_000);
    expect(count(heard(), 'Newchannel')).toBeGreaterThan(20);
    expect(count(heard(), 'Hangup')).toBe(count(heard(), 'Newchannel'));
    for (const name of stage.phoneNames) expect(stage.phone(name).calls).toEqual([]);
    const after = heard();
    clock.advance(60_000);
    expect(heard()).toBe(after);
  });

  it('lives the same day from the same seed, another from another', () => {
    const day = (seed: number): string => {
      const { clock, life, heard } = openOffice({ seed });
      life.start();
      clock.advance(60_000);
      return heard();
    };
    expect(day(5)).toBe(day(5));
    expect(day(6)).not.toBe(day(5));
  });

  it('leaves alone the phones that are not its own', () => {
    const { clock, stage, life, heard } = openOffice({ phones: ['1003', '1004', '1005'] });
    stage.phone('1001').dial('1002');
    clock.advance(100);
    stage.phone('1002').answer();
    life.start();
    clock.advance(3 * 60_000);
    life.stop();
    expect(stage.phone('1001').calls).toMatchObject([{ other: '1002', state: 'up' }]);
    expect(heard()).not.toMatch(/Channel: PJSIP\/100[678]-/);
  });

  it('gives way to a person who takes one of its phones', () => {
    const { clock, stage, life } = openOffice({ phones: ['1001', '1002'] });
    life.start();
    for (let second = 0; second < 300; second += 1) {
      clock.advance(1000);
      if (stage.phone('1001').calls.length > 0 && second % 3 === 0) stage.phone('1001').hangUpAll();
    }
    life.stop();
    clock.advance(60_000);
    expect(stage.phone('1001').calls).toEqual([]);
    expect(stage.phone('1002').lamp).toBe('idle');
  });

  it('goes on after the PBX was restarted in the middle of its calls', () => {
    const { clock, stage, life, heard } = openOffice();
    life.start();
    clock.advance(60_000);
    expect(count(heard(), 'Newchannel')).toBeGreaterThan(count(heard(), 'Hangup'));
    stage.pbx.restart();
    clock.advance(10_000);
    const heardAgain = listen(stage, nodeRuntime().text);
    clock.advance(60_000);
    expect(count(heardAgain(), 'BridgeEnter')).toBeGreaterThan(4);
  });
});
