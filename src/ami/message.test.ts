import { describe, expect, it } from 'vitest';
import { AmiMessage } from './message.ts';

describe('AmiMessage', () => {
  it('finds a header whatever the case of its name', () => {
    const message = new AmiMessage([['aCtIoN', 'lOgIn']]);
    expect(message.get('Action')).toBe('lOgIn');
    expect(message.get('ACTION')).toBe('lOgIn');
  });

  it('gives the first of equal headers, even where a later one has the case asked for', () => {
    const message = new AmiMessage([
      ['actionid', 'a1'],
      ['ActionID', 'a2'],
    ]);
    expect(message.get('ActionID')).toBe('a1');
    expect(message.all('ActionID')).toEqual(['a1', 'a2']);
  });

  it('tells an empty header from none', () => {
    const message = new AmiMessage([['Exten', '']]);
    expect(message.get('Exten')).toBe('');
    expect(message.get('Context')).toBeUndefined();
    expect(message.all('Context')).toEqual([]);
  });

  it('takes no other letter for an ASCII one', () => {
    // The Kelvin sign is a K in lower case.
    expect(new AmiMessage([['\u212aey', '1']]).get('key')).toBeUndefined();
    expect(new AmiMessage([['[', '1']]).get('{')).toBeUndefined();
  });

  it('takes a name for neither the start nor a part of another', () => {
    const message = new AmiMessage([
      ['ActionIDs', '1'],
      ['Action', '2'],
    ]);
    expect(message.get('ActionID')).toBeUndefined();
  });

  it('is an event or a response by its first header', () => {
    const outcome = new AmiMessage([
      ['Event', 'OriginateResponse'],
      ['Response', 'Failure'],
    ]);
    expect(outcome.event).toBe('OriginateResponse');
    expect(outcome.response).toBeUndefined();
    const response = new AmiMessage([
      ['Response', 'Success'],
      ['Event', 'no'],
    ]);
    expect(response.response).toBe('Success');
    expect(response.event).toBeUndefined();
    expect(new AmiMessage([]).event).toBeUndefined();
  });

  it('makes its rows from the headers where it was not parsed', () => {
    const message = new AmiMessage([
      ['Event', 'A'],
      ['', 'Header3:no space'],
      ['Exten', ''],
    ]);
    expect(message.rows).toEqual(['Event: A', 'Header3:no space', 'Exten: ']);
  });
});
