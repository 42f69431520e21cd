import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../ami/manual-clock.ts';
import { nodeRuntime } from '../../ami/runtime.node.ts';
import { smallOffice } from '../config/small-office.ts';
import { createStage } from '../simulated-stage.ts';
import { ControlServer } from './control-server.ts';
import type { ControlMessage, ControlPhone } from './wire.ts';

function setUp() {
  const clock = new ManualClock();
  const stage = createStage({ runtime: nodeRuntime({ clock }), files: smallOffice });
  const server = new ControlServer(stage);
  const received: ControlMessage[] = [];
  const connection = server.connect({ send: (text) => received.push(JSON.parse(text)) });
  const take = (): ControlMessage[] => received.splice(0);
  const press = (button: object): void => connection.receive(JSON.stringify(button));
  return { clock, stage, server, connection, take, press };
}

/** Of each phone told of, how it was shown last. */
function shown(messages: readonly ControlMessage[]): Map<string, ControlPhone> {
  return new Map(
    messages.flatMap((message) => (message.type === 'phone' ? [[message.phone.name, message.phone]] : [])),
  );
}

describe('ControlServer', () => {
  it('shows all desk phones first, with the names on their displays, and no trunk', () => {
    const [first] = setUp().take();
    const phones = first?.type === 'phones' ? first.phones : [];
    expect(phones.map(({ name }) => name)).toEqual(['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008']);
    expect(phones.every(({ label }) => label !== '' && !/^\d+$/.test(label))).toBe(true);
    expect(phones[0]).toMatchObject({ registered: true, lamp: 'idle', calls: [] });
  });

  it('presses buttons, and tells each phone that changes: a call, answered, held, resumed and ended', () => {
    const { clock, take, press } = setUp();
    take();
    press({ id: 1, do: 'dial', phone: '1001', number: '1002' });
    clock.advance(100);
    const ringing = take();
    expect(ringing).toContainEqual({ type: 'done', id: 1 });
    expect(shown(ringing).get('1002')).toMatchObject({
      lamp: 'ringing',
      calls: [{ direction: 'in', state: 'ringing', other: '1001' }],
    });
    press({ id: 2, do: 'answer', phone: '1002' });
    clock.advance(100);
    const up = shown(take());
    expect(up.get('1001')).toMatchObject({ lamp: 'up', calls: [{ direction: 'out', state: 'up', other: '1002' }] });
    expect(up.get('1002')?.lamp).toBe('up');
    press({ id: 3, do: 'hold', phone: '1001' });
    clock.advance(100);
    const held = shown(take());
    expect(held.get('1001')?.calls).toMatchObject([{ holding: true, held: false }]);
    expect(held.get('1002')).toMatchObject({ lamp: 'held', calls: [{ holding: false, held: true }] });
    press({ id: 4, do: 'resume', phone: '1001' });
    clock.advance(100);
    expect(shown(take()).get('1002')).toMatchObject({ lamp: 'up', calls: [{ held: false }] });
    press({ id: 5, do: 'hangUp', phone: '1002' });
    clock.advance(100);
    const ended = shown(take());
    expect([ended.get('1001')?.lamp, ended.get('1002')?.lamp]).toEqual(['idle', 'idle']);
    expect(ended.get('1001')?.calls).toEqual([]);
  });

  it('shows on a phone who has taken the place of the other party in a transfer, and names the call as before', () => {
    const { clock, take, press } = setUp();
    press({ id: 1, do: 'dial', phone: '1001', number: '1002' });
    clock.advance(100);
    press({ id: 2, do: 'answer', phone: '1002' });
    clock.advance(100);
    press({ id: 3, do: 'transfer', phone: '1002', other: '1001', to: '1003' });
    clock.advance(100);
    press({ id: 4, do: 'answer', phone: '1003' });
    clock.advance(100);
    expect(shown(take()).get('1001')?.calls).toMatchObject([{ other: '1002', shown: { number: '1003' } }]);
  });

  it('sends nothing when nothing changes, for a minute and more', () => {
    const { clock, take } = setUp();
    clock.advance(1000);
    take();
    clock.advance(59_000);
    expect(take()).toEqual([]);
  });

  it.each([
    [{ id: 7, do: 'answer', phone: '1001' }, 'STAGE_NO_SUCH_CALL'],
    [{ id: 7, do: 'dial', phone: '4711', number: '1002' }, 'STAGE_UNKNOWN_PHONE'],
    [{ id: 7, do: 'reject', phone: '1001', reason: 'sulking' }, 'STAGE_NOT_POSSIBLE'],
    [{ id: 7, do: 'dial', phone: '1001' }, 'CONTROL_BAD_REQUEST'],
    [{ id: 7, do: 'dance', phone: '1001' }, 'CONTROL_BAD_REQUEST'],
    [{ id: 7, do: 'toString', phone: '1001' }, 'CONTROL_BAD_REQUEST'],
    [{ id: 7, do: 'hold', phone: '1001', other: 5 }, 'CONTROL_BAD_REQUEST'],
  ])('says what is wrong with %j', (button, code) => {
    const { take, press } = setUp();
    take();
    press(button);
    expect(take()).toEqual([{ type: 'failed', id: 7, code, message: expect.any(String) }]);
  });

  it.each(['', 'no JSON', '[]', 'null', '{"do":"dial"}'])('answers what is no request, and goes on: %j', (text) => {
    const { connection, take } = setUp();
    take();
    connection.receive(text);
    expect(take()).toMatchObject([{ type: 'failed', id: 0, code: 'CONTROL_BAD_REQUEST' }]);
  });

  it('tells every client the same, and a client that has gone nothing more', () => {
    const { server, connection, clock, take, press } = setUp();
    const other: string[] = [];
    server.connect({ send: (text) => other.push(text) });
    take();
    other.length = 0;
    press({ id: 1, do: 'unregister', phone: '1003' });
    clock.advance(100);
    const phones = take().filter(({ type }) => type === 'phone');
    expect(phones.at(-1)).toMatchObject({ phone: { name: '1003', registered: false, lamp: 'unavailable' } });
    expect(other.map((text) => JSON.parse(text))).toEqual(phones);
    connection.close();
    press({ id: 2, do: 'register', phone: '1003' });
    clock.advance(100);
    expect(take().filter(({ type }) => type === 'phone')).toEqual([]);
  });
});
