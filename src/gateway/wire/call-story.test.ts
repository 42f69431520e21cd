import { describe, expect, test } from 'vitest';
import type { CallFact } from './call-fact.ts';
import { CallStory } from './call-story.ts';
import type { WireHeaders } from './event.ts';
import { emptyModel } from './model.ts';
import { reduce } from './reduce.ts';

function leg(number: number, state: string, more: WireHeaders = {}): WireHeaders {
  return {
    Channel: `PJSIP/100${number}-0000000${number}`,
    ChannelStateDesc: state,
    CallerIDNum: `100${number}`,
    CallerIDName: `Phone ${number}`,
    Exten: number === 1 ? '1002' : '',
    Uniqueid: `1.${number}`,
    Linkedid: '1.1',
    ...more,
  };
}

/** 1001 has called 1002, and they talk. */
const TALK: readonly (readonly [name: string, headers: WireHeaders])[] = [
  ['Newchannel', leg(1, 'Ring')],
  ['Newchannel', leg(2, 'Down')],
  ['Newstate', leg(2, 'Up')],
  ['BridgeEnter', { BridgeUniqueid: 'b', BridgeType: 'basic', ...leg(1, 'Up') }],
  ['BridgeEnter', { BridgeUniqueid: 'b', BridgeType: 'basic', ...leg(2, 'Up') }],
];

function told(facts: readonly CallFact[]): readonly unknown[] {
  return facts.map((fact) => [fact.fact, fact.call, 'party' in fact ? fact.party?.phone : undefined]);
}

describe('the story of calls', () => {
  test('goes on from a model, and tells nothing of what was before', () => {
    const model = emptyModel();
    for (const [name, headers] of TALK) reduce(model, { name, at: 1, headers });
    reduce(model, { name: 'BridgeCreate', at: 1, headers: { BridgeUniqueid: 'b', BridgeType: 'basic' } });
    const story = new CallStory();
    story.begin(model);
    const read = (name: string, headers: WireHeaders) => told(story.read({ name, at: 2, headers }));
    expect(read('BridgeEnter', { BridgeUniqueid: 'b', BridgeType: 'basic', ...leg(1, 'Up') })).toEqual([]);
    expect(read('Hold', leg(2, 'Up'))).toEqual([['holds', '1.1', '1002']]);
    expect(read('Hold', leg(2, 'Up'))).toEqual([]);
    expect(read('HangupRequest', { ...leg(1, 'Up'), Cause: '16' })).toEqual([['hangs-up', '1.1', '1001']]);
    expect(read('Hangup', { ...leg(1, 'Up'), Cause: '16' })).toEqual([]);
    expect(story.read({ name: 'Hangup', at: 3, headers: { ...leg(2, 'Up'), Cause: '16' } })).toMatchObject([
      { fact: 'ends', call: '1.1', at: 3, how: 'answered', by: { phone: '1001', number: '1001', name: 'Phone 1' } },
    ]);
  });

  test('ends when the PBX is gone, and nobody knows how', () => {
    const story = new CallStory();
    for (const [name, headers] of TALK) story.read({ name, at: 1, headers });
    expect(story.lose(5)).toEqual([{ fact: 'ends', call: '1.1', at: 5, how: 'lost' }]);
    expect(story.read({ name: 'Hold', at: 6, headers: leg(1, 'Up') })).toEqual([]);
    expect(story.lose(7)).toEqual([]);
  });

  test.each([
    ['an event without headers', 'Hangup', {}],
    ['a channel nobody knows', 'Hold', leg(9, 'Up')],
    ['a transfer between nobody', 'AttendedTransfer', { Result: 'Success' }],
    ['a blind transfer of nobody', 'BlindTransfer', { Result: 'Success', Extension: '1' }],
    ['parking of nobody', 'ParkedCall', { ParkeeUniqueid: 'x' }],
    ['a dialling of nobody', 'DialEnd', { DestUniqueid: 'x', DialStatus: 'BUSY' }],
  ])('tells nothing of %s', (_, name, headers) => {
    const story = new CallStory();
    for (const [each, rows] of TALK) story.read({ name: each, at: 1, headers: rows });
    expect(story.read({ name, at: 2, headers })).toEqual([]);
  });
});
