import { ManualClock } from '../../src/ami/manual-clock.ts';
import { nodeRuntime } from '../../src/ami/runtime.node.ts';
import { SeededRandom } from '../../src/ami/seeded-random.ts';
import { stageFor } from '../../src/mock-ami/play-in-simulation.ts';
import { playScenario } from '../../src/scenarios/player.ts';
import type { Scenario, Step } from '../../src/scenarios/types.ts';
import { Watch } from '../composition/composition.ts';
import { Client, logIn, type Office } from '../composition/office.ts';
import { labConfig } from '../fixtures.ts';
import { type Variation, varied, variedFiles } from './vary.ts';

export interface Varied {
  /** What should never be: an exception, events without their other half, lists that say otherwise, something left over. */
  readonly faults: readonly string[];
  /** The step that could not be done in this form of the story, if one could not. */
  readonly refused?: string;
}

/** A user of its own for who watches, so that no scenario's user is there twice. */
const WATCHER = 'watcher';
/** Ticks of the clock between two looks at all lists. */
const TICKS = 200;

/** Steps after which nobody can have followed from the start. */
const CUTTING: readonly Step['do'][] = ['pbx-restarts', 'pbx-stops', 'pbx-is-killed', 'fault'];

/** Whether somebody who listens from the start can follow the scenario to its end. */
export function canBeFollowed({ steps, config }: Scenario): boolean {
  const hides = JSON.stringify(config ?? {}).includes('disabledevents');
  const ends = (list: readonly Step[]): boolean =>
    list.some((step) => CUTTING.includes(step.do) || ('steps' in step && ends(step.steps)) || stopsManager(step));
  return !hides && !ends(steps);
}

/** Whoever changes manager.conf may throw the watcher out; a command may stop the PBX. */
function stopsManager(step: Step): boolean {
  if (step.do === 'pbx-changes') return step.file === 'manager.conf';
  return step.do === 'send' && /core (stop|restart)/.test(JSON.stringify(step.headers));
}

/** Plays a scenario in another form, watched by a program that compares what it hears with every list. */
export function playVaried(original: Scenario, variation: Variation): Varied {
  const scenario = varied(original, variation);
  const clock = new ManualClock();
  const runtime = { ...nodeRuntime({ clock }), clock, random: new SeededRandom(variation.seed) };
  const config = {
    ...scenario.config,
    ...RECORDS,
    'manager.conf': { ...scenario.config?.['manager.conf'], [WATCHER]: USER },
  };
  const files = variedFiles(labConfig(), variation);
  const stage = stageFor({ ...scenario, config }, { runtime, files, seed: variation.seed });
  const admin = new Client(stage, WATCHER);
  clock.advance(10);
  logIn(admin, stage);
  clock.advance(10);
  const office: Office = { stage, clock, clients: [admin], admin };
  try {
    const watch = new Watch(office);
    let step = 'the first step';
    const play = playScenario(scenario, stage, {
      runtime,
      onStep: (next, description) => {
        step = description;
        if (next.do === 'die') watch.died.add(next.phone);
      },
    });
    for (let ticks = 1; !play.ended && clock.runNext(); ticks++) {
      const faults = ticks % TICKS === 0 ? watch.look(false) : [];
      if (faults.length > 0) return { faults };
    }
    const refused = play.failure === undefined ? {} : { refused: `${step}: ${reason(play.failure)}` };
    return { faults: watch.end(), ...refused };
  } catch (error) {
    return { faults: [`threw ${error instanceof Error ? error.stack : String(error)}`] };
  } finally {
    stage.dispose();
  }
}

/** Records and events of calls, which are followed too. */
const RECORDS = { 'cdr_manager.conf': { general: { enabled: 'yes' } }, 'cel.conf': { manager: { enabled: 'yes' } } };
const USER = { secret: 'watcherpw', read: 'all', write: 'all' };

function reason(failure: unknown): string {
  return failure instanceof Error ? (failure.message.split('\n')[0] ?? '') : String(failure);
}
