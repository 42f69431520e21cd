import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsterClick } from '../asterclick.ts';
import { PhoneWallClient } from '../phone-wall-client.ts';
import { type Offline, startOffline } from './start-offline.ts';

/** The WebSocket of the platform, which MSW puts itself in the place of: it notes what reaches it, and connects to nothing. */
class Network extends EventTarget {
  static readonly reached: string[] = [];

  constructor(url: string) {
    super();
    Network.reached.push(url);
  }
}

let offline: Offline;

beforeEach(async () => {
  Network.reached.length = 0;
  vi.stubGlobal('WebSocket', Network);
  offline = await startOffline();
});

afterEach(async () => {
  await offline.stop();
  vi.unstubAllGlobals();
});

/** Resolves once `holds` does; asked again at each change that `watch` tells of. */
function until(watch: (again: () => void) => () => void, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const off = watch(() => {
      if (!holds()) return;
      off();
      resolve();
    });
    if (holds()) {
      off();
      resolve();
    }
  });
}

async function connect() {
  const client = new AsterClick(offline.gateway);
  const phones = new PhoneWallClient(offline.phones);
  phones.connect();
  await client.connect();
  await until(
    (again) => phones.watch(again),
    () => phones.online,
  );
  const panelShows = (extension: string, lamp: string) =>
    until(
      (again) => client.watch('live', again),
      () => client.live.extension(extension)?.lamp === lamp,
    );
  return { client, phones, panelShows };
}

describe('startOffline', () => {
  it('runs PBX, gateway and phones in one place: hold on a phone lights both lamps, resume darkens them', async () => {
    const { client, phones, panelShows } = await connect();
    await phones.press({ phone: '1001', do: 'dial', number: '1002' });
    await panelShows('1002', 'ringing');
    await phones.press({ phone: '1002', do: 'answer' });
    await Promise.all([panelShows('1001', 'up'), panelShows('1002', 'up')]);
    await phones.press({ phone: '1001', do: 'hold' });
    await Promise.all([panelShows('1001', 'held'), panelShows('1002', 'held')]);
    await until(
      (again) => phones.watch(again),
      () => phones.phone('1002')?.lamp === 'held',
    );
    await phones.press({ phone: '1001', do: 'resume' });
    await Promise.all([panelShows('1001', 'up'), panelShows('1002', 'up')]);
    client.close();
    phones.close();
  });

  it("carries commands, and the gateway's refusals", async () => {
    const { client, phones, panelShows } = await connect();
    await client.dial('1003', '1004');
    await panelShows('1003', 'ringing');
    await expect(client.hangUp('PJSIP/9999-00000000')).rejects.toMatchObject({ code: 'GATEWAY_NO_SUCH_CHANNEL' });
    client.close();
    phones.close();
  });

  it('stamps events with the time at which the PBX made them', async () => {
    const { client, phones } = await connect();
    const event = new Promise((resolve) => client.once('Newchannel', resolve));
    await phones.press({ phone: '1001', do: 'dial', number: '1002' });
    expect(await event).toMatchObject({ madeAtMs: expect.any(Number) });
    client.close();
    phones.close();
  });

  it('shows a restart of the PBX and recovers', async () => {
    const { client, phones, panelShows } = await connect();
    const pbxIs = (state: string) =>
      until(
        (again) => client.watch('pbx', again),
        () => client.pbx === state,
      );
    await phones.press({ do: 'restart' });
    await pbxIs('down');
    await pbxIs('up');
    await panelShows('1001', 'idle');
    client.close();
    phones.close();
  });

  it('lets other WebSockets through to the network, and none of its own', async () => {
    const { client, phones } = await connect();
    new WebSocket('ws://elsewhere.example/');
    await vi.waitFor(() => expect(Network.reached).toEqual(['ws://elsewhere.example/']));
    client.close();
    phones.close();
  });
});
