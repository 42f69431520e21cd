import { browserRuntime } from '../../ami/runtime.browser.ts';
import { smallOffice } from '../../mock-ami/config/small-office.ts';
import { ControlServer } from '../../mock-ami/control/control-server.ts';
import { createStage, type SimulatedStage } from '../../mock-ami/simulated-stage.ts';
import { gatewayFor, TAB_USER } from './tab-gateway.ts';
import { serveInTab } from './tab-network.ts';

export interface OfflineOptions {
  /** Asterisk's configuration files by name; the built-in small office by default. */
  readonly files?: ReadonlyMap<string, string>;
  /** Of everything that is left to chance; 1 by default. */
  readonly seed?: number;
  /** Where the gateway seems to be; the host need not exist. */
  readonly gatewayUrl?: string;
  /** Where the phones' control seems to be. */
  readonly phonesUrl?: string;
}

/** What runs in this tab, and how to connect to it: as to a gateway and phones on a network. */
export interface Offline {
  readonly gateway: { readonly url: string; readonly credentials: { readonly user: string; readonly secret: string } };
  readonly phones: { readonly url: string };
  /** The simulated PBX, to play scenarios on. */
  readonly stage: SimulatedStage;
  stop(): Promise<void>;
}

/**
 * Runs the simulated PBX and the gateway inside this tab, behind `new WebSocket(...)`: a page that is made for a gateway works
 * without any server. AMI between the two is bytes in memory.
 * @throws ConfigError where `files` can't be read
 */
export async function startOffline(options: OfflineOptions = {}): Promise<Offline> {
  const { gatewayUrl = 'ws://gateway.offline/', phonesUrl = 'ws://phones.offline/' } = options;
  const runtime = browserRuntime();
  const stage = createStage({
    runtime,
    files: options.files ?? smallOffice,
    seed: options.seed ?? 1,
    config: { 'manager.conf': { general: { timestampevents: 'yes' } } },
  });
  const gateway = await gatewayFor(stage, runtime);
  const phones = new ControlServer(stage);
  const stopServing = await serveInTab([
    { url: gatewayUrl, accept: (peer) => gateway.accept(peer) },
    {
      url: phonesUrl,
      accept: (peer) => {
        const connection = phones.connect({ send: (text) => peer.send({ text }) });
        return { message: (text) => connection.receive(text), closed: () => connection.close() };
      },
    },
  ]);
  await gateway.open();
  return {
    gateway: { url: gatewayUrl, credentials: TAB_USER },
    phones: { url: phonesUrl },
    stage,
    async stop() {
      gateway.close();
      phones.close();
      await stopServing();
    },
  };
}
