import type { AmiMessage } from '../../src/ami/message.ts';
import { Replacements } from './replacements.ts';

/** A channel as the last event about it told. */
export interface ToldChannel {
  name: string;
  state: string;
  bridge: string;
  /** Caller and connected line, account. */
  parties: string;
}

/** Headers whose changes are always told. */
const PARTIES = ['CallerIDNum', 'CallerIDName', 'ConnectedLineNum', 'ConnectedLineName', 'AccountCode'] as const;

/** Events of what lists show; others may carry what the channel is about to show. Source: `publish` of the simulation, recordings `queue-*`. */
const SHOWING = new Set(['Newstate', 'Newexten', 'NewCallerid', 'NewConnectedLine', 'NewAccountCode']);

/** Of an event about a channel, or a row of a list. */
export function partiesOf(message: AmiMessage): string {
  return PARTIES.map((name) => message.get(name) ?? '').join('|');
}

/** What a program knows that only listens: channels, bridges, queues, lots, conferences, devices, extensions. */
export class ToldModel {
  readonly channels = new Map<string, ToldChannel>();
  /** Uniqueids of members by the bridge's. */
  readonly bridges = new Map<string, Set<string>>();
  /** Uniqueids of callers by queue. */
  readonly callers = new Map<string, Set<string>>();
  /** By `queue interface`. */
  readonly members = new Map<string, { status: string; paused: string }>();
  /** Uniqueids by `lot space`. */
  readonly parked = new Map<string, string>();
  /** Uniqueids by conference. */
  readonly conferences = new Map<string, Set<string>>();
  /** Channel names by agent. */
  readonly agents = new Map<string, string>();
  readonly devices = new Map<string, string>();
  /** Bridges that took in one party in the place of the only one there: a transfer of a call whose other party had gone. */
  readonly deserted = new Set<string>();
  readonly #replacements = new Replacements();
  /** By `exten@context`. */
  readonly extensions = new Map<string, string>();

  /**
   * Endpoints of which a channel has dialled and hears no ringing yet: lists show what that makes of their state, no event told it.
   * Source: recording `call-unreachable-endpoint`.
   */
  quietCallers(): string[] {
    return [...this.channels.values()].flatMap(({ name, state }) =>
      state === '4' ? (/^PJSIP\/(\w+)-/.exec(name)?.[1] ?? []) : [],
    );
  }

  /** Takes one event that is told, no row of a list. */
  hear(event: AmiMessage): void {
    const of = (name: string): string => event.get(name) ?? '';
    const uniqueid = of('Uniqueid');
    const known = this.channels.get(uniqueid);
    if (known !== undefined && SHOWING.has(event.event ?? '')) known.parties = partiesOf(event);
    this.#replacements.hear(event);
    if (event.event === 'ConfbridgeJoin') this.#takesPlace(uniqueid, of('BridgeUniqueid'));
    switch (event.event) {
      case 'Newchannel':
        this.channels.set(uniqueid, {
          name: of('Channel'),
          state: of('ChannelState'),
          bridge: '',
          parties: partiesOf(event),
        });
        break;
      case 'Newstate': {
        const channel = this.channels.get(uniqueid);
        if (channel !== undefined) channel.state = of('ChannelState');
        break;
      }
      case 'Rename': {
        const channel = this.channels.get(uniqueid);
        if (channel !== undefined) channel.name = of('Newname');
        break;
      }
      case 'Hangup':
        this.channels.delete(uniqueid);
        break;
      case 'BridgeCreate':
        this.bridges.set(of('BridgeUniqueid'), new Set());
        break;
      case 'BridgeEnter': {
        const channel = this.channels.get(uniqueid);
        if (channel !== undefined) channel.bridge = of('BridgeUniqueid');
        add(this.bridges, of('BridgeUniqueid'), uniqueid);
        break;
      }
      case 'BridgeLeave': {
        const channel = this.channels.get(uniqueid);
        if (channel !== undefined) channel.bridge = '';
        this.bridges.get(of('BridgeUniqueid'))?.delete(uniqueid);
        break;
      }
      case 'BridgeDestroy':
        this.bridges.delete(of('BridgeUniqueid'));
        break;
      case 'QueueCallerJoin':
        add(this.callers, of('Queue'), uniqueid);
        break;
      case 'QueueCallerLeave':
        this.callers.get(of('Queue'))?.delete(uniqueid);
        break;
      case 'QueueMemberAdded':
      case 'QueueMemberStatus':
      case 'QueueMemberPause':
        this.members.set(`${of('Queue')} ${of('Interface')}`, {
          status: of('Status'),
          paused: of('Paused'),
        });
        break;
      case 'QueueMemberRemoved':
        this.members.delete(`${of('Queue')} ${of('Interface')}`);
        break;
      case 'AttendedTransfer':
        if (of('OrigBridgeNumChannels') === '1') this.deserted.add(of('OrigBridgeUniqueid'));
        if (of('SecondBridgeNumChannels') === '1') this.deserted.add(of('SecondBridgeUniqueid'));
        if (of('DestType') === 'App') this.#goesOnAs();
        break;
      case 'ParkedCall':
      case 'ParkedCallSwap':
        this.parked.set(`${of('Parkinglot')} ${of('ParkingSpace')}`, of('ParkeeUniqueid'));
        break;
      case 'ParkedCallTimeOut':
      case 'ParkedCallGiveUp':
      case 'UnParkedCall':
        this.parked.delete(`${of('Parkinglot')} ${of('ParkingSpace')}`);
        break;
      case 'ConfbridgeStart':
        this.conferences.set(of('Conference'), new Set());
        break;
      case 'ConfbridgeEnd':
        this.conferences.delete(of('Conference'));
        break;
      case 'ConfbridgeJoin':
        add(this.conferences, of('Conference'), uniqueid);
        break;
      case 'ConfbridgeLeave':
        this.conferences.get(of('Conference'))?.delete(uniqueid);
        break;
      case 'AgentLogin':
        this.agents.set(of('Agent'), of('Channel'));
        break;
      case 'AgentLogoff':
        this.agents.delete(of('Agent'));
        break;
      case 'DeviceStateChange':
        this.devices.set(of('Device'), of('State'));
        break;
      case 'ExtensionStatus':
        this.extensions.set(`${of('Exten')}@${of('Context')}`, of('Status'));
        break;
      default:
    }
  }

  /** In the bridge of a conference another channel takes a member's place without a word. Source: recording `busy-hour-mix`. */
  #takesPlace(uniqueid: string, bridge: string): void {
    const before = this.#replacements.of(uniqueid) ?? '';
    const channel = this.channels.get(uniqueid);
    if (channel === undefined || this.channels.get(before)?.bridge !== bridge) return;
    this.bridges.get(bridge)?.delete(before);
    add(this.bridges, bridge, uniqueid);
    channel.bridge = bridge;
    const gone = this.channels.get(before);
    if (gone !== undefined) gone.bridge = '';
  }

  /** Another channel goes on with an application: it waits in its queue, without a word. Source: recording `busy-hour-mix`. */
  #goesOnAs(): void {
    const [after, before] = this.#replacements.newest;
    for (const queue of this.callers.values()) if (queue.delete(before)) queue.add(after);
  }
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  set.add(value);
  sets.set(key, set);
}
