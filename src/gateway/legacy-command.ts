import type { Header } from '../ami/message.ts';
import type { DecodedCommand } from './decode-json.ts';
import type { LegacyAction } from './decode-xml.ts';
import { GatewayError } from './gateway-error.ts';
import type { Role } from './roles.ts';

/** What an `<originate>` may carry; the gateway itself says which context, and that nobody waits for the answer. */
const ORIGINATE_HEADERS = new Set(['channel', 'exten', 'context', 'priority', 'timeout', 'async']);

/**
 * The command that an action of the XML protocol is. Its names come in lower case; the role knows how AMI writes them. What no role
 * names stays as it is, and is refused as such.
 * @throws GatewayError `GATEWAY_FORBIDDEN` for an originate that is more than a call from a phone to a number
 */
export function legacyCommand({ id, name, headers }: LegacyAction, { actions }: Role): DecodedCommand {
  const base = { type: 'command', id } as const;
  const raw = Object.keys(actions).find((each) => each.toLowerCase() === name);
  const fields = raw === undefined ? [] : Object.keys(actions[raw] ?? {});
  if (raw !== undefined) return { ...base, do: 'action', name: raw, headers: spelled(headers, fields) };
  const value = (header: string) => headers.find(([each]) => each === header)?.[1] ?? '';
  switch (name) {
    case 'hangup':
      return { ...base, do: 'hangUp', channel: value('channel') };
    case 'blindtransfer':
      return { ...base, do: 'transfer', channel: value('channel'), to: value('exten') };
    case 'redirect': {
      const extra = value('extrachannel');
      const both = extra === '' ? {} : { extraChannel: extra };
      return { ...base, do: 'redirect', channel: value('channel'), ...both, to: value('exten') };
    }
    case 'originate':
      checkOriginate(headers);
      return { ...base, do: 'dial', from: extensionOf(value('channel')), to: value('exten') };
    default:
      return { ...base, do: 'action', name, headers };
  }
}

function spelled(headers: readonly Header[], fields: readonly string[]): readonly Header[] {
  return headers.map(([name, value]) => [fields.find((field) => field.toLowerCase() === name) ?? name, value]);
}

function checkOriginate(headers: readonly Header[]): void {
  const other = headers.find(([name]) => !ORIGINATE_HEADERS.has(name));
  if (other !== undefined)
    throw new GatewayError('GATEWAY_FORBIDDEN', `An originate may not carry the header ${other[0]} here`);
}

/** `1001` of `PJSIP/1001`. */
function extensionOf(device: string): string {
  return device.slice(device.indexOf('/') + 1);
}
