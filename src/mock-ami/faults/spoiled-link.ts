import { AmiError } from '../../ami/ami-error.ts';
import { joinBytes } from '../../ami/join-bytes.ts';
import type { Link, LinkAddress, LinkHandlers } from '../../ami/link.ts';
import type { Clock, Random, Timer } from '../../ami/runtime.ts';
import type { FaultSource } from './fault-source.ts';
import type { FaultValues } from './fault-table.ts';

/** What the wire and both systems take in before the sender notices that nothing arrives. Source: recordings `fault-slow-reader-*`: about 3 MB. */
const WIRE_BYTES = 3 * 1024 * 1024;
/** With a limited bandwidth, what goes out at once takes so long. */
const BANDWIDTH_STEP_MS = 20;

/** Bytes on their way. */
interface Piece {
  parts: Uint8Array[];
  /** Not sent before. */
  readonly dueMs: number;
  /** What is written until `dueMs` joins it. */
  readonly open: boolean;
}

/** The server's end of a connection, with the faults that concern bytes; without any of them bytes pass at once. */
export class SpoiledLink implements Link {
  readonly local: LinkAddress;
  readonly remote: LinkAddress;
  readonly #inner: Link;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #faults: FaultSource;
  #handlers: LinkHandlers | undefined;
  readonly #pieces: Piece[] = [];
  #queuedBytes = 0;
  #timer: Timer | undefined;
  /** When the next piece may go, by split-writes and limit-bandwidth. */
  #freeAtMs = 0;
  /** The fault that messages are counted for. */
  #dropping: FaultValues<'drop-mid-message'> | undefined;
  #messages = 0;
  #pausedByFault = false;
  #pausedByServer = false;
  #silent = false;
  /** What happens when the last piece has gone. */
  #then: 'end' | 'close' | 'reset' | undefined;
  #over = false;

