/** An option that may be given several times. */
export function listOption(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
