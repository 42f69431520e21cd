/** Tells whether a name fits one of the patterns; `*` stands for any part of a name, and case matters, as on the wire. */
export function matcher(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.includes('*')) return () => true;
  const forms = patterns.map((pattern) => pattern.split('*').map(literal).join('.*'));
  if (forms.length === 0) return () => false;
  const expression = new RegExp(`^(?:${forms.join('|')})$`, 's');
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const fits = expression.test(name);
    // Names come from the PBX, which has some 200 of them; whoever invents more gets no memory for it.
    if (known.size < 1000) known.set(name, fits);
    return fits;
  };
}

function literal(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}/-]/g, '\\$&');
}
