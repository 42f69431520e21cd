const KEY = 'asterclick-operator';

/** The extension that was chosen on this machine; '' where none was, or storage is forbidden. */
export function readOperator(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function rememberOperator(extension: string): void {
  try {
    localStorage.setItem(KEY, extension);
  } catch {
    // The choice then lasts as long as the page.
  }
}
