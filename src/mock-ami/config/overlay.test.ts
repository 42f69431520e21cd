import { describe, expect, it } from 'vitest';
import type { ConfigChanges } from '../../scenarios/stage.ts';
import { overlayFiles, overlayText } from './overlay.ts';

describe('overlayText', () => {
  it.each<[string, string, ConfigChanges, string]>([
    ['replaces a setting in its place', '[a]\nx=1\ny=2\n[b]\n', { a: { x: '9' } }, '[a]\nx = 9\ny=2\n[b]\n'],
    [
      'adds a setting below the others',
      '[a]\nx=1\n\n; of b\n[b]\n',
      { a: { y: '2' } },
      '[a]\nx=1\ny = 2\n\n; of b\n[b]\n',
    ],
    ['adds to a category without settings', '[a]\n[b]', { a: { y: '2' } }, '[a]\ny = 2\n[b]'],
    [
      'puts several values in the place of all',
      '[a]\nm=>1\nx=1\nm=>2\n',
      { a: { m: ['3', '4'] } },
      '[a]\nm => 3\nm => 4\nx=1\n',
    ],
    ['takes a setting away by an empty list', '[a]\nx=1\ny=2\n', { a: { x: [] } }, '[a]\ny=2\n'],
    ['keeps a name with an empty value', '[a]\nx=1', { a: { x: '' } }, '[a]\nx ='],
    ['removes a category, all of that name', '[a]\nx=1\n[b]\ny=2\n[a]\nz=3\n', { a: 'remove' }, '[b]\ny=2\n'],
    ['makes a new category', '[a]', { b: { x: '1' } }, '[a]\n[b]\nx = 1\n'],
    ['finds names in any case', '[General]\nEnabled=yes', { general: { enabled: 'no' } }, '[General]\nenabled = no'],
    ['overrides an inherited setting', '[t](!)\nx=1\n[a](t)\n', { a: { x: '2' } }, '[t](!)\nx=1\n[a](t)\nx = 2\n'],
    [
      'takes the category of that type',
      '[1]\ntype=endpoint\n[1]\ntype=aor\n',
      { 1: { type: 'aor', q: '5' } },
      '[1]\ntype=endpoint\n[1]\ntype = aor\nq = 5\n',
    ],
    [
      'takes the category that has the setting',
      '[1]\ntype=endpoint\n[1]\nq=1',
      { 1: { q: '5' } },
      '[1]\ntype=endpoint\n[1]\nq = 5',
    ],
    ['escapes semicolons', '[a]', { a: { x: 'a;b' } }, '[a]\nx = a\\;b'],
  ])('%s', (_rule, text, changes, expected) => {
    expect(overlayText(text, changes)).toBe(expected);
  });
});

describe('overlayFiles', () => {
  it('leaves the given files alone and makes those that are missing', () => {
    const files = new Map([['manager.conf', '[general]\nenabled=yes']]);
    const changed = overlayFiles(files, {
      'manager.conf': { general: { enabled: 'no' } },
      'cel.conf': { general: { enable: 'yes' } },
    });
    expect([...changed]).toEqual([
      ['manager.conf', '[general]\nenabled = no'],
      ['cel.conf', '[general]\nenable = yes\n'],
    ]);
    expect(files.get('manager.conf')).toBe('[general]\nenabled=yes');
  });
});
