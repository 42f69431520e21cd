import type { AmiMessage } from '../../src/ami/message.ts';
import { Replacements } from './replacements.ts';

/** What must come in pairs or in turn, followed event by event; every breach is a sentence. */
export class Pairs {
  readonly faults: string[] = [];
  readonly #channels = new Map<string, 'up' | 'gone'>();
  /** Bridge by channel. */
  readonly #bridged = new Map<string, string>();
  /** Of each called channel: how its dial stands. */
  readonly #dialed = new Map<string, string>();
  readonly #music = new Set<string>();
  readonly #replacements = new Replacements();
  /** Who holds others: by its phone, or only by a feature, which does not know of the phone. */
  readonly #holding = new Map<string, 'phone' | 'feature'>();
  /** Who has just pressed a key: a feature holds and resumes for a party whether it holds already or not. Source: `ast_bridge_channel_write_hold`, main/bridge_channel.c. */
  readonly #pressed = new Set<string>();
  /** Who resumed though it held nobody: a transfer must follow. */
  readonly #resumed = new Set<string>();

  hear(event: AmiMessage): void {
    const id = event.get('Uniqueid') ?? '';
    const name = event.get('Channel') ?? '';
    this.#linkedids(event);
    this.#replacements.hear(event);
    if (event.event === 'ConfbridgeJoin') this.#takePlace(id, event.get('BridgeUniqueid') ?? '');
    switch (event.event) {
      case 'Newchannel':
        if (this.#channels.has(id)) this.#fault(`${name}: a second Newchannel`);
        this.#channels.set(id, 'up');
        break;
      case 'Hangup':
        if (this.#channels.get(id) !== 'up') this.#fault(`${name}: Hangup of a channel that is not there`);
        if (this.#bridged.has(id)) this.#fault(`${name}: Hangup in a bridge`);
        if (this.#dialed.get(id) === 'begun') this.#fault(`${name}: Hangup before its DialEnd`);
        this.#channels.set(id, 'gone');
        this.#holding.delete(id);
        break;
      case 'BridgeEnter':
        if (this.#channels.get(id) !== 'up') this.#fault(`${name}: BridgeEnter of a channel that is not there`);
        if (this.#bridged.has(id)) this.#fault(`${name}: BridgeEnter while in another bridge`);
        this.#bridged.set(id, event.get('BridgeUniqueid') ?? '');
        break;
      case 'BridgeLeave':
        if (this.#bridged.get(id) !== event.get('BridgeUniqueid'))
          this.#fault(`${name}: BridgeLeave of a bridge it is not in`);
        this.#bridged.delete(id);
        break;
      case 'BridgeDestroy':
        if ([...this.#bridged.values()].includes(event.get('BridgeUniqueid') ?? ''))
          this.#fault('BridgeDestroy of a bridge with channels');
        break;
      case 'DialBegin':
      case 'DialEnd':
        this.#dial(event);
        break;
      case 'MusicOnHoldStart':
        if (this.#music.has(id)) this.#fault(`${name}: MusicOnHoldStart while music plays`);
        this.#music.add(id);
        break;
      case 'MusicOnHoldStop':
        if (!this.#music.delete(id)) this.#fault(`${name}: MusicOnHoldStop while no music plays`);
        break;
      case 'Hold':
        this.#hold(id, name);
        break;
      case 'Unhold':
        if (!this.#holding.delete(id)) this.#resumed.add(id);
        break;
      case 'DTMFEnd':
        if (event.get('Direction') === 'Received') this.#pressed.add(id);
        break;
      case 'Pickup':
        this.#pickUp(event.get('TargetUniqueid') ?? '', id);
        break;
      case 'BlindTransfer':
        this.#resumed.delete(event.get('TransfererUniqueid') ?? '');
        break;
      case 'AttendedTransfer':
        this.#resumed.delete(event.get('OrigTransfererUniqueid') ?? '');
        this.#resumed.delete(event.get('SecondTransfererUniqueid') ?? '');
        break;
      default:
    }
  }

  /** Music plays to that channel now. */
  hearsMusic(uniqueid: string): boolean {
    return this.#music.has(uniqueid);
  }

  /** What never got its other half, once everything is over. */
  leftOver(): string[] {
    const { faults } = this;
    for (const [id, state] of this.#channels) if (state === 'up') faults.push(`channel ${id} has no Hangup`);
    for (const [id] of this.#bridged) faults.push(`channel ${id} has no BridgeLeave`);
    for (const [id, state] of this.#dialed) if (state === 'begun') faults.push(`channel ${id} has no DialEnd`);
    for (const id of this.#music) faults.push(`channel ${id} has no MusicOnHoldStop`);
    return faults;
  }

  /**
   * A dial of a queue that comes to nothing is told of twice, of Originate never. A channel that is called while it sits in a bridge,
   * as attended transfers by keys call, has no begin: the bridge tells what comes from it.
   * Source: recordings `queue-agent-ringnoanswer`, `queue-caller-abandons`, `originate-async-failure-no-answer`, `ami-atxfer`;
   * `bridge_handle_trip`, main/bridge_channel.c.
   */
  #dial(event: AmiMessage): void {
    const id = event.get('DestUniqueid') ?? '';
    const name = event.get('DestChannel') ?? '';
    const before = this.#dialed.get(id);
    if (event.event === 'DialBegin') {
      if (before !== undefined) this.#fault(`${name}: a second DialBegin`);
      this.#dialed.set(id, event.get('Channel') === undefined ? 'originated' : 'begun');
      return;
    }
    const status = event.get('DialStatus') ?? '';
    const again = (before === 'NOANSWER' || before === 'CANCEL') && status === 'CANCEL';
    const inBridge = event.get('Channel') === undefined && this.#bridged.has(id);
    if (before === undefined && !inBridge) this.#fault(`${name}: DialEnd without DialBegin`);
    else if (before !== undefined && before !== 'begun' && before !== 'originated' && !again)
      this.#fault(`${name}: a second DialEnd`);
    this.#dialed.set(id, again ? 'over' : status);
  }

  /** Whoever is put through to a conference is in its bridge in another's place without a word. Source: recording `busy-hour-mix`. */
  #takePlace(id: string, bridge: string): void {
    const before = this.#replacements.of(id);
    if (before === undefined || this.#bridged.get(before) !== bridge) return;
    this.#bridged.delete(before);
    this.#bridged.set(id, bridge);
  }

  #hold(id: string, name: string): void {
    const before = this.#holding.get(id);
    const byFeature = this.#pressed.delete(id);
    if (before === 'phone' && !byFeature) this.#fault(`${name}: Hold while it holds`);
    this.#holding.set(id, byFeature ? (before ?? 'feature') : 'phone');
  }

  /** Who picks a call up is dialled in the other's place. Source: recording `pickup-group`. */
  #pickUp(target: string, by: string): void {
    const dialled = this.#dialed.get(target);
    if (dialled === undefined) return;
    this.#dialed.set(by, dialled);
    this.#dialed.set(target, 'over');
  }

  #linkedids(event: AmiMessage): void {
    for (const [name, value] of event.headers)
      if (/Linkedid$/.test(name) && !this.#channels.has(value) && event.event !== 'Newchannel')
        this.#fault(`${event.event}: ${name} ${value} was never a channel`);
  }

  #fault(text: string): void {
    this.faults.push(text);
  }
}
