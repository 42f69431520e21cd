import { client, type Headers, pbx } from '../../src/scenarios/builder.ts';
import type { Step } from '../../src/scenarios/types.ts';
import type { Dice } from './dice.ts';
import type { Office } from './office.ts';
import { QUEUE_NAMES } from './office-config.ts';
import type { PhoneSteps } from './phone-steps.ts';

/** What a program tells a call that waits in AGI(agi:async). */
const AGI_COMMANDS = ['ANSWER', 'EXEC Wait 1', 'EXEC Dial PJSIP/1003,5', 'EXEC Queue support', 'EXEC ConfBridge 500', 'EXEC Park', 'EXEC Playback hello-world',
  'STREAM FILE beep #', 'SET VARIABLE COMPOSED yes', 'GET VARIABLE COMPOSED', 'EXEC NoSuchApplication', 'NO SUCH COMMAND', 'HANGUP',
  'ASYNCAGI BREAK']; // biome-ignore format: a table

/** What programs at the manager interface do. */
export class ManagerSteps {
  readonly #dice: Dice;
  readonly #phones: PhoneSteps;

  constructor(dice: Dice, phones: PhoneSteps) {
    this.#dice = dice;
    this.#phones = phones;
  }

  next(office: Office): Step {
    const dice = this.#dice.throw();
    if (dice < 0.4) return this.#moves(office);
    if (dice < 0.6) return this.#originates();
    if (dice < 0.75) return this.#queue(office);
    if (dice < 0.85) return this.#conference(office);
    if (dice < 0.97) return this.#alongside(office);
    return pbx.reloads(this.#one([undefined, 'manager', 'res_pjsip.so', 'app_queue.so', 'pbx_config.so']));
  }

  /** Puts channels elsewhere, or ends them. */
  #moves(office: Office): Step {
    const Channel = this.#channel(office);
    const place = { Context: 'from-phones', Exten: this.#phones.number(), Priority: '1' };
    const to = { Context: place.Context, Exten: place.Exten };
    switch (this.#dice.below(11)) {
      case 0:
        return this.#admin('Hangup', { Channel, ...this.#maybe(0.5, { Cause: '17' }) });
      case 1:
        return this.#admin('Redirect', { Channel, ...place });
      case 2:
        return this.#admin('Redirect', {
          Channel,
          ExtraChannel: this.#channel(office),
          ...place,
          ...this.#extraPlace(),
        });
      case 3:
      case 4:
        return this.#admin('BlindTransfer', { Channel, ...to });
      case 5:
        return this.#admin('Atxfer', { Channel, ...to });
      case 6:
        return this.#admin('CancelAtxfer', { Channel });
      case 7:
        return this.#admin('Park', { Channel, ...this.#parking(office) });
      case 8:
        return this.#admin('BridgeDestroy', { BridgeUniqueid: this.#bridge(office) });
      case 9:
        return this.#admin('BridgeKick', { Channel, ...this.#maybe(0.5, { BridgeUniqueid: this.#bridge(office) }) });
      default:
        return this.#admin('Bridge', {
          Channel1: Channel,
          Channel2: this.#channel(office),
          ...this.#maybe(0.3, { Tone: this.#one(['both', 'yes', 'channel1']) }),
        });
    }
  }

  #originates(): Step {
    const target = this.#one([
      { Context: 'from-phones', Exten: this.#phones.number(), Priority: '1' },
      { Application: 'Wait', Data: '3' },
      { Application: 'ConfBridge', Data: '500,labbridge,labuser' },
    ]);
    const Channel = this.#one([
      `PJSIP/${this.#one(this.#phones.phones)}`,
      `Local/${this.#phones.number()}@from-phones`,
      `Local/${this.#phones.number()}@from-phones/n`,
    ]);
    const headers = {
      Channel,
      ...target,
      ...this.#maybe(0.3, { CallerID: '"Web" <900>', Account: 'web' }),
      ...this.#maybe(0.2, { Variable: ['__COMPOSED=yes', 'OTHER=1'], EarlyMedia: 'true' }),
    };
    // Who waits for the answer does nothing else meanwhile.
    if (this.#dice.chance(0.2)) return client('panel').sends('Originate', headers, { withoutWaiting: true });
    return this.#admin('Originate', { ...headers, Async: 'true', ...this.#maybe(0.2, { Timeout: '4000' }) });
  }

  #queue(office: Office): Step {
    const Interface = this.#one([`PJSIP/${this.#one(this.#phones.phones)}`, 'Local/1005@from-phones']);
    const Queue = this.#one(QUEUE_NAMES);
    return this.#one([
      this.#admin('QueueAdd', { Queue, Interface, ...this.#maybe(0.3, { Penalty: '2' }) }),
      this.#admin('QueueAdd', { Queue: 'support', Interface }),
      this.#admin('QueueRemove', { Queue, Interface }),
      this.#admin('QueuePause', { Queue, Interface, Paused: this.#one(['true', 'false']) }),
      this.#admin('QueuePenalty', { Queue, Interface, Penalty: this.#one(['0', '3']) }),
      this.#admin('QueuePause', { Interface, Paused: this.#one(['true', 'false']), Reason: 'lunch' }),
      this.#admin('QueueMemberRingInUse', { Queue, Interface, RingInUse: this.#one(['true', 'false']) }),
      this.#admin('QueueChangePriorityCaller', { Queue, Caller: this.#channel(office), Priority: '5' }),
      this.#admin('QueueWithdrawCaller', { Queue, Caller: this.#channel(office) }),
      this.#admin('QueueReload', {}),
      this.#admin('AgentLogoff', { Agent: '2001', Soft: this.#one(['true', 'false']) }),
    ]);
  }

  #conference(office: Office): Step {
    const Conference = '500';
    const Channel = this.#one(['all', this.#channel(office)]);
    return this.#one([
      this.#admin('ConfbridgeKick', { Conference, Channel }),
      this.#admin('ConfbridgeMute', { Conference, Channel }),
      this.#admin('ConfbridgeUnmute', { Conference, Channel }),
      this.#admin('ConfbridgeLock', { Conference }),
      this.#admin('ConfbridgeUnlock', { Conference }),
      this.#admin('ConfbridgeUnlock', { Conference }),
      this.#admin('ConfbridgeStartRecord', { Conference }),
      this.#admin('ConfbridgeStopRecord', { Conference }),
    ]);
  }

  /** What goes on beside a call and does not move it. */
  #alongside(office: Office): Step {
    const Channel = this.#channel(office);
    return this.#one([
      this.#admin('MixMonitor', { Channel, File: 'composition.wav' }),
      this.#admin('StopMixMonitor', { Channel }),
      this.#admin('MixMonitorMute', { Channel, Direction: 'both', State: this.#one(['1', '0']) }),
      this.#admin('ControlPlayback', { Channel, Control: this.#one(['stop', 'pause', 'restart']) }),
      this.#admin('AGI', { Channel, Command: this.#one(AGI_COMMANDS), CommandID: 'composed' }),
      this.#admin('AGI', { Channel, Command: this.#one(AGI_COMMANDS), CommandID: 'composed' }),
      this.#admin('SendText', { Channel, Message: 'composed' }),
      this.#admin('PlayDTMF', { Channel, Digit: '5', Duration: '300', Receive: 'true' }),
      this.#admin('MuteAudio', { Channel, Direction: 'all', State: this.#one(['on', 'off']) }),
      this.#admin('PlayDTMF', { Channel, Digit: this.#one(['1', '#', '*']) }),
      this.#admin('Setvar', { Channel, Variable: 'COMPOSED', Value: 'yes' }),
      this.#admin('AbsoluteTimeout', { Channel, Timeout: this.#one(['1', '4']) }),
      this.#admin('LocalOptimizeAway', { Channel }),
      this.#admin('Setvar', { Variable: 'DEVICE_STATE(Custom:lamp1)', Value: this.#one(['INUSE', 'NOT_INUSE']) }),
    ]);
  }

  /** The newest channel of a phone, or any that is there. */
  #channel({ stage }: Office): string {
    const locals = Object.values(stage.simulation.state.channels).filter(({ tech }) => tech === 'Local');
    if (locals.length > 0 && this.#dice.chance(0.25)) return this.#one(locals).name;
    return `\${channel of ${this.#one(this.#phones.phones)}}`;
  }

  /** One that is there, not of the PBX itself; '' where there is none, which the step language leaves out. */
  #bridge({ stage }: Office): string {
    const bridges = Object.values(stage.simulation.state.bridges).filter(({ type }) => type === 'basic');
    return bridges.length === 0 ? '' : this.#one(bridges).uniqueid;
  }

  #extraPlace(): Headers {
    return this.#maybe(0.5, { ExtraContext: 'from-phones', ExtraExten: this.#phones.number(), ExtraPriority: '1' });
  }

  #parking(office: Office): Headers {
    return {
      ...this.#maybe(0.3, { Parkinglot: 'short' }),
      ...this.#maybe(0.3, { AnnounceChannel: this.#channel(office) }),
      ...this.#maybe(0.3, { TimeoutChannel: this.#channel(office) }),
    };
  }

  #maybe(share: number, headers: Headers): Headers {
    return this.#dice.chance(share) ? headers : {};
  }

  #admin(action: string, headers: Headers): Step {
    return client('admin').sends(action, headers);
  }

  #one<Item>(items: readonly Item[]): Item {
    return this.#dice.one(items);
  }
}
