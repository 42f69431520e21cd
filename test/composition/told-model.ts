import type { AmiMessage } from '../../src/ami/message.ts';

/** A channel as the last event about it told. */
export interface ToldChannel {
  name: string;
  state: string;
  bridge: string;
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
  readonly devices = new Map<string, string>();
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
    switch (event.event) {
      case 'Newchannel':
        this.channels.set(uniqueid, { name: of('Channel'), state: of('ChannelState'), bridge: '' });
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
        if (of('DestType') === 'App')
          for (const queue of this.callers.values())
            if (queue.delete(of('SecondTransfererUniqueid'))) queue.add(of('TransfereeUniqueid'));
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
      case 'DeviceStateChange':
        this.devices.set(of('Device'), of('State'));
        break;
      case 'ExtensionStatus':
        this.extensions.set(`${of('Exten')}@${of('Context')}`, of('Status'));
        break;
      default:
    }
  }
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  set.add(value);
  sets.set(key, set);
}
