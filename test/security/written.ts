import { XML_PROTOCOL } from '../../src/gateway/wire/protocol.ts';

/** What somebody says, before it is written in a protocol; fields may be missing, or of any type. */
export type Said = Readonly<Record<string, unknown>> & { readonly type: 'hello' | 'command' };

/** A command with these fields. */
export const command = (fields: Record<string, unknown>): Said => ({ type: 'command', id: 7, ...fields });

/** A raw AMI action. */
export const action = (name: string, headers: Record<string, unknown> = {}): Said =>
  command({ do: 'action', name, headers });

/** The same with its names as that protocol writes them: the XML one in lower case. */
export function actionIn(protocol: string, name: string, headers: Record<string, unknown> = {}): Said {
  if (protocol !== XML_PROTOCOL) return action(name, headers);
  const lower = Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]);
  return action(name.toLowerCase(), Object.fromEntries(lower));
}

/** How a message is written in a protocol; what is in it may be as wrong as one likes. */
export function written(protocol: string, said: Said): string {
  return protocol === XML_PROTOCOL ? inXml(said) : JSON.stringify(said);
}

function inXml(said: Said): string {
  const { user, secret, from, to, channel, extraChannel, name, headers = {} } = said;
  if (said.type === 'hello') return element('login', { username: user, secret, pbx: said['pbx'] });
  switch (said['do']) {
    case 'dial':
      return element('originate', { channel: `PJSIP/${from}`, exten: to });
    case 'hangUp':
      return element('hangup', { channel });
    case 'transfer':
      return element('blindtransfer', { channel, exten: to });
    case 'redirect':
      return element('redirect', { channel, extrachannel: extraChannel, exten: to });
    default:
      return element(String(name), headers as Readonly<Record<string, unknown>>);
  }
}

/** Names go in as they are, and so does everything that can be in a value. */
function element(name: string, attributes: Readonly<Record<string, unknown>>): string {
  const marks = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${reference(String(value))}"`],
  );
  return `<${name}${marks.join('')}/>`;
}

/** As character references, which no reader turns into spaces as it does line ends. */
function reference(value: string): string {
  return value.replace(/[^ -~]|[&<>"]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}
