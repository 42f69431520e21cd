import { describe, expect, it } from 'vitest';
import {
  catalog,
  httpNames,
  labConfig,
  phoneLogNames,
  readHttp,
  readPhoneLog,
  readTrace,
  traceNames,
} from './fixtures.ts';

describe('fixtures', () => {
  it('lists each trace once, second runs only when asked', () => {
    expect(traceNames()).toContain('hold-unhold');
    expect(traceNames().some((name) => name.endsWith('.run2'))).toBe(false);
    expect(traceNames({ secondRuns: true })).toContain('hold-unhold.run2');
  });

  it('reads every trace: a header, then messages with their exact text, each session in true order', () => {
    for (const name of traceNames({ secondRuns: true })) {
      const { header, lines } = readTrace(name);
      expect(header.scenario, name).toBe(name.replace(/\.run2$/, ''));
      expect(lines.length, name).toBeGreaterThan(0);
      expect(
        lines.filter((line) => line.dir !== 'close' && typeof line.raw !== 'string'),
        name,
      ).toEqual([]);
      for (const session of new Set(lines.map((line) => line.conn))) {
        const times = lines.filter((line) => line.conn === session).map((line) => line.t);
        expect(times, name).toEqual(times.toSorted((a, b) => a - b));
      }
    }
  });

  it('reads what phones did on the same clock as the trace', () => {
    expect(phoneLogNames()).toContain('hold-unhold');
    expect(readPhoneLog('hold-unhold')[0]).toMatchObject({ ev: 'state', phone: '1001', state: 'CALLING' });
  });

  it('reads HTTP exchanges whose sizes are the sizes of their text', () => {
    const answers = readHttp('ajam-rawman-basic').lines.filter((line) => line.dir === 'in');
    expect(answers.length).toBeGreaterThan(5);
    for (const answer of answers) expect(Buffer.byteLength(answer.raw ?? '')).toBe(answer.respBytes);
    expect(httpNames()).toContain('ajam-rawman-hold-waitevent');
  });

  it('gives a fresh map of the configuration, so that a test may change it', () => {
    labConfig().delete('extensions.conf');
    expect(labConfig().get('extensions.conf')).toContain('[from-phones]');
    expect(labConfig().get('manager.conf')).toContain('[admin]');
  });

  it('reads the catalogue of actions and events', () => {
    const hold = catalog().events.find((event) => event.name === 'Hold');
    expect(hold?.observed?.headerOrder.slice(0, 2)).toEqual(['Channel', 'ChannelState']);
    expect(catalog().actions.map((action) => action.name)).toContain('Login');
  });
});
