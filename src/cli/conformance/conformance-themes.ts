import { EVENT_CASES } from './cases/event-cases.ts';
import { LIMIT_CASES } from './cases/limit-cases.ts';
import { LOGIN_CASES } from './cases/login-cases.ts';
import { READING_CASES } from './cases/reading-cases.ts';
import { REFUSAL_CASES } from './cases/refusal-cases.ts';
import { REPORT_CASES } from './cases/report-cases.ts';
import { STREAM_CASES } from './cases/stream-cases.ts';
import type { ConformanceCase } from './conformance-case.ts';

/** All cases, by theme, in the order in which they are played. Derived from recordings of Asterisk 22. */
export const CONFORMANCE_THEMES: ReadonlyMap<string, readonly ConformanceCase[]> = new Map([
  ['logging in', LOGIN_CASES],
  ['reading actions', READING_CASES],
  ['limits', LIMIT_CASES],
  ['the connection', STREAM_CASES],
  ['events', EVENT_CASES],
  ['lists and reports', REPORT_CASES],
  ['refusals', REFUSAL_CASES],
]);