  constructor(
    inner: Link,
    parts: {
      readonly clock: Clock;
      readonly random: Random;
      readonly faults: FaultSource;
      readonly onClose: () => void;
    },
  ) {
    this.#inner = inner;
    this.local = inner.local;
    this.remote = inner.remote;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#faults = parts.faults;
    const { onClose } = parts;
    inner.attach({
      data: (bytes) => {
        if (!this.#silent && !this.#over) this.#handlers?.data(bytes);
      },
      end: () => {
        if (this.#silent) this.reset();
        else if (!this.#over) this.#handlers?.end();
      },
      close: (error) => {
        onClose();
        this.#finish(error);
      },
    });
    this.faultsChanged();
  }

  attach(handlers: LinkHandlers): void {
    this.#handlers = handlers;
  }

  get pendingBytes(): number {
    return this.#inner.pendingBytes + Math.max(0, this.#queuedBytes - WIRE_BYTES);
  }

  /** @param bytes one message */
  write(bytes: Uint8Array): void {
    if (this.#over || this.#silent || this.#then !== undefined) return;
    if (this.#faults.calm && this.#pieces.length === 0) {
      this.#inner.write(bytes);
      return;
    }
    const garbage = this.#faults.get('send-garbage');
    if (garbage !== undefined && this.#random.next() < garbage.chance) {
      this.#faults.struck('send-garbage');
      this.#queue(Uint8Array.from({ length: garbage.bytes }, () => Math.floor(this.#random.next() * 256)));
    }
    const drop = this.#faults.get('drop-mid-message');
    if (drop !== this.#dropping) this.#messages = 0;
    this.#dropping = drop;
    if (drop !== undefined && this.#messages++ >= drop.after) {
      this.#faults.struck('drop-mid-message');
      this.#queue(bytes.subarray(0, 1 + Math.floor(this.#random.next() * (bytes.length - 1))));
      this.#then = drop.how === 'reset' ? 'reset' : 'close';
    } else this.#queue(bytes);
    this.#pump();
  }

  flush(): void {
    this.#inner.flush();
  }

  end(): void {
    if (this.#over || this.#silent || this.#then !== undefined) return;
    this.#then = 'end';
    this.#pump();
  }

  destroy(): void {
    this.#drop();
    if (!this.#silent) this.#inner.destroy();
  }

  pause(): void {
    this.#pausedByServer = true;
    this.#inner.pause();
  }

  resume(): void {
    this.#pausedByServer = false;
    if (!this.#pausedByFault) this.#inner.resume();
  }

  /** Faults were set or cleared. */
  faultsChanged(): void {
    if (this.#faults.get('silence') !== undefined && !this.#silent) {
      this.#silent = true;
      this.#drop();
    }
    if (this.#faults.get('limit-bandwidth') === undefined && this.#faults.get('split-writes') === undefined) {
      this.#freeAtMs = 0;
    }
    this.#stopReading(this.#faults.get('stop-reading') !== undefined);
    this.#pump();
  }

  /** Cuts the connection at both ends. */
  reset(): void {
    this.#drop();
    this.#inner.destroy();
  }

  /** Sends at once whatever still waits, and ends what was to end; no timer is left. */
  release(): void {
    for (const { parts } of this.#pieces) for (const part of parts) this.#inner.write(part);
    this.#drop();
    if (this.#silent) this.#inner.destroy();
    else if (this.#then !== undefined) this.#inner.end();
    if (this.#then === 'close' || this.#then === 'reset') this.#finish();
  }

  #stopReading(stop: boolean): void {
    if (stop === this.#pausedByFault) return;
    this.#pausedByFault = stop;
    if (stop) this.#inner.pause();
    else if (!this.#pausedByServer) this.#inner.resume();
  }

  #queue(bytes: Uint8Array): void {
    const delay = this.#faults.get('delay-writes');
    const join = this.#faults.get('join-writes');
    const last = this.#pieces.at(-1);
    this.#queuedBytes += bytes.length;
    const now = this.#clock.now();
    if (join !== undefined && last?.open === true && last.dueMs > now) {
      last.parts.push(bytes);
      return;
    }
    const lateMs = delay === undefined ? 0 : delay.by + delay.jitter * this.#random.next();
    const dueMs = Math.max(last?.dueMs ?? 0, now + lateMs + (join?.within ?? 0));
    this.#pieces.push({ parts: [bytes], dueMs, open: join !== undefined });
  }

  /** Sends what is due, and wakes up again when more is. */
  #pump(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (let next = this.#pieces[0]; next !== undefined; next = this.#pieces[0]) {
      const waitMs = Math.max(next.dueMs, this.#freeAtMs) - this.#clock.now();
      if (waitMs > 0) return this.#wake(waitMs);
      const whole = joinBytes(next.parts);
      const most = this.#mostBytes();
      const bytes = whole.subarray(0, most);
      if (bytes.length < whole.length) next.parts = [whole.subarray(most)];
      else this.#pieces.shift();
      this.#queuedBytes -= bytes.length;
      this.#inner.write(bytes);
      this.#inner.flush();
      const restMs = this.#restMs(bytes.length);
      if (restMs === undefined) continue;
      this.#freeAtMs = this.#clock.now() + restMs;
      return this.#wake(restMs);
    }
    this.#sentAll();
  }

  #wake(delayMs: number): void {
    this.#timer = this.#clock.setTimer(delayMs, () => this.#pump());
  }

  /** Bytes that may go at once. */
  #mostBytes(): number {
    const split = this.#faults.get('split-writes');
    const bandwidth = this.#faults.get('limit-bandwidth');
    const step = bandwidth === undefined ? Infinity : Math.ceil((bandwidth.bytesPerSecond * BANDWIDTH_STEP_MS) / 1000);
    if (split === undefined) return step;
    return Math.min(step, 1 + Math.floor(this.#random.next() * split.longest));
  }

  /** How long nothing may follow that many bytes: 0 for a piece of its own, `undefined` where the next may go with it. */
  #restMs(bytes: number): number | undefined {
    const split = this.#faults.get('split-writes');
    const bandwidth = this.#faults.get('limit-bandwidth');
    if (bandwidth === undefined) return split?.every;
    return Math.max((bytes * 1000) / bandwidth.bytesPerSecond, split?.every ?? 0);
  }

  #sentAll(): void {
    switch (this.#then) {
      case 'end':
        return this.#inner.end();
      case 'close':
        this.#inner.end();
        return this.#tellLost();
      case 'reset':
        return this.#tellLost(() => this.#inner.destroy());
    }
  }

  /** The server hears of it after what was sent is on its way: nothing of the link calls back at once. */
  #tellLost(first: () => void = () => {}): void {
    this.#timer = this.#clock.setTimer(0, () => {
      first();
      this.#finish(new AmiError('AMI_LINK_LOST', 'A fault ended the connection'));
    });
  }

  #drop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#pieces.length = 0;
    this.#queuedBytes = 0;
  }

  #finish(error?: Error): void {
    this.#drop();
    if (this.#over) return;
    this.#over = true;
    this.#handlers?.close(error);
  }
}
