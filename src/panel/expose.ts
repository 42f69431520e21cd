import type { LampLatency } from './latency-meter.ts';
import type { Running } from './running.ts';

/** What a test in the page's own console can reach. */
export interface Exposed {
  readonly client: Running['client'];
  readonly phones: Running['phones'];
  /** Each hold and its end that reached a lamp of this page, oldest first. */
  readonly latencies: readonly LampLatency[];
}

declare global {
  interface Window {
    __asterclick?: Exposed;
  }
}

export function exposeForTests({ client, phones, meter }: Running): void {
  window.__asterclick = { client, phones, latencies: meter.latencies };
}
