/**
 * Recordings of a real Asterisk and the configuration it ran with, as tests read them. Each file is read and parsed once;
 * what comes back is shared, so treat it as frozen.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { TraceHeader, TraceLine } from '../src/scenarios/trace.ts';

const fixtures = new URL('../fixtures/', import.meta.url);

export interface RecordedTrace {
  readonly name: string;
  readonly header: TraceHeader;
  readonly lines: readonly TraceLine[];
}

/** One line of a phone's own log: what it was told (`cmd`), what it saw (`state`, `incoming`, ...), at `t` ms of the trace. */
export interface PhoneLogLine {
  readonly t: number;
  readonly phone: string;
  readonly ev: string;
  readonly [key: string]: unknown;
}

/** A request (`out`) or an answer (`in`) of an AJAM recording, or a frame of an ARI one. */
export interface HttpLine {
  readonly t: number;
  readonly dir: 'in' | 'out' | 'close';
  readonly conn?: number;
  readonly label?: string;
  readonly raw?: string;
  readonly reqBytes?: number;
  readonly respBytes?: number;
  readonly [key: string]: unknown;
}

export interface RecordedHttp {
  readonly name: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly lines: readonly HttpLine[];
}

/** Names of all recorded AMI traces, sorted; second runs (`NAME.run2`) only where asked for. */
export function traceNames(options: { readonly secondRuns?: boolean } = {}): readonly string[] {
  return recordingNames('traces').filter((name) => options.secondRuns || !name.endsWith('.run2'));
}

export const readTrace = cached((name: string): RecordedTrace => {
  const [header, ...lines] = readLines(`traces/${name}.jsonl.gz`);
  return { name, header: header as TraceHeader, lines: lines as TraceLine[] };
});

/** Names of the traces that have a log of the phones. */
export function phoneLogNames(): readonly string[] {
  return recordingNames('phones').map((name) => name.replace(/\.phones$/, ''));
}

export const readPhoneLog = cached(
  (name: string): readonly PhoneLogLine[] => readLines(`phones/${name}.phones.jsonl.gz`) as PhoneLogLine[],
);

export function httpNames(): readonly string[] {
  return recordingNames('http');
}

export const readHttp = cached((name: string): RecordedHttp => {
  const [header, ...lines] = readLines(`http/${name}.jsonl.gz`);
  return { name, header: header as RecordedHttp['header'], lines: lines as HttpLine[] };
});

/** The configuration files that the recorded Asterisk ran with: `extensions.conf` and so on, by file name. */
export function labConfig(): Map<string, string> {
  return new Map(labFiles(''));
}

/** The parts of the catalogue that tests ask for; it says more (see the file). */
export interface AmiCatalog {
  readonly actions: readonly { readonly name: string; readonly [key: string]: unknown }[];
  readonly events: readonly {
    readonly name: string;
    /** Headers that its documentation names. */
    readonly fields: readonly string[];
    /** What the recordings show; absent where none carries it. */
    readonly observed?: { readonly count: number; readonly headerOrder: readonly string[] };
    readonly [key: string]: unknown;
  }[];
}

/** Every action and event of AMI with its headers. */
export function catalog(): AmiCatalog {
  return readJson('catalog/ami-catalog.json') as AmiCatalog;
}

/** Which events race with each other, and how long they take. */
export function eventTiming(): unknown {
  return readJson('catalog/event-timing.json');
}

const labFiles = cached(() =>
  readdirSync(new URL('lab/', fixtures))
    .sort()
    .map((file) => [file, readFileSync(new URL(`lab/${file}`, fixtures), 'utf8')] as const),
);

const readJson = cached((path: string): unknown => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8')));

const recordingNames = cached((folder: string): readonly string[] =>
  readdirSync(new URL(`${folder}/`, fixtures))
    .map((file) => file.replace(/\.jsonl\.gz$/, ''))
    .sort(),
);

function readLines(path: string): unknown[] {
  const text = gunzipSync(readFileSync(new URL(path, fixtures))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function cached<Value>(read: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = read(name);
    known.set(name, value);
    return value;
  };
}
