/**
 * Places where YAML reads something else than was meant. Each function looks at one line of the file, or one step, and says how to
 * write it; `undefined` where it finds nothing odd.
 */

/** In a line that is no YAML, or not the YAML that was meant. */
export function quotingTrap(line: string): string | undefined {
  if (/\{.*\$\{/.test(withoutQuotes(line))) {
    return `inside {} a value with \${...} needs quotes: {Channel: "\${channel of 1001}"}`;
  }
  if (/:\s.*:\s/.test(withoutQuotes(line))) {
    return `a ': ' inside a text needs quotes around the whole text: about: "1001 calls 1002: no answer"`;
  }
  return undefined;
}

/** In a step that lacks its last word: what comes after ` #` is a comment to YAML. */
export function commentTrap(line: string): string | undefined {
  if (!/presses(\s+#.*)?$/.test(line.trimEnd())) return undefined;
  return `to YAML a # after a blank begins a comment; digits that start with # are quoted: - 1001 presses "#72"`;
}

/** In a step that YAML took for a key and its value. */
export function colonTrap(sentence: string): string | undefined {
  if ((sentence.match(/"/g)?.length ?? 0) % 2 === 0) return undefined;
  return `to YAML a ': ' ends a key; put the whole step in single quotes: - 'trunk calls 1001 from "Dr: Who" <4711>'`;
}

function withoutQuotes(line: string): string {
  return line.replace(/"(?:\\.|[^"\\])*"|'(?:''|[^'])*'/g, '""');
}
