import { AmiError } from './ami-error.ts';
import type { Link, LinkAddress, LinkHandlers } from './link.ts';
import type { Clock } from './runtime.ts';

export interface MemoryLinkOptions {
  /** `127.0.0.1:1024` by default. */
  readonly near?: LinkAddress;
  /** `127.0.0.1:5038` by default. */
  readonly far?: LinkAddress;
  /**
   * Bytes that each side's system takes in for a reader that has paused; the rest stays `pendingBytes` of the writer.
   * Unlimited by default.
   */
  readonly capacityBytes?: number;
}

/**
 * Two ends of one connection without a network. What one end does, the other hears of in a timer of 0 ms on `clock`, never from
 * within a method. Bytes are not copied: whoever wrote them must not change them any more.
 */
export function memoryLinks(clock: Clock, options: MemoryLinkOptions = {}): readonly [near: Link, far: Link] {
  const { near = { address: '127.0.0.1', port: 1024 }, far = { address: '127.0.0.1', port: 5038 } } = options;
  const capacityBytes = options.capacityBytes ?? Number.POSITIVE_INFINITY;
  const one = new MemoryLink(clock, near, far, capacityBytes);
  const other = new MemoryLink(clock, far, near, capacityBytes);
  one.join(other);
  other.join(one);
  return [one, other];
}

class MemoryLink implements Link {
  readonly local: LinkAddress;
  readonly remote: LinkAddress;
  readonly #clock: Clock;
  readonly #capacityBytes: number;
  #peer: MemoryLink = this;
  #handlers: LinkHandlers | undefined;
  /** Written here, not yet taken by the other side's system. */
  #outgoing = new ByteQueue();
  /** Taken by this side's system, not yet read. */
  #incoming = new ByteQueue();
  #paused = false;
  #ending = false;
  #endDelivered = false;
  /** Set by `destroy` on either side. */
  #cut: 'here' | 'there' | undefined;
  #closed = false;
  #scheduled = false;

  constructor(clock: Clock, local: LinkAddress, remote: LinkAddress, capacityBytes: number) {
    this.#clock = clock;
    this.local = local;
    this.remote = remote;
    this.#capacityBytes = capacityBytes;
  }

  join(peer: MemoryLink): void {
    this.#peer = peer;
  }

  attach(handlers: LinkHandlers): void {
    this.#handlers = handlers;
    this.#schedule();
  }

  get pendingBytes(): number {
    return this.#outgoing.bytes;
  }

  write(bytes: Uint8Array): void {
    if (this.#ending || this.#cut !== undefined || bytes.length === 0) return;
    this.#outgoing.push(bytes);
    this.#peer.#schedule();
  }

  /** Each write is a piece of its own here. */
  flush(): void {}

  end(): void {
    if (this.#ending || this.#cut !== undefined) return;
    this.#ending = true;
    this.#peer.#schedule();
    this.#schedule();
  }

  destroy(): void {
    if (this.#closed || this.#cut !== undefined) return;
    this.#sever('here');
    this.#peer.#sever('there');
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  #sever(cut: 'here' | 'there'): void {
    if (this.#closed || this.#cut !== undefined) return;
    this.#cut = cut;
    this.#outgoing = new ByteQueue();
    this.#incoming = new ByteQueue();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    this.#clock.setTimer(0, () => {
      this.#scheduled = false;
      this.#turn();
    });
  }

  /** Takes in what came and tells the handlers, who may do anything to this link meanwhile. */
  #turn(): void {
    if (this.#closed) return;
    do this.#takeIn();
    while (this.#deliver());
    if (this.#handlers === undefined) return;
    if (this.#cut !== undefined) this.#close();
    else if (this.#mayEnd()) this.#deliverEnd(this.#handlers);
    if (this.#endDelivered && this.#ending && this.#outgoing.bytes === 0) this.#close();
  }

  #takeIn(): void {
    const source = this.#peer.#outgoing;
    if (source.bytes === 0) return;
    for (let room = this.#room(); room > 0; room = this.#room()) {
      const bytes = source.shift(room);
      if (bytes === undefined) break;
      this.#incoming.push(bytes);
    }
    // Whoever has ended may close once all is taken.
    if (source.bytes === 0) this.#peer.#schedule();
  }

  #room(): number {
    return this.#capacityBytes - this.#incoming.bytes;
  }

  /** True where bytes were delivered. */
  #deliver(): boolean {
    if (this.#handlers === undefined || this.#incoming.bytes === 0) return false;
    while (!this.#paused) {
      const bytes = this.#incoming.shift(Number.POSITIVE_INFINITY);
      if (bytes === undefined) return true;
      this.#handlers.data(bytes);
    }
    return false;
  }

  #mayEnd(): boolean {
    const peerIsDone = this.#peer.#ending && this.#peer.#outgoing.bytes === 0;
    return peerIsDone && this.#incoming.bytes === 0 && !this.#paused && !this.#endDelivered;
  }

  #deliverEnd(handlers: LinkHandlers): void {
    this.#endDelivered = true;
    handlers.end();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#cut === 'there')
      this.#handlers?.close(new AmiError('AMI_LINK_LOST', 'The other side reset the connection'));
    else this.#handlers?.close();
  }
}

class ByteQueue {
  #chunks: Uint8Array[] = [];
  /** Chunks before this one are gone; they leave the array by and by, as taking out the first of many is slow. */
  #first = 0;
  bytes = 0;

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.bytes += chunk.length;
  }

  /** Takes out the first chunk, or as much of it as `limit` bytes are. */
  shift(limit: number): Uint8Array | undefined {
    const chunk = this.#chunks[this.#first];
    if (chunk === undefined) return undefined;
    const taken = chunk.subarray(0, limit);
    this.bytes -= taken.length;
    if (taken.length < chunk.length) this.#chunks[this.#first] = chunk.subarray(limit);
    else this.#dropFirst();
    return taken;
  }

  #dropFirst(): void {
    this.#first += 1;
    if (this.#first * 2 < this.#chunks.length) return;
    this.#chunks = this.#chunks.slice(this.#first);
    this.#first = 0;
  }
}
