/**
 * A gateway in front of a PBX where people do what comes to their minds, its link is cut and the PBX restarts: whatever happens, its
 * model is what the PBX's own lists say.
 */
import { describe, expect, test } from 'vitest';
import { AmiError } from '../src/ami/ami-error.ts';
import type { Link } from '../src/ami/link.ts';
import { nodeRuntime } from '../src/ami/runtime.node.ts';
import { SeededRandom } from '../src/ami/seeded-random.ts';
import { Gateway } from '../src/gateway/gateway.ts';
import type { PbxState } from '../src/gateway/wire/protocol.ts';
import type { Step } from '../src/scenarios/types.ts';
import { asScenario } from './composition/as-scenario.ts';
import { doStep } from './composition/do-step.ts';
import { knownModel, type Listing, listedModel } from './composition/listed-model.ts';
import { Client, logIn, type Office, openOffice } from './composition/office.ts';
import { RandomSteps } from './composition/random-steps.ts';

/** `GHOSTS=500 npx vitest run test/gateway-ghosts.test.ts` plays so many, `GHOST_SEED=100` begins there. */
const COUNT = Number(process.env['GHOSTS'] ?? 24);
const FIRST = Number(process.env['GHOST_SEED'] ?? 1);
/** Everything stands still for so long before lists are compared. */
const QUIET_MS = 40;

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

class Watched {
  office: Office;
  readonly gateway: Gateway;
  readonly links: Link[] = [];

  constructor(seed: number) {
    this.office = openOffice(seed);
    const { stage, clock } = this.office;
    const runtime = nodeRuntime({ clock, random: new SeededRandom(seed) });
    const connect = async () => {
      const link = stage.connect();
      if (link === undefined) throw new AmiError('AMI_CONNECT_FAILED', 'The PBX is down');
      this.links.push(link);
      return link;
    };
    const credentials = { username: 'admin', secret: stage.managerSecret('admin') ?? '' };
    this.gateway = new Gateway({ runtime, pbx: { connect, credentials }, users: { version: 1, users: [] } });
    this.gateway.open().catch(() => {});
  }

  /** What is under way at the links and in promises gets done; nothing but what is due happens. */
  async catchUp(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) {
      await settle();
      this.office.clock.advance(0);
    }
  }

  /** Lets time pass until the gateway is up and nothing is about to happen; false: it does not come to rest. */
  async rest(): Promise<boolean> {
    const { stage, clock } = this.office;
    for (let tries = 0; tries < 400; tries++) {
      await this.catchUp();
      const [next] = stage.simulation.state.tasks;
      const isQuiet = next === undefined || next.dueMs > clock.now() + QUIET_MS;
      if (isQuiet && this.gateway.pbxState === 'up') return true;
      clock.advance(this.gateway.pbxState === 'up' ? QUIET_MS / 4 : 200);
    }
    return false;
  }

  async restart(): Promise<void> {
    const { stage, clock } = this.office;
    stage.pbx.restart();
    await this.until((state) => state !== 'up');
    await this.until((state) => state === 'up');
    const admin = new Client(stage, 'admin');
    clock.advance(10);
    logIn(admin, stage);
    clock.advance(10);
    this.office = { ...this.office, clients: [admin], admin };
  }

  async until(fits: (state: PbxState) => boolean): Promise<void> {
    for (let tries = 0; tries < 500 && !fits(this.gateway.pbxState); tries++) {
      await this.catchUp();
      this.office.clock.advance(100);
    }
  }

  faults(): readonly string[] {
    const [listed, known] = [listedModel(this.office), knownModel(this.gateway.model)];
    const unsure = undecided(listed);
    return Object.keys(listed).flatMap((list) => differences(list, listed, known, list === 'lamps' ? unsure : []));
  }
}

const LAMP_OF: ReadonlyMap<string, string> = new Map([
  ['NOT_INUSE', '0'],
  ['INUSE', '1'],
  ['BUSY', '2'],
  ['UNAVAILABLE', '4'],
  ['RINGING', '8'],
  ['RINGINUSE', '9'],
  ['ONHOLD', '16'],
]);

/**
 * Phones about whose state the PBX's two lists do not agree: the one of lamps shows what they are now, the one of devices, as events do,
 * what was told last. Source: recording `call-unreachable-endpoint`.
 */
function undecided({ lamps = [], devices = [] }: Listing): readonly string[] {
  const told = new Map(devices.map((line) => line.split(' ') as [device: string, state: string]));
  return lamps.flatMap((line) => {
    const [exten = '', , status] = line.split(' ');
    const state = told.get(`PJSIP/${exten}`);
    return state === undefined || LAMP_OF.get(state) === status ? [] : [exten];
  });
}

function differences(list: string, listed: Listing, known: Listing, without: readonly string[]): readonly string[] {
  const fits = (line: string) => !without.some((name) => line.startsWith(`${name} `));
  const [theirs, ours] = [(listed[list] ?? []).filter(fits), (known[list] ?? []).filter(fits)];
  return [
    ...theirs.filter((line) => !ours.includes(line)).map((line) => `${list}: the PBX has ${line}`),
    ...ours.filter((line) => !theirs.includes(line)).map((line) => `${list}: a ghost, ${line}`),
  ];
}

async function play(
  seed: number,
): Promise<{ readonly faults: readonly string[]; readonly steps: readonly Step[]; seen: number }> {
  const watched = new Watched(seed);
  const random = new RandomSteps(seed);
  const chance = new SeededRandom(`ghosts ${seed}`);
  const steps: Step[] = [];
  let seen = 0;
  if (!(await watched.rest())) return { faults: ['the gateway does not come up'], steps, seen };
  for (let left = random.length(); left > 0; left--) {
    const step = random.next(watched.office);
    if (doStep(watched.office, step)) steps.push(step);
    await watched.catchUp();
    const dice = chance.next();
    if (dice < 0.08) watched.links.at(-1)?.destroy();
    if (dice > 0.98) await watched.restart();
    if (dice > 0.4 && dice < 0.98) continue;
    if (!(await watched.rest())) continue;
    seen += watched.gateway.model.channels.size;
    const faults = watched.faults();
    if (faults.length > 0) return { faults, steps, seen };
  }
  watched.gateway.close();
  watched.office.stage.dispose();
  return { faults: [], steps, seen };
}

describe('whatever people do, and whatever becomes of the link', () => {
  const batches = Array.from({ length: Math.ceil(COUNT / 12) }, (_, batch) => FIRST + batch * 12);
  test.each(batches)(
    'the model is what the PBX lists: no ghosts, nothing missing (from seed %d)',
    async (from) => {
      let seen = 0;
      for (let seed = from; seed < Math.min(from + 12, FIRST + COUNT); seed++) {
        const played = await play(seed);
        if (played.faults.length > 0)
          expect.fail(asScenario({ seed, steps: played.steps, faults: played.faults, heard: [] }));
        seen += played.seen;
      }
      expect(seen).toBeGreaterThan(20);
    },
    120_000,
  );
});
