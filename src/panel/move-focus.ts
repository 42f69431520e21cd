/** Arrow keys on a grid of elements move the focus to the neighbour as it is drawn, whatever number of columns there is. */
export function moveFocus(event: KeyboardEvent): void {
  const board = event.currentTarget as HTMLElement;
  const items = [...board.children] as HTMLElement[];
  const at = items.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const columns = columnsOf(items);
  const step = new Map([
    ['ArrowLeft', -1],
    ['ArrowRight', 1],
    ['ArrowUp', -columns],
    ['ArrowDown', columns],
    ['Home', -at],
    ['End', items.length - 1 - at],
  ]).get(event.key);
  if (step === undefined) return;
  event.preventDefault();
  items[at + step]?.focus();
}

function columnsOf(items: readonly HTMLElement[]): number {
  const top = items[0]?.offsetTop;
  const below = items.findIndex(({ offsetTop }) => offsetTop !== top);
  return below < 0 ? items.length : below;
}
