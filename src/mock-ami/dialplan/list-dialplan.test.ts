import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTrace } from '../../../test/fixtures.ts';
import { readPbxConfig } from '../config/pbx-config.ts';
import { type DialplanRow, listDialplan } from './list-dialplan.ts';

const lab = new Map(
  ['extensions.conf', 'res_parking.conf'].map((name) => [
    name,
    readFileSync(new URL(`../../../fixtures/lab/${name}`, import.meta.url), 'utf8'),
  ]),
);
const { dialplan } = readPbxConfig(lab).config;

/** What the PBX answered to the action with that id: a row each, as `Header: value` lines without the ActionID. */
function recorded(actionId: string): string[] {
  return readTrace('show-dialplan')
    .lines.map(({ raw = '' }) => raw)
    .filter((raw) => raw.startsWith('Event: ListDialplan') && raw.includes(`ActionID: ${actionId}\r\n`))
    .map((raw) => raw.trimEnd().split('\r\n').slice(2).join('\n'));
}

function row(listed: DialplanRow): string {
  if (listed.kind === 'include')
    return `Context: ${listed.context}\nIncludeContext: ${listed.include}\nRegistrar: ${listed.registrar}`;
  if (listed.kind === 'ignore-pattern') return listed.pattern;
  const { priority, app, args, registrar } = listed.line;
  const hint = priority < 0;
  return [
    `Context: ${listed.context}`,
    `Extension: ${listed.extension.name}`,
    `Priority: ${hint ? 'hint' : priority}`,
    `Application: ${app}`,
    ...(hint ? [] : [`AppData: ${args}`]),
    `Registrar: ${registrar}`,
  ].join('\n');
}

function listed(context?: string, exten?: string) {
  const listing = listDialplan(dialplan, context, exten);
  return typeof listing === 'string' ? listing : { ...listing, rows: listing.rows.map(row) };
}

describe('listDialplan', () => {
  it('lists all that a real Asterisk lists, in its order', () => {
    const listing = listed();
    expect(listing).toMatchObject({ rows: recorded('admin-12'), extensions: 84, priorities: 190 });
    // There an eighth context was left over from DialplanExtensionAdd.
    expect(listing).toMatchObject({ contexts: 7 });
  });

  it('lists one context', () => {
    expect(listed('predial')).toEqual({ rows: recorded('admin-2'), contexts: 1, extensions: 1, priorities: 2 });
  });

  it('lists what an extension finds there and in what is included', () => {
    expect(listed('from-phones', '1001')).toEqual({
      rows: recorded('admin-3'),
      contexts: 3,
      extensions: 2,
      priorities: 4,
    });
  });

  it('says whether the context or the extension is missing', () => {
    expect([listed('nosuch'), listed('from-phones', 'nosuch')]).toEqual(['no-context', 'no-extension']);
  });
});
