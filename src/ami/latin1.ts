/** Text that fits into Latin-1: other characters become `?`. Cut to a byte, some of them would become line ends. */
export function latin1Text(text: string): string {
  return text.replace(/[\u{100}-\u{10ffff}]/gu, '?');
}
