import { describe, expect, it } from 'vitest';
import { fetchSetup, setupOf } from './setup.ts';

describe('setup of the page', () => {
  it('reads demo.json beside the page, with URLs relative to it', () => {
    const file = {
      version: 1,
      gateway: { url: '/ws', user: 'demo', secret: 's' },
      phones: { url: 'http://127.0.0.1:5039/control', token: 't' },
      operator: '1001',
    } as const;
    expect(setupOf(file, 'https://pbx.example/panel/?x')).toMatchObject({
      gateway: { url: 'wss://pbx.example/ws', credentials: { user: 'demo', secret: 's' } },
      phones: { url: 'ws://127.0.0.1:5039/control', token: 't' },
      operator: '1001',
    });
  });

  it('takes a ticket or a token in place of user and secret', () => {
    const setup = (gateway: object) =>
      setupOf({ version: 1, gateway: { url: 'ws', ...gateway } }, 'http://h/').gateway.credentials;
    expect(setup({ ticket: 'abc' })).toEqual({ ticket: 'abc' });
    expect(setup({ token: 'def' })).toEqual({ token: 'def' });
  });

  it('has none where the server offers none, or answers with its page', async () => {
    const answer = (response: Response) => fetchSetup('http://h/', async () => response);
    expect(await answer(new Response('', { status: 404 }))).toBeUndefined();
    expect(await answer(new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }))).toBeUndefined();
  });
});
