import { describe, expect, it } from 'vitest';
import { addExtension, addIgnorePattern, addInclude, removeExtension } from './change-dialplan.ts';
import { emptyDialplan } from './dialplan.ts';
import { find } from './match.ts';

const line = { context: 'a', exten: '1', priority: 1, app: 'NoOp', args: 'x', registrar: 'pbx_config' };

function added(...lines: readonly (typeof line & { callerId?: string })[]) {
  return lines.reduce((dialplan, next) => addExtension(dialplan, next) ?? dialplan, emptyDialplan);
}

// Source for the rules: recording show-dialplan.
describe('addExtension', () => {
  it('makes the context and leaves the dialplan before as it was', () => {
    expect(find(added(line), { context: 'a', exten: '1', priority: 1 })?.app).toBe('NoOp');
    expect(emptyDialplan.contexts).toEqual([]);
  });

  it('refuses a priority that is taken, unless it may replace', () => {
    const dialplan = added(line);
    expect(addExtension(dialplan, { ...line, app: 'Other' })).toBeUndefined();
    const replaced = addExtension(dialplan, { ...line, app: 'Other' }, { replace: true });
    expect(replaced && find(replaced, { context: 'a', exten: '1', priority: 1 })?.app).toBe('Other');
  });

  it('keeps a line for one caller apart from the one for all', () => {
    const [context] = added(line, { ...line, callerId: '55' }).contexts;
    expect(context?.extensions.map(({ callerId }) => callerId)).toEqual(['55', undefined]);
  });
});

describe('removeExtension', () => {
  const dialplan = added(line, { ...line, priority: 2 }, { ...line, callerId: '55' });

  it('removes one priority, or the extension; the context stays', () => {
    const one = removeExtension(dialplan, { context: 'a', exten: '1', priority: 1 });
    expect(one?.contexts[0]?.extensions.map(({ callerId, priorities }) => [callerId, priorities.length])).toEqual([
      ['55', 1],
      [undefined, 1],
    ]);
    const whole = removeExtension(dialplan, { context: 'a', exten: '1' });
    expect(whole?.contexts[0]?.extensions.map(({ callerId }) => callerId)).toEqual(['55']);
    expect(removeExtension(added(line), { context: 'a', exten: '1' })?.contexts).toMatchObject([
      { name: 'a', extensions: [] },
    ]);
  });

  it.each([
    { context: 'b', exten: '1' },
    { context: 'a', exten: '2' },
    { context: 'a', exten: '1', priority: 9 },
    { context: 'a', exten: '1', callerId: '66' },
  ])('has nothing to remove at %j', (where) => {
    expect(removeExtension(dialplan, where)).toBeUndefined();
  });
});

describe('addInclude and addIgnorePattern', () => {
  it('add to a context, an include once', () => {
    const included = addInclude(added(line), 'a', { context: 'b', registrar: 'x' });
    expect(included && addInclude(included, 'a', { context: 'b', registrar: 'x' })).toBeUndefined();
    expect(included && addIgnorePattern(included, 'a', { pattern: '9', registrar: 'x' }).contexts[0]).toMatchObject({
      includes: [{ context: 'b' }],
      ignorePatterns: [{ pattern: '9' }],
    });
  });
});
