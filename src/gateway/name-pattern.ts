/**
 * Tells whether a name fits one of the patterns; `*` stands for any part of a name, and case matters, as on the wire.
 * Patterns may come from anybody: what one costs grows with the length of pattern and name, and with nothing else.
 */
export function matcher(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.includes('*')) return () => true;
  const names = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const wild = patterns.filter((pattern) => pattern.includes('*')).map(wildMatcher);
  if (wild.length === 0) return (name) => names.has(name);
  return (name) => names.has(name) || wild.some((fits) => fits(name));
}

/** The parts between the `*` have to follow each other; the first place of each is as good as any further one. */
function wildMatcher(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*');
  const [start = '', end = ''] = [parts.at(0), parts.at(-1)];
  const middles = parts.slice(1, -1).filter((part) => part !== '');
  return (name) => {
    const until = name.length - end.length;
    if (until < start.length || !name.startsWith(start) || !name.endsWith(end)) return false;
    let at = start.length;
    for (const part of middles) {
      const found = name.indexOf(part, at);
      if (found < 0 || found + part.length > until) return false;
      at = found + part.length;
    }
    return true;
  };
}
