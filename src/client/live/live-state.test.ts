import { describe, expect, it } from 'vitest';
import { readTrace } from '../../../test/fixtures.ts';
import type { WireEvent } from '../../gateway/wire/event.ts';
import { emptyModel, toSnapshot } from '../../gateway/wire/model.ts';
import { LiveState } from './live-state.ts';

const EXTENSIONS = ['1001', '1002', '1003'].map((exten) => ({
  exten,
  context: 'hints-only',
  hint: `PJSIP/${exten},CustomPresence:${exten}`,
  status: 0,
  statusText: 'Idle',
}));

const NOTHING = toSnapshot(emptyModel());

function live(): LiveState {
  const state = new LiveState();
  state.replace({ ...NOTHING, extensions: EXTENSIONS });
  return state;
}

/** The events of a recording, in order, as the gateway hands them on. */
function eventsOf(trace: string): WireEvent[] {
  return readTrace(trace).lines.flatMap(({ t, dir, raw = '' }) => {
    const rows = raw.split('\r\n').filter((row) => row.includes(':'));
    const pairs = rows.map((row) => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 1).trim()] as const);
    const { Event: name, ...headers } = Object.fromEntries(pairs);
    return dir === 'in' && name !== undefined ? [{ name, at: t, headers }] : [];
  });
}

/** What a person would see: each change of what `look` finds. */
function changes(trace: string, look: (state: LiveState) => string): string[] {
  const state = live();
  const seen = [look(state)];
  for (const event of eventsOf(trace)) {
    state.apply(event);
    const now = look(state);
    if (now !== seen.at(-1)) seen.push(now);
  }
  return seen;
}

const lamp = (extension: string) => (state: LiveState) => state.extension(extension)?.lamp ?? 'none';

describe('lamps', () => {
  it('follow a held party from ring to end (hold-unhold)', () => {
    expect(changes('hold-unhold', lamp('1002'))).toEqual(['idle', 'ringing', 'up', 'held', 'up', 'idle']);
  });

  it('show the hold at the end that holds too, of which Asterisk says only that it is in use (hold-unhold)', () => {
    expect(changes('hold-unhold', lamp('1001'))).toEqual(['idle', 'up', 'held', 'up', 'idle']);
  });

  it('tell which side of the hold each end is on (hold-unhold)', () => {
    const sides = changes(
      'hold-unhold',
      (state) => `${state.extension('1001')?.hold} ${state.extension('1002')?.hold}`,
    );
    expect(sides).toContain('holding held');
    expect(sides.at(-1)).toBe('none none');
  });

  it('stay held until both ends have taken the call back (hold-by-both-sides)', () => {
    expect(changes('hold-by-both-sides', lamp('1001'))).toEqual(['idle', 'up', 'held', 'up', 'idle']);
    expect(changes('hold-by-both-sides', lamp('1002'))).toEqual(['idle', 'ringing', 'up', 'held', 'up', 'idle']);
  });

  it('show an end that holds one call and talks in another as talking (hold-and-second-call)', () => {
    const seen = changes('hold-and-second-call', (state) => {
      const view = state.extension('1001');
      return `${view?.lamp} ${view?.hold}`;
    });
    expect(seen).toContain('held holding');
    expect(seen).toContain('up holding');
    expect(seen.at(-1)).toBe('idle none');
  });

  it('go out when a party hangs up on hold (hold-then-hangup)', () => {
    expect(changes('hold-then-hangup', lamp('1002')).at(-1)).toBe('idle');
    expect(changes('hold-then-hangup', lamp('1001')).at(-1)).toBe('idle');
  });
});

