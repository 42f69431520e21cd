import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { readPbxConfig } from '../config/pbx-config.ts';
import { SimulatedPhone } from '../phones/simulated-phone.ts';
import { createPbx } from './create-pbx.ts';
import type { PbxEvent } from './event.ts';
import type { Pbx } from './pbx.ts';

const PJSIP = ['1001', '1002', '1003']
  .map(
    (name) => `[${name}]
type=endpoint
context=office
aors=${name}
auth=${name}
callerid="Phone ${name}" <${name}>
accountcode=acc${name}
moh_suggest=default
[${name}]
type=auth
username=${name}
password=secret
[${name}]
type=aor
max_contacts=1
`,
  )
  .join('');

/** A PBX with three phones, a dialplan of one's own, and a clock that the test moves. */
export class SmallPbx {
  readonly clock = new ManualClock();
  readonly pbx: Pbx;
  readonly events: PbxEvent[] = [];

  /** `more`: further files of configuration by name. */
  constructor(dialplan: string, more: Readonly<Record<string, string>> = {}) {
    const files = new Map([
      ['extensions.conf', `[office]\n${dialplan}\n`],
      ['pjsip.conf', PJSIP],
      ...Object.entries(more),
    ]);
    this.pbx = createPbx({ runtime: nodeRuntime({ clock: this.clock }), config: readPbxConfig(files).config, seed: 1 });
    this.pbx.onEvent((event) => this.events.push(event));
  }

  phone(name: string): SimulatedPhone {
    return new SimulatedPhone(this.pbx, name);
  }

  /** Lets `ms` pass. */
  pass(ms: number): void {
    this.clock.advance(ms);
  }

  /** Names of the events since the last call of this, of those names only where some are given. */
  told(...names: string[]): string[] {
    const told = this.events.splice(0).map(({ name }) => name);
    return names.length === 0 ? told : told.filter((name) => names.includes(name));
  }

  /** One header of each event of that name since the last call of `told`. */
  values(name: string, header: string): (string | undefined)[] {
    return this.events
      .filter((event) => event.name === name)
      .map((event) => event.headers.find(([candidate]) => candidate === header)?.[1]);
  }
}

/** A dialplan in which every desk phone can be dialled, with these options of Dial. */
export function dialPlan(options = ''): string {
  return `exten => _10XX,1,Dial(PJSIP/\${EXTEN},30${options && `,${options}`})\n same => n,Hangup()`;
}

/** A small PBX in which 1001 has called 1002 and they talk; what was told up to then is thrown away. */
export function talkingPbx(dialplan = dialPlan(), more: Readonly<Record<string, string>> = {}): SmallPbx {
  const office = new SmallPbx(dialplan, more);
  office.phone('1001').dial('1002');
  office.pass(100);
  office.phone('1002').answer();
  office.pass(100);
  office.told();
  return office;
}
