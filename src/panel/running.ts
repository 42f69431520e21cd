import { AsterClick } from '../client/asterclick.ts';
import { PhoneWallClient } from '../client/phone-wall-client.ts';
import { LatencyMeter } from './latency-meter.ts';
import { PhoneHolds } from './phone-holds.ts';
import type { Setup } from './setup.ts';

/** All that lives while the page is connected. */
export interface Running {
  readonly setup: Setup;
  readonly client: AsterClick;
  readonly phones: PhoneWallClient | undefined;
  readonly holds: PhoneHolds | undefined;
  readonly meter: LatencyMeter;
}

/** Connects the page as its setup says. `measured` is called for each hold that has reached its lamp. */
export function run(setup: Setup, measured: () => void): Running {
  const client = new AsterClick({ ...setup.gateway, ...(setup.names && { names: setup.names }) });
  const phones = setup.phones && new PhoneWallClient(setup.phones);
  phones?.watch(() => {
    client.name(Object.fromEntries(phones.phones.map(({ name, label }) => [name, label])));
  });
  phones?.connect();
  const meter = new LatencyMeter(measured);
  meter.listenTo(client);
  return { setup, client, phones, holds: phones && new PhoneHolds(phones, client.live), meter };
}

/** Ends it all; what was shown stays. */
export function stop({ client, phones }: Running): void {
  client.close();
  phones?.close();
}
