import { describe, expect, it } from 'vitest';
import { ManualClock } from '../src/ami/manual-clock.ts';
import { nodeRuntime } from '../src/ami/runtime.node.ts';
import { SeededRandom } from '../src/ami/seeded-random.ts';
import { stageFor } from '../src/mock-ami/play-in-simulation.ts';
import { createStage, type SimulatedStage } from '../src/mock-ami/simulated-stage.ts';
import { libraryNames, libraryScenario } from '../src/scenarios/library.ts';
import { playScenario } from '../src/scenarios/player.ts';
import { labConfig } from './fixtures.ts';

/** All of them: `DETERMINISM=all npx vitest run test/determinism.test.ts`. */
const DRAWN = process.env['DETERMINISM'] === 'all' ? Number.POSITIVE_INFINITY : 25;
const FIRST_MS = 1_795_386_000_123;
const MASKS = ['on', 'call,agent,dialplan', 'system,reporting,user,dtmf,cdr'];
const files = labConfig();
const { digest, text } = nodeRuntime();

function draw(names: readonly string[], count: number): string[] {
  const random = new SeededRandom(20_261_129);
  return names
    .map((name) => ({ name, at: random.next() }))
    .toSorted((one, other) => one.at - other.at)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Programs that hear all, or some classes; what each has heard, one character a byte. */
function listen(stage: SimulatedStage, clock: ManualClock, masks: readonly string[]): string[] {
  const heard = masks.map(() => '');
  for (const [index, mask] of masks.entries()) {
    const link = stage.connect();
    link?.attach({
      data: (bytes) => {
        heard[index] += Buffer.from(bytes).toString('latin1');
      },
      end: () => link.end(),
      close: () => undefined,
    });
    link?.write(text.encode(`Action: Login\r\nUsername: admin\r\nSecret: adminpw\r\nEvents: ${mask}\r\n\r\n`));
  }
  clock.advance(1);
  return heard;
}

type Hop = (clock: ManualClock) => void;

function begin(name: string): {
  stage: SimulatedStage;
  clock: ManualClock;
  play: ReturnType<typeof playScenario>;
  heard: string[];
} {
  const parsed = libraryScenario(name);
  const clock = new ManualClock(FIRST_MS);
  const runtime = { clock, random: new SeededRandom(1), digest, text };
  const stage = stageFor(parsed.scenario, { runtime, files, seed: 1 });
  const heard = listen(stage, clock, MASKS);
  return { stage, clock, heard, play: playScenario(parsed.scenario, stage, { runtime }) };
}

/** Plays it to its end, moving the clock in that way. */
function hear(name: string, hop: Hop): string[] {
  const { stage, clock, play, heard } = begin(name);
  while (!play.ended) hop(clock);
  clock.advance(1000);
  stage.dispose();
  return heard;
}

describe('the same scenario and seed', () => {
  const names = draw(libraryNames(), DRAWN);

  it('gives three programs with different masks the same bytes, in another order of plays and other hops of the clock', () => {
    const first = new Map(names.map((name) => [name, hear(name, (clock) => clock.runNext())]));
    for (const name of names.toReversed()) {
      const again = hear(name, (clock) => clock.advance(97));
      expect(again.length).toBe(MASKS.length);
      for (const [index, heard] of again.entries()) {
        const before = first.get(name)?.[index] ?? '';
        // After the last step the clock stops at other times.
        const length = Math.min(before.length, heard.length);
        expect(length, name).toBeGreaterThan(27);
        expect(heard.slice(0, length), `${name}, ${MASKS[index]}`).toBe(before.slice(0, length));
      }
    }
  }, 120_000);
});

describe('a fork in the middle of a scenario', () => {
  /** Without what names sessions: a fork counts them anew. */
  const masks = ['call,agent,dialplan,dtmf,user,cdr,reporting', 'call', 'system'];
  const names = draw(
    libraryNames().filter((name) => !/fault|login|reload/.test(name)),
    DRAWN,
  ).filter((_, index) => index % 2 === 0);

  it('goes on with the bytes of the original', () => {
    let length = 0;
    for (const name of names) {
      const { stage, clock, play } = begin(name);
      for (let hops = 0; !play.ended && hops < 15; hops++) clock.advance(233);
      play.stop();
      clock.advance(1);
      const snapshot = stage.snapshot();
      const forkClock = new ManualClock(clock.now());
      const runtime = { clock: forkClock, random: new SeededRandom(1), digest, text };
      const fork = createStage({ runtime, files: snapshot.files, seed: 1 });
      fork.restore(snapshot);
      const worlds = [
        { stage, clock, heard: listen(stage, clock, masks) },
        { stage: fork, clock: forkClock, heard: listen(fork, forkClock, masks) },
      ];
      for (const world of worlds) {
        world.clock.advance(8000);
        const phones = world.stage.phoneNames.map((phone) => world.stage.phone(phone));
        for (const phone of phones) if (phone.registered) phone.hangUpAll();
        world.clock.advance(30_000);
        world.stage.dispose();
      }
      expect(worlds[1]?.heard, name).toEqual(worlds[0]?.heard);
      length += worlds[0]?.heard.join('').length ?? 0;
    }
    // Things were going on: more than what a login says.
    expect(length).toBeGreaterThan(names.length * 1000);
  }, 120_000);
});
