/** How actions and answers are written in cases. */

/** An action with that ActionID; more rows as they are. */
export function action(name: string, id: string, ...rows: readonly string[]): string {
  return [`Action: ${name}`, `ActionID: ${id}`, ...rows, '', ''].join('\r\n');
}

export function ping(id: string): string {
  return action('Ping', id);
}

export function pong(id: string): string {
  return success(id, 'Ping: Pong', 'Timestamp: *');
}

export function success(id: string, ...rows: readonly string[]): string {
  return ['Response: Success', `ActionID: ${id}`, ...rows].join('\r\n');
}

export function error(id: string, message: string): string {
  return `Response: Error\r\nActionID: ${id}\r\nMessage: ${message}`;
}

/** An error whose action has no ActionID, or none that the server could read. */
export function errorWithoutId(message: string): string {
  return `Response: Error\r\nMessage: ${message}`;
}

export function goodbye(id: string): string {
  return `Response: Goodbye\r\nActionID: ${id}\r\nMessage: Thanks for all the fish.`;
}

/** The event that ends a list and counts its rows. */
export function complete(event: string, id: string, ...rows: readonly string[]): string {
  return [`Event: ${event}`, `ActionID: ${id}`, 'EventList: Complete', 'ListItems: *', ...rows].join('\r\n');
}

export const MISSING_ACTION = 'Missing action in request';
