import type { Header } from '../../../ami/message.ts';
import { channelsIn } from '../bridge.ts';
import type { PbxEvent } from '../event.ts';
import type { EventWatcher } from '../machinery.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { type EventSubject, headerOf, subjectOf } from './event-subject.ts';
import { hangupSource } from './hangup-source.ts';
import { peerAccount } from './peer-account.ts';
import { recordTime } from './record-time.ts';

/** What one line of the channel event log says besides its channel. */
interface CelEntry {
  readonly name: string;
  readonly peers?: readonly string[];
  /** Written as JSON, in this order. */
  readonly extra?: Readonly<Record<string, string | number>>;
}

/** Tells one line to AMI, where cel.conf asks for it. Source: `manager_log`, cel/cel_manager.c; recordings `cdr-cel-*`. */
function log(pbx: Pbx, { channel, snapshot }: EventSubject, entry: CelEntry): void {
  const { cel } = pbx.config.records;
  if (!cel.events.includes('ALL') && !cel.events.includes(entry.name)) return;
  // The driver gives a new channel its caller's numbers only after it was told of.
  const known = entry.name !== 'CHAN_START';
  const headers: Header[] = [
    ['EventName', entry.name],
    ['AccountCode', snapshot.accountCode],
    ['CallerIDnum', snapshot.callerIdNum],
    ['CallerIDname', snapshot.callerIdName],
    ['CallerIDani', known ? snapshot.callerIdNum : ''],
    ['CallerIDrdnis', ''],
    ['CallerIDdnid', known ? channel.dialedNumber : ''],
    ['Exten', snapshot.exten],
    ['Context', snapshot.context],
    ['Channel', snapshot.channel],
    ['Application', snapshot.application],
    ['AppData', snapshot.applicationData],
    ['EventTime', recordTime(pbx.now)],
    ['AMAFlags', 'DOCUMENTATION'],
    ['UniqueID', snapshot.uniqueid],
    ['LinkedID', snapshot.linkedid],
    ['Userfield', ''],
    ['Peer', (entry.peers ?? []).join(',')],
    ['PeerAccount', peerAccount(channel)],
    ['Extra', entry.extra === undefined ? '' : JSON.stringify(entry.extra)],
  ];
  pbx.emit('CEL', headers);
}

function logged(what: (pbx: Pbx, event: PbxEvent, subject: EventSubject) => void, prefix = ''): EventWatcher {
  return (pbx, event) => {
    const { cel, celManager } = pbx.config.records;
    if (!cel.enabled || !celManager.enabled) return;
    const subject = subjectOf(pbx, event, prefix);
    if (subject !== undefined) what(pbx, event, subject);
  };
}

const APPLICATION = 'celApplication';

/** An application that cel.conf names begins or ends. Source: `cel_channel_app_change`, main/cel.c. */
function applicationChanged(pbx: Pbx, subject: EventSubject, now: string): void {
  const { apps } = pbx.config.records.cel;
  const before = subject.channel.extra[APPLICATION] ?? '';
  if (before === now) return;
  subject.channel.extra[APPLICATION] = now;
  if (typeof before === 'string' && apps.includes(before.toLowerCase())) log(pbx, subject, { name: 'APP_END' });
  if (apps.includes(now.toLowerCase())) log(pbx, subject, { name: 'APP_START' });
}

/** Source: `cel_channel_state_change` and `check_retire_linkedid`, main/cel.c. */
function ended(pbx: Pbx, subject: EventSubject): void {
  const { channel } = subject;
  const dialstatus = channel.variables['DIALSTATUS']?.value ?? '';
  applicationChanged(pbx, subject, '');
  const extra = { hangupcause: channel.hangupCause, hangupsource: hangupSource(channel), dialstatus };
  log(pbx, subject, { name: 'HANGUP', extra });
  log(pbx, subject, { name: 'CHAN_END' });
  const last = pbx.channels().every((other) => other === channel || other.linkedid !== channel.linkedid);
  if (last) log(pbx, subject, { name: 'LINKEDID_END' });
}

function bridged(name: 'BRIDGE_ENTER' | 'BRIDGE_EXIT'): EventWatcher {
  return logged((pbx, event, subject) => {
    const id = headerOf(event, 'BridgeUniqueid');
    const bridge = pbx.bridge(id);
    const others = bridge === undefined ? [] : channelsIn(pbx, bridge).filter((other) => other !== subject.channel);
    log(pbx, subject, {
      name,
      peers: others.map((other: Channel) => other.name),
      extra: { bridge_id: id, bridge_technology: headerOf(event, 'BridgeTechnology') },
    });
  });
}

/** Both halves of a Local channel step aside. Source: `cel_local_optimization_cb_helper`. */
function optimized(name: 'LOCAL_OPTIMIZE_BEGIN' | 'LOCAL_OPTIMIZE'): EventWatcher {
  return logged((pbx, event, subject) => {
    const extra = {
      local_two: headerOf(event, 'LocalTwoChannel'),
      local_two_uniqueid: headerOf(event, 'LocalTwoUniqueid'),
    };
    log(pbx, subject, { name, extra });
  }, 'LocalOne');
}

