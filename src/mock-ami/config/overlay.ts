export function overlay(text: string, _changes: unknown): string {
  return text;
}
