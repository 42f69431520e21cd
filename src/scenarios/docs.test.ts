import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import { parseSentence } from './parse-step.ts';
import { ALL_PHRASES } from './phrases/all-phrases.ts';

const docs = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');
const sections = docs.split('\n## ');
const quoted = [...(sections.find((each) => each.startsWith('Steps'))?.matchAll(/`([^`]+)`/g) ?? [])].map((found) =>
  (found[1] ?? '').replace(/:( .*)?$/, '').replace(/: [{"].*$/, ''),
);

describe('the page about scenarios', () => {
  it('shows a step of every phrase', () => {
    const shown = new Set(
      quoted.flatMap((sentence) => {
        const parsed = parseSentence(sentence);
        return 'phrase' in parsed ? parsed.phrase : [];
      }),
    );
    expect(ALL_PHRASES.filter((phrase) => !shown.has(phrase)).map(({ example }) => example)).toEqual([]);
  });

  it('begins with a scenario that is right', () => {
    const yaml = /```yaml\n([\s\S]*?)```/.exec(docs)?.[1] ?? '';
    expect(parseScenario(yaml).scenario.steps).toHaveLength(10);
  });
});
