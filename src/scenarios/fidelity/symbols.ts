import { headerValue, type ReceivedMessage } from './messages.ts';
import { ADDRESS, CHANNEL_NAME, UNIQUEID, UUID } from './vocabulary.ts';

/**
 * Replaces what a run makes up (names of channels, ids, addresses) by what it stands for: `PJSIP/1001-#2` is the second channel
 * of that endpoint, a bridge is named after who enters it. Equal parts in two runs have equal symbols.
 */
export class Symbols {
  readonly #channels = new Map<string, string>();
  readonly #channelsOf = new Map<string, number>();
  readonly #uniqueids = new Map<string, string>();
  readonly #bridges = new Map<string, string>();

  constructor(messages: readonly ReceivedMessage[]) {
    this.#nameUniqueids(messages);
    this.#nameBridges(messages);
  }

  replace(value: string): string {
    const withIds = value
      .replace(UUID, (id) => this.#bridges.get(id) ?? '<uuid>')
      .replace(UNIQUEID, (id) => this.#uniqueids.get(id) ?? 'uid(?)');
    return this.#replaceChannels(withIds).replace(ADDRESS, '<address>');
  }

  #nameUniqueids(messages: readonly ReceivedMessage[]): void {
    for (const { headers } of messages) {
      for (const role of ['', 'Dest', 'LocalOne', 'LocalTwo']) {
        const channel = headerValue(headers, `${role}Channel`);
        const uniqueid = headerValue(headers, `${role}Uniqueid`);
        if (!channel || !uniqueid || this.#uniqueids.has(uniqueid)) continue;
        this.#uniqueids.set(uniqueid, `uid(${this.#replaceChannels(channel)})`);
      }
    }
  }

  #nameBridges(messages: readonly ReceivedMessage[]): void {
    const named = new Map<string, number>();
    for (const [bridge, entered] of this.#entrants(messages)) {
      const first = [...entered].slice(0, 2).sort()[0] ?? 'nobody';
      const count = (named.get(first) ?? 0) + 1;
      named.set(first, count);
      this.#bridges.set(bridge, `bridge(${first}, ${count})`);
    }
  }

  /** Who enters each bridge, in order. */
  #entrants(messages: readonly ReceivedMessage[]): Map<string, Set<string>> {
    const entrants = new Map<string, Set<string>>();
    for (const { headers } of messages) {
      const bridge = headerValue(headers, 'BridgeUniqueid');
      if (!bridge) continue;
      const entered = entrants.get(bridge) ?? new Set();
      entrants.set(bridge, entered);
      const channel = headerValue(headers, 'Channel');
      if (headerValue(headers, 'Event') === 'BridgeEnter' && channel !== undefined) {
        entered.add(this.#replaceChannels(channel));
      }
    }
    return entrants;
  }

  #replaceChannels(text: string): string {
    return text.replace(CHANNEL_NAME, (_name, endpoint: string, serial: string, half = '') => {
      const key = `${endpoint}-${serial}`;
      const symbol = this.#channels.get(key) ?? this.#nextChannel(endpoint);
      this.#channels.set(key, symbol);
      return `${symbol}${half}`;
    });
  }

  #nextChannel(endpoint: string): string {
    const count = (this.#channelsOf.get(endpoint) ?? 0) + 1;
    this.#channelsOf.set(endpoint, count);
    return `${endpoint}-#${count}`;
  }
}
