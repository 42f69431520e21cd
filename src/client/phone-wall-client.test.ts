import { describe, expect, it } from 'vitest';
import { fakePlatform, newest, settle } from './fake-platform.test-support.ts';
import { PhoneWallClient } from './phone-wall-client.ts';

const ALICE = { name: '1001', label: 'Alice Adams', registered: true, lamp: 'idle', calls: [] } as const;
const BOB = { name: '1002', label: 'Bob Brown', registered: true, lamp: 'idle', calls: [] } as const;

function wall() {
  const { platform, clock, sockets } = fakePlatform();
  const phones = new PhoneWallClient({ url: 'ws://mock/control?x=1', token: 't&t', platform });
  phones.connect();
  newest(sockets).open();
  newest(sockets).receive({ type: 'phones', version: 1, phones: [ALICE, BOB] });
  return { phones, clock, sockets, socket: newest(sockets) };
}

describe('PhoneWallClient', () => {
  it('asks for the control protocol, with its token in the URL', () => {
    const { socket } = wall();
    expect(socket.url).toBe('ws://mock/control?x=1&token=t%26t');
    expect(socket.protocols).toEqual(['asterclick.control.v1']);
  });

  it('shows the phones, and each change of one', () => {
    const { phones, socket } = wall();
    let told = 0;
    phones.watch(() => {
      told += 1;
    });
    socket.receive({ type: 'phone', phone: { ...BOB, lamp: 'held' } });
    expect(phones.phones.map(({ lamp }) => lamp)).toEqual(['idle', 'held']);
    expect(told).toBe(1);
  });

  it('resolves a button when the phone has done it', async () => {
    const { phones, socket } = wall();
    const pressed = phones.press({ phone: '1001', do: 'hold' });
    await settle();
    expect(socket.sent).toEqual([{ id: 1, phone: '1001', do: 'hold' }]);
    socket.receive({ type: 'done', id: 1 });
    await expect(pressed).resolves.toBeUndefined();
  });

  it("rejects a button that the phone can't do, with the stage's code", async () => {
    const { phones, socket } = wall();
    const pressed = phones.press({ phone: '1001', do: 'answer' });
    await settle();
    socket.receive({ type: 'failed', id: 1, code: 'STAGE_NO_SUCH_CALL', message: '1001 has no call to answer' });
    await expect(pressed).rejects.toMatchObject({ code: 'STAGE_NO_SUCH_CALL', message: '1001 has no call to answer' });
  });

  it('keeps what it knew of the phones while the socket is away, and comes back', async () => {
    const { phones, clock, sockets, socket } = wall();
    const pressed = phones.press({ do: 'restart' });
    await settle();
    socket.drop();
    await expect(pressed).rejects.toMatchObject({ code: 'CLIENT_CONNECTION_LOST' });
    expect([phones.online, phones.phones.length]).toEqual([false, 2]);
    await expect(phones.press({ phone: '1001', do: 'hold' })).rejects.toMatchObject({ code: 'CLIENT_NOT_CONNECTED' });
    clock.advance(60_000);
    newest(sockets).receive({ type: 'phones', version: 1, phones: [ALICE] });
    expect([phones.online, phones.phones.length]).toEqual([true, 1]);
  });
});
