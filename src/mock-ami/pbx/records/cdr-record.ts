import type { Header } from '../../../ami/message.ts';
import { own } from '../own.ts';
import type { Pbx } from '../pbx.ts';
import { recordTime } from './record-time.ts';

export type Disposition = '' | 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'FAILED' | 'CONGESTION';

/** One call detail record while it is written; plain data. */
export interface CdrRecord {
  /** Until the call with party B is over. */
  stage: 'single' | 'dialing' | 'answered' | 'bridged' | 'final';
  readonly uniqueid: string;
  channel: string;
  accountCode: string;
  callerNum: string;
  callerName: string;
  context: string;
  exten: string;
  application: string;
  applicationData: string;
  /** Uniqueid and name of party B; '' where there is none. */
  peer: string;
  peerName: string;
  bridge: string;
  readonly startMs: number;
  answerMs: number;
  endMs: number;
  disposition: Disposition;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Fields that cdr_manager.conf may ask for by their names in CDR(). */
const FIELDS: Readonly<Record<string, (record: CdrRecord) => string>> = {
  src: ({ callerNum }) => callerNum,
  dst: ({ exten }) => exten,
  dcontext: ({ context }) => context,
  clid: callerId,
  channel: ({ channel }) => channel,
  dstchannel: ({ peerName }) => peerName,
  lastapp: ({ application }) => application,
  lastdata: ({ applicationData }) => applicationData,
  start: ({ startMs }) => recordTime(startMs),
  answer: ({ answerMs }) => recordTime(answerMs),
  end: ({ endMs }) => recordTime(endMs),
  duration: ({ startMs, endMs }) => String(seconds(endMs) - seconds(startMs)),
  billsec: ({ answerMs, endMs }) => String(answerMs === 0 ? 0 : seconds(endMs) - seconds(answerMs)),
  disposition: ({ disposition }) => disposition,
  accountcode: ({ accountCode }) => accountCode,
  uniqueid: ({ uniqueid }) => uniqueid,
};

/** In the order of the event's headers. Source: `manager_log`, cdr/cdr_manager.c; recording `cdr-cel-call`. */
const HEADERS: readonly (readonly [header: string, field: string])[] = [
  ['AccountCode', 'accountcode'],
  ['Source', 'src'],
  ['Destination', 'dst'],
  ['DestinationContext', 'dcontext'],
  ['CallerID', 'clid'],
  ['Channel', 'channel'],
  ['DestinationChannel', 'dstchannel'],
  ['LastApplication', 'lastapp'],
  ['LastData', 'lastdata'],
  ['StartTime', 'start'],
  ['AnswerTime', 'answer'],
  ['EndTime', 'end'],
  ['Duration', 'duration'],
  ['BillableSeconds', 'billsec'],
  ['Disposition', 'disposition'],
];

function callerId({ callerName, callerNum }: CdrRecord): string {
  if (callerName === '') return callerNum;
  return callerNum === '' ? `"${callerName}"` : `"${callerName}" <${callerNum}>`;
}

/** The event Cdr, with the fields that cdr_manager.conf adds. */
export function tellRecord(pbx: Pbx, record: CdrRecord): void {
  const fieldOf = (field: string): string => own(FIELDS, field)?.(record) ?? '';
  const more = pbx.config.records.cdrManager.mappings.filter(([field]) => fieldOf(field) !== '');
  pbx.emit('Cdr', [
    ...HEADERS.map(([header, field]): Header => [header, fieldOf(field)]),
    ['AMAFlags', 'DOCUMENTATION'],
    ['UniqueID', record.uniqueid],
    ['UserField', ''],
    ...more.map(([field, header]): Header => [header, fieldOf(field)]),
  ]);
}
