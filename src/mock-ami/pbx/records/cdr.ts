import type { PbxEvent } from '../event.ts';
import type { EventWatcher } from '../machinery.ts';
import { own } from '../own.ts';
import type { Pbx } from '../pbx.ts';
import type { Channel } from '../state.ts';
import { type CdrRecord, type Disposition, tellRecord } from './cdr-record.ts';
import { type EventSubject, headerOf, subjectOf } from './event-subject.ts';

/** Records of living channels by uniqueid, oldest first; those that were called keep theirs for calls of their own. */
type Records = Record<string, CdrRecord[]>;

function recordsOf(pbx: Pbx, uniqueid: string): CdrRecord[] {
  return (
    own(
      pbx.part<Records>('cdr', () => ({})),
      uniqueid,
    ) ?? []
  );
}

function openRecord(pbx: Pbx, { channel, snapshot }: EventSubject): CdrRecord {
  const record: CdrRecord = {
    stage: 'single',
    uniqueid: channel.uniqueid,
    channel: snapshot.channel,
    accountCode: snapshot.accountCode,
    callerNum: snapshot.callerIdNum,
    callerName: snapshot.callerIdName,
    context: snapshot.context,
    exten: snapshot.exten,
    application: snapshot.application,
    applicationData: snapshot.applicationData,
    peer: '',
    peerName: '',
    bridge: '',
    startMs: pbx.now,
    answerMs: snapshot.state === 'Up' ? pbx.now : 0,
    endMs: 0,
    disposition: '',
  };
  const records = pbx.part<Records>('cdr', () => ({}));
  records[channel.uniqueid] = [...(records[channel.uniqueid] ?? []), record];
  return record;
}

/** The record takes over what its party A shows now. Source: `base_process_party_a`, main/cdr.c. */
function follow(record: CdrRecord, { snapshot }: EventSubject): void {
  record.channel = snapshot.channel;
  record.accountCode = snapshot.accountCode;
  record.callerNum = snapshot.callerIdNum;
  record.callerName = snapshot.callerIdName;
  record.context = snapshot.context;
  record.exten = snapshot.exten;
  if (record.stage === 'single' && snapshot.application !== '') {
    record.application = snapshot.application;
    record.applicationData = snapshot.applicationData;
  }
}

/** Source: `cdr_object_finalize`, main/cdr.c. */
function finish(pbx: Pbx, record: CdrRecord, cause: number): void {
  if (record.stage === 'final') return;
  record.stage = 'final';
  record.endMs = pbx.now;
  if (record.disposition === '') record.disposition = record.answerMs === 0 ? unansweredBy(pbx, cause) : 'ANSWERED';
}

function unansweredBy(pbx: Pbx, cause: number): Disposition {
  if (cause === 17) return 'BUSY';
  if (cause === 34) return pbx.config.records.cdr.congestion ? 'CONGESTION' : 'FAILED';
  return cause === 3 || cause === 20 ? 'FAILED' : 'NO ANSWER';
}

/** Source: `dial_status_to_disposition`, main/cdr.c. */
function dispositionOf(pbx: Pbx, dialStatus: string): Disposition {
  if (dialStatus === 'ANSWER') return 'ANSWERED';
  if (dialStatus === 'BUSY') return 'BUSY';
  if (dialStatus === 'CONGESTION') return pbx.config.records.cdr.congestion ? 'CONGESTION' : 'FAILED';
  return dialStatus === 'CHANUNAVAIL' ? 'FAILED' : 'NO ANSWER';
}

function kept(what: (pbx: Pbx, event: PbxEvent, subject: EventSubject) => void): EventWatcher {
  return (pbx, event) => {
    const { cdr, cdrManager } = pbx.config.records;
    if (!cdr.enabled || !cdrManager.enabled) return;
    const subject = subjectOf(pbx, event);
    if (subject !== undefined) what(pbx, event, subject);
  };
}

/** A record that is done is followed by another once the channel goes on in the dialplan. Source: `check_new_cdr_needed`. */
function goesOn(pbx: Pbx, _event: PbxEvent, subject: EventSubject): void {
  const { channel } = subject;
  const records = recordsOf(pbx, channel.uniqueid);
  for (const record of records) if (record.stage !== 'final') follow(record, subject);
  const afterCall = channel.runs.at(-1)?.afterHangup === true && pbx.config.records.cdr.endBeforeHExten;
  if (!afterCall && records.length > 0 && records.every(({ stage }) => stage === 'final')) openRecord(pbx, subject);
}

/** Source: `single_state_process_dial_begin` and `dial_state_process_dial_begin`: each called channel has a record. */
function dials(pbx: Pbx, event: PbxEvent, caller: EventSubject): void {
  const leg = subjectOf(pbx, event, 'Dest');
  if (leg === undefined) return;
  const records = recordsOf(pbx, caller.channel.uniqueid);
  const free = records.find(({ stage, peer }) => stage === 'single' && peer === '') ?? openRecord(pbx, caller);
  free.stage = 'dialing';
  free.application = caller.snapshot.application;
  free.applicationData = caller.snapshot.applicationData;
  free.peer = leg.channel.uniqueid;
  free.peerName = leg.channel.name;
}

