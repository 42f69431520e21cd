import { describe, expect, it } from 'vitest';
import { ManualClock } from '../src/ami/manual-clock.ts';
import { nodeRuntime } from '../src/ami/runtime.node.ts';
import { SeededRandom } from '../src/ami/seeded-random.ts';
import { copyOf } from '../src/mock-ami/copy-of.ts';
import type { Pbx } from '../src/mock-ami/pbx/pbx.ts';
import { createStage, type SimulatedStage } from '../src/mock-ami/simulated-stage.ts';
import { labConfig } from './fixtures.ts';

const { digest, text } = nodeRuntime();

interface World {
  readonly stage: SimulatedStage;
  readonly clock: ManualClock;
}

function newWorld(startMs?: number): World {
  const clock = new ManualClock(startMs);
  const runtime = { clock, random: new SeededRandom(1), digest, text };
  return { stage: createStage({ runtime, files: labConfig(), seed: 1 }), clock };
}

/** Another PBX, which goes on from a copy of this one's state. */
function fork({ stage, clock }: World): World {
  const copy = newWorld(clock.now());
  copy.stage.simulation.state = copyOf(stage.simulation.state);
  copy.stage.simulation.perform('fork', () => undefined);
  return copy;
}

function eventsOf(pbx: Pbx): string[] {
  const events: string[] = [];
  pbx.onEvent(({ name, headers, atMs }) => {
    events.push(JSON.stringify([atMs, name, headers]));
  });
  return events;
}

/** What happens from the middle of a call on. */
type Story = { readonly begins: (world: World) => void; readonly goesOn: (world: World) => void };

const at = ({ stage }: World, name: string) => stage.phone(name);

const STORIES: Readonly<Record<string, Story>> = {
  'a held call': {
    begins: (world) => {
      at(world, '1001').dial('1002');
      world.clock.advance(500);
      at(world, '1002').answer();
      world.clock.advance(500);
      at(world, '1001').hold();
      world.clock.advance(0.7);
    },
    goesOn: (world) => {
      world.clock.advance(2000);
      at(world, '1001').resume();
      world.clock.advance(1000);
      at(world, '1002').hangUp();
      world.clock.advance(1000);
    },
  },
  'a queue that rings, and a conference': {
    begins: (world) => {
      at(world, '1001').dial('611');
      at(world, '1004').dial('500');
      at(world, '1005').dial('501');
      world.clock.advance(1000);
    },
    goesOn: (world) => {
      world.clock.advance(5000);
      at(world, '1003').answer();
      world.clock.advance(1000);
      at(world, '1005').hangUp();
      at(world, '1003').transfer('1001', '1006');
      world.clock.advance(60_000);
    },
  },
  'a call over a Local channel that is about to step aside': {
    begins: (world) => {
      at(world, '1001').dial('1402');
      world.clock.advance(500);
      at(world, '1002').answer();
      world.clock.advance(10);
    },
    goesOn: (world) => {
      world.clock.advance(2000);
      at(world, '1001').hangUp();
      world.clock.advance(1000);
    },
  },
};

describe('the state of the PBX is plain data: a copy of it goes on alike', () => {
  it.each(Object.entries(STORIES))('in %s', (_title, { begins, goesOn }) => {
    const world = newWorld();
    begins(world);
    const other = fork(world);
    const [events, otherEvents] = [eventsOf(world.stage.simulation), eventsOf(other.stage.simulation)];
    goesOn(world);
    goesOn(other);
    expect(events.length).toBeGreaterThan(20);
    expect(otherEvents).toEqual(events);
    expect(other.stage.simulation.state).toEqual(world.stage.simulation.state);
  });

  it('and what one does is not seen in the other', () => {
    const world = newWorld();
    STORIES['a held call']?.begins(world);
    const other = fork(world);
    at(world, '1002').hangUp();
    world.clock.advance(1000);
    expect(Object.keys(world.stage.simulation.state.channels)).toEqual([]);
    expect(Object.keys(other.stage.simulation.state.channels)).toHaveLength(2);
  });
});