/** Told of the channel whose call was taken. Source: `cel_pickup_cb`. */
const pickedUp = logged((pbx, event, subject) => {
  const extra = { pickup_channel: headerOf(event, 'Channel'), pickup_channel_uniqueid: headerOf(event, 'Uniqueid') };
  log(pbx, subject, { name: 'PICKUP', extra });
}, 'Target');

/** A phone sends its call on: told of who called. Source: `cel_dial_cb`. */
const forwarded = logged((pbx, event, subject) => {
  const forward = headerOf(event, 'Forward');
  if (forward !== '') log(pbx, subject, { name: 'FORWARD', extra: { forward } });
});

const parked = logged((pbx, event, subject) => {
  const extra = { parker_dial_string: headerOf(event, 'ParkerDialString'), parking_lot: headerOf(event, 'Parkinglot') };
  log(pbx, subject, { name: 'PARK_START', extra });
}, 'Parkee');

/** Source: `cel_parking_cb`. */
function unparked(reason: string): EventWatcher {
  return logged((pbx, event, subject) => {
    const retriever = headerOf(event, 'RetrieverChannel');
    log(pbx, subject, { name: 'PARK_END', extra: { reason, ...(retriever === '' ? {} : { retriever }) } });
  }, 'Parkee');
}

/** Source: `cel_blind_transfer_cb`. */
const blindTransfer = logged((pbx, event, subject) => {
  if (headerOf(event, 'Result') !== 'Success') return;
  log(pbx, subject, {
    name: 'BLINDTRANSFER',
    extra: {
      extension: headerOf(event, 'Extension'),
      context: headerOf(event, 'Context'),
      bridge_id: headerOf(event, 'BridgeUniqueid'),
      transferee_channel_name: headerOf(event, 'TransfereeChannel') || 'N/A',
      transferee_channel_uniqueid: headerOf(event, 'TransfereeUniqueid') || 'N/A',
    },
  });
}, 'Transferer');

/** Source: `cel_attended_transfer_cb`. */
const attendedTransfer = logged((pbx, event, first) => {
  if (headerOf(event, 'Result') !== 'Success') return;
  const application = headerOf(event, 'DestApp');
  // The bridge that is named first is one in any case. Source: `cel_attended_transfer_cb`.
  const [one, other] = headerOf(event, 'OrigBridgeUniqueid') === '' ? ['Second', 'Orig'] : ['Orig', 'Second'];
  const to = application === '' ? { bridge2_id: headerOf(event, `${other}BridgeUniqueid`) } : { app: application };
  const subject = one === 'Orig' ? first : (subjectOf(pbx, event, 'SecondTransferer') ?? first);
  log(pbx, subject, {
    name: 'ATTENDEDTRANSFER',
    extra: {
      bridge1_id: headerOf(event, `${one}BridgeUniqueid`),
      channel2_name: headerOf(event, `${other}TransfererChannel`),
      channel2_uniqueid: headerOf(event, `${other}TransfererUniqueid`),
      ...to,
      transferee_channel_name: headerOf(event, 'TransfereeChannel') || 'N/A',
      transferee_channel_uniqueid: headerOf(event, 'TransfereeUniqueid') || 'N/A',
      transfer_target_channel_name: headerOf(event, 'TransferTargetChannel') || 'N/A',
      transfer_target_channel_uniqueid: headerOf(event, 'TransferTargetUniqueid') || 'N/A',
    },
  });
}, 'OrigTransferer');

/** Writes the channel event log from what the PBX tells. Source: main/cel.c. */
export const celWatchers: Readonly<Record<string, EventWatcher>> = {
  Newchannel: logged((pbx, _event, subject) => log(pbx, subject, { name: 'CHAN_START' })),
  Newstate: logged((pbx, _event, subject) => {
    if (subject.snapshot.state === 'Up') log(pbx, subject, { name: 'ANSWER' });
  }),
  Newexten: logged((pbx, event, subject) => applicationChanged(pbx, subject, headerOf(event, 'Application'))),
  BridgeEnter: bridged('BRIDGE_ENTER'),
  BridgeLeave: bridged('BRIDGE_EXIT'),
  LocalOptimizationBegin: optimized('LOCAL_OPTIMIZE_BEGIN'),
  LocalOptimizationEnd: optimized('LOCAL_OPTIMIZE'),
  Pickup: pickedUp,
  DialEnd: forwarded,
  ParkedCall: parked,
  ParkedCallTimeOut: unparked('ParkedCallTimeOut'),
  ParkedCallGiveUp: unparked('ParkedCallGiveUp'),
  ParkedCallSwap: unparked('ParkedCallSwap'),
  UnParkedCall: unparked('ParkedCallUnparked'),
  BlindTransfer: blindTransfer,
  AttendedTransfer: attendedTransfer,
  Hangup: logged((pbx, _event, subject) => ended(pbx, subject)),
};