describe('calls', () => {
  it('ring, are up, are held and end (hold-unhold)', () => {
    const states = changes('hold-unhold', (state) => state.calls.map((call) => call.state).join());
    expect(states).toEqual(['', 'ringing', 'up', 'held', 'up', '']);
  });

  it('name the caller, the called and who holds (hold-unhold)', () => {
    const who = changes('hold-unhold', ({ calls: [call] }) =>
      call
        ? [call.caller, ...call.called].map(({ name, holding }) => (holding ? `${name} holds` : name)).join(' - ')
        : '',
    );
    expect(who).toContain('Alice Adams holds - Bob Brown');
  });

  it('show a call to an application as one with nobody called (hold-in-echo-app)', () => {
    const seen = changes('hold-in-echo-app', ({ calls: [call] }) =>
      call ? `${call.state} ${call.dialled} ${call.called.length}` : '',
    );
    expect(seen).toContain('up 660 0');
    expect(seen).toContain('held 660 0');
  });

  it('show the halves of a Local channel as no parties (local-channel-not-optimized)', () => {
    const names = changes('local-channel-not-optimized', ({ calls: [call] }) =>
      (call?.called ?? []).map(({ channel }) => channel.split('-')[0]).join(),
    );
    expect(names).toContain('PJSIP/1002');
    expect(names.join()).not.toContain('Local');
  });

  it('leave nothing behind, whatever was recorded', () => {
    for (const trace of [
      'two-calls-at-once',
      'blind-transfer',
      'attended-transfer',
      'ring-group',
      'call-cancelled-while-ringing',
    ]) {
      const state = live();
      for (const event of eventsOf(trace)) state.apply(event);
      expect([trace, state.calls.length]).toEqual([trace, 0]);
    }
  });
});

describe('LiveState', () => {
  it('keeps an extension the same object while nothing about it changes', () => {
    const state = live();
    const [alice, bob] = [state.extension('1001'), state.extension('1002')];
    state.apply({
      name: 'ExtensionStatus',
      at: 1,
      headers: { Exten: '1002', Context: 'hints-only', Hint: 'PJSIP/1002', Status: '1' },
    });
    expect(state.extension('1001')).toBe(alice);
    expect(state.extension('1002')).not.toBe(bob);
  });

  it('keeps whole lists the same objects while an event changes nothing in them', () => {
    const state = live();
    const before = [state.calls, state.extensions, state.queues];
    state.apply({ name: 'VarSet', at: 1, headers: { Variable: 'X', Value: '1' } });
    expect([state.calls, state.extensions, state.queues].map((list, index) => list === before[index])).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('learns the names of extensions from their own calls (hold-unhold)', () => {
    const state = live();
    for (const event of eventsOf('hold-unhold')) state.apply(event);
    expect(state.extensions.map(({ name }) => name)).toEqual(['Alice Adams', 'Bob Brown', '']);
  });

  it('keeps a given name, whatever a call says', () => {
    const state = new LiveState({ '1001': 'Front desk' });
    state.replace({ ...NOTHING, extensions: EXTENSIONS });
    for (const event of eventsOf('hold-unhold')) state.apply(event);
    expect(state.extension('1001')?.name).toBe('Front desk');
  });

  it('shows a name that is given later at once, and says whether it was news', () => {
    const state = live();
    expect(state.extension('1001')?.name).toBe('');
    expect(state.name({ '1001': 'Front desk' })).toBe(true);
    expect(state.extension('1001')?.name).toBe('Front desk');
    expect(state.name({ '1001': 'Front desk' })).toBe(false);
  });

  it('takes names from queue members', () => {
    const state = new LiveState();
    const member = {
      interface: 'PJSIP/1003',
      name: 'Carol Clark',
      status: 1,
      paused: false,
      pausedReason: '',
      penalty: 0,
      inCall: false,
    };
    state.replace({ ...NOTHING, extensions: EXTENSIONS, queues: [{ queue: 'sales', members: [member], callers: [] }] });
    expect(state.extension('1003')?.name).toBe('Carol Clark');
  });

  it('sorts phones before rooms and parking spaces, by number', () => {
    const state = new LiveState();
    const hints = {
      '1002': 'PJSIP/1002',
      '500': 'confbridge:500',
      '701': 'park:701@parkedcalls',
      '1001': 'PJSIP/1001',
      '99': 'Custom:night',
    };
    const extensions = Object.entries(hints).map(([exten, hint]) => ({
      exten,
      hint,
      context: 'h',
      status: 0,
      statusText: 'Idle',
    }));
    state.replace({ ...NOTHING, extensions });
    expect(state.extensions.map(({ extension, kind }) => `${extension} ${kind}`)).toEqual([
      '1001 phone',
      '1002 phone',
      '99 custom',
      '500 conference',
      '701 parking',
    ]);
  });
});
