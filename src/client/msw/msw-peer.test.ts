import type { WebSocketClientConnectionProtocol } from '@mswjs/interceptors/WebSocket';
import { describe, expect, it } from 'vitest';
import { MswPeer } from './msw-peer.ts';

type Listener = (event: object) => void;

/** A page's WebSocket as MSW hands it on. */
function caught() {
  const listeners = new Map<string, Listener>();
  const did: string[] = [];
  const client = {
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    send: (data: string) => did.push(`send ${data}`),
    close: (code: number, reason: string) => did.push(`close ${code} ${reason}`),
  };
  const peer = new MswPeer(client as unknown as WebSocketClientConnectionProtocol);
  const heard: string[] = [];
  peer.listen({ message: (text) => heard.push(text), closed: () => heard.push('closed') });
  const page = (type: string, event: object = {}) => listeners.get(type)?.(event);
  return { peer, did, heard, page };
}

describe('MswPeer', () => {
  it('hands text on in both directions', () => {
    const { peer, did, heard, page } = caught();
    page('message', { data: '{"type":"hello"}' });
    peer.send({ text: '{"type":"welcome"}' });
    expect(heard).toEqual(['{"type":"hello"}']);
    expect(did).toEqual(['send {"type":"welcome"}']);
  });

  it('takes no bytes: the protocols are text', () => {
    const { heard, page } = caught();
    page('message', { data: new ArrayBuffer(2) });
    expect(heard).toEqual([]);
  });

  it('drops what is sent after the page has closed', () => {
    const { peer, did, heard, page } = caught();
    page('close');
    peer.send({ text: 'late' });
    peer.close(1001, 'late');
    expect(heard).toEqual(['closed']);
    expect(did).toEqual([]);
  });

  it('closes once, and hears nothing more but the close', () => {
    const { peer, did, heard, page } = caught();
    peer.close(4001, 'GATEWAY_LOGIN_REFUSED');
    peer.close(4001, 'again');
    page('message', { data: 'late' });
    page('close');
    expect(did).toEqual(['close 4001 GATEWAY_LOGIN_REFUSED']);
    expect(heard).toEqual(['closed']);
  });
});
