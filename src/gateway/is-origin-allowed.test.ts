import { describe, expect, test } from 'vitest';
import { isHostAllowed, isOriginAllowed } from './is-origin-allowed.ts';

const listed = ['https://panel.example.org'];

test.each([
  ['no origin: a program', undefined, 'gw:8088', true],
  ['a page of its own', 'http://gw:8088', 'gw:8088', true],
  ['a page of its own, behind TLS', 'https://gw.example.org', 'gw.example.org', true],
  ['a page of its own in capitals', 'http://GW:8088', 'gw:8088', true],
  ['a page that is listed', 'https://panel.example.org', 'gw:8088', true],
  ['a listed page over another scheme', 'http://panel.example.org', 'gw:8088', false],
  ['a page from elsewhere', 'https://evil.example', 'gw:8088', false],
  ['another port of the same host', 'http://gw:9999', 'gw:8088', false],
  ['a host that only begins the same', 'http://gw:8088.evil.example', 'gw:8088', false],
  ['a host that only ends the same', 'http://evil-gw:8088', 'gw:8088', false],
  ['a user that looks like the host', 'http://gw:8088@evil.example', 'evil.example', false],
  ['a page from a file, or a sandbox', 'null', 'gw:8088', false],
  ['an empty origin', '', 'gw:8088', false],
  ['no host', 'http://gw:8088', undefined, false],
  ['another kind of scheme', 'app://local', 'local', false],
])('%s', (_, origin, host, allowed) => {
  expect(isOriginAllowed(origin, host, listed)).toBe(allowed);
});

test('a star lets all in', () => {
  expect(isOriginAllowed('https://evil.example', 'gw', ['*'])).toBe(true);
});

describe('a name by which the gateway is asked for', () => {
  test.each([
    ['any where none is said', 'evil.example', [], true],
    ['its own', 'panel.example.org', ['panel.example.org'], true],
    ['its own on any port, in any letters', 'PANEL.example.org:8443', ['panel.example.org'], true],
    ['an address', '[::1]:80', ['[::1]'], true],
    ['another', 'evil.example', ['panel.example.org'], false],
    ['one that begins like its own', 'panel.example.org.evil.example', ['panel.example.org'], false],
    ['none', undefined, ['panel.example.org'], false],
  ] as const)('%s', (_, host, allowed, good) => {
    expect(isHostAllowed(host, allowed)).toBe(good);
  });
});