/** Source: `dial_state_process_dial_end`. */
function dialEnds(pbx: Pbx, event: PbxEvent, caller: EventSubject): void {
  const peer = headerOf(event, 'DestUniqueid');
  const status = headerOf(event, 'DialStatus');
  for (const record of recordsOf(pbx, caller.channel.uniqueid)) {
    if (record.stage !== 'dialing' || record.peer !== peer) continue;
    record.disposition = dispositionOf(pbx, status);
    if (status === 'ANSWER') record.stage = 'answered';
    else finish(pbx, record, 0);
  }
}

function answers(pbx: Pbx, _event: PbxEvent, subject: EventSubject): void {
  for (const record of recordsOf(pbx, subject.channel.uniqueid)) {
    if (record.stage === 'final') continue;
    follow(record, subject);
    if (subject.snapshot.state === 'Up' && record.answerMs === 0) record.answerMs = pbx.now;
  }
}

/** Source: `handle_standard_bridge_enter_message`: of two that meet, the older is party A. */
function enters(pbx: Pbx, _event: PbxEvent, subject: EventSubject): void {
  const bridge = pbx.bridge(subject.channel.bridge);
  if (bridge === undefined || bridge.type === 'parking') return;
  for (const uniqueid of bridge.channels) {
    const other = pbx.channel(uniqueid);
    if (other === undefined || other === subject.channel) continue;
    const isOlder = other.createdMs < subject.channel.createdMs;
    meet(pbx, isOlder ? other : subject.channel, isOlder ? subject.channel : other, bridge.uniqueid);
  }
}

function meet(pbx: Pbx, a: Channel, b: Channel, bridge: string): void {
  const records = recordsOf(pbx, a.uniqueid);
  const open = records.filter(({ stage }) => stage === 'single' || stage === 'answered');
  const snapshot = a.published;
  const record =
    open.find(({ peer }) => peer === b.uniqueid) ??
    open.find(({ peer }) => peer === '') ??
    (snapshot === undefined ? undefined : openRecord(pbx, { channel: a, snapshot }));
  if (record === undefined) return;
  Object.assign(record, { stage: 'bridged', peer: b.uniqueid, peerName: b.name, bridge });
  if (record.answerMs === 0) record.answerMs = pbx.now;
}

/** Whom a blind transfer sends elsewhere is there before the bridge ends. Source: both runs of `cdr-cel-blind-transfer`. */
function sentElsewhere(pbx: Pbx, event: PbxEvent): void {
  if (headerOf(event, 'Result') !== 'Success') return;
  for (const record of recordsOf(pbx, headerOf(event, 'TransfereeUniqueid'))) {
    if (record.stage !== 'bridged') continue;
    record.exten = headerOf(event, 'Extension');
    record.context = headerOf(event, 'Context');
  }
}

/** Source: `bridge_state_process_bridge_leave`: either of the two ends their record. */
function leaves(pbx: Pbx, event: PbxEvent, { channel }: EventSubject): void {
  const bridge = headerOf(event, 'BridgeUniqueid');
  for (const records of Object.values(pbx.part<Records>('cdr', () => ({})))) {
    for (const record of records) {
      if (record.stage !== 'bridged' || record.bridge !== bridge) continue;
      if (record.uniqueid === channel.uniqueid || record.peer === channel.uniqueid) finish(pbx, record, 16);
    }
  }
}

/** The channel is gone: its records are posted, but not those of a channel that was only called. Source: `cdr_object_create_public_records`. */
function ends(pbx: Pbx, _event: PbxEvent, subject: EventSubject): void {
  const { channel } = subject;
  const { unanswered } = pbx.config.records.cdr;
  for (const record of recordsOf(pbx, channel.uniqueid)) {
    if (record.stage === 'single') follow(record, subject);
    finish(pbx, record, channel.hangupCause);
    if (record.peer === '' && wasCalled(channel)) continue;
    if (record.peer === '' && record.answerMs === 0 && !unanswered) continue;
    tellRecord(pbx, record);
  }
  delete pbx.part<Records>('cdr', () => ({}))[channel.uniqueid];
}

function wasCalled(channel: Channel): boolean {
  return channel.direction === 'out' && channel.linkedid !== channel.uniqueid;
}

/** Writes call detail records from what the PBX tells, and tells each at its channel's end. Source: main/cdr.c; recordings `cdr-cel-*`. */
export const cdrWatchers: Readonly<Record<string, EventWatcher>> = {
  Newchannel: kept((pbx, _event, subject) => openRecord(pbx, subject)),
  Newexten: kept(goesOn),
  NewCallerid: kept(answers),
  Newstate: kept(answers),
  DialBegin: kept(dials),
  DialEnd: kept(dialEnds),
  BridgeEnter: kept(enters),
  BridgeLeave: kept(leaves),
  BlindTransfer: sentElsewhere,
  Hangup: kept(ends),
};
