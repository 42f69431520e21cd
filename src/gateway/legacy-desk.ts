import type { XmlElement } from './decode-xml.ts';
import { xmlEvent, xmlLine } from './encode-xml.ts';
import type { Frame } from './frame.ts';
import { GatewayError } from './gateway-error.ts';

const MAX_ATTRIBUTES = 32;

/** Where all who chat hear each other. */
export type ChatRoom = Set<(line: Frame) => void>;

/** What `<asterclick>` does for one browser: it keeps a few attributes, and chats. */
export class LegacyDesk {
  readonly #attributes = new Map<string, string>();
  readonly #from: string;
  readonly #room: ChatRoom;

  /** @param from what a chat line is signed with; a browser can't choose that, but may add a label */
  constructor(from: string, room: ChatRoom) {
    this.#from = from;
    this.#room = room;
  }

  /**
   * @param nowMs since the epoch
   * @returns what the sender is answered
   * @throws GatewayError `GATEWAY_BAD_VALUE` where it wants to keep too much
   */
  take({ name, attributes, text }: XmlElement, nowMs: number): readonly Frame[] {
    if (name === 'chatsend') {
      this.#chat(text, nowMs);
      return [];
    }
    const key = attributes.get('name') ?? '';
    if (name === 'setattribute') this.#set(key, attributes.get('value') ?? '');
    const known = name === 'getattribute' ? ([['value', this.#attributes.get(key) ?? '']] as const) : [];
    return [xmlEvent(`asterclick_${name}`, [...attributes, ...known])];
  }

  #set(name: string, value: string): void {
    if (!this.#attributes.has(name) && this.#attributes.size === MAX_ATTRIBUTES)
      throw new GatewayError('GATEWAY_BAD_VALUE', `No more than ${MAX_ATTRIBUTES} attributes are kept`);
    this.#attributes.set(name, value);
  }

  #chat(text: string, nowMs: number): void {
    const [date = '', time = ''] = new Date(nowMs).toISOString().split(/[TZ.]/);
    const line = xmlLine(
      'chatline',
      [
        ['from', this.#from],
        ['label', this.#attributes.get('Label') ?? this.#attributes.get('label') ?? ''],
        ['timestamp', String(Math.round(nowMs))],
        ['date', date],
        ['time', time],
      ],
      text,
    );
    for (const hear of [...this.#room]) hear(line);
  }
}
