import { describe, expect, it } from 'vitest';
import { latin1 } from './cuts.test-support.ts';
import { ManualClock } from './manual-clock.ts';
import { browserRuntime } from './runtime.browser.ts';
import { nodeRuntime } from './runtime.node.ts';
import { SeededRandom } from './seeded-random.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe.each([
  { platform: 'Node', runtime: nodeRuntime() },
  { platform: 'a browser', runtime: browserRuntime() },
])('the runtime of $platform', ({ runtime: { clock, digest, random, text } }) => {
  it('knows the time, with fractions, and never goes back', () => {
    const before = Date.now();
    const times = Array.from({ length: 1000 }, () => clock.now());
    expect(Math.abs((times[0] ?? 0) - before)).toBeLessThan(5000);
    expect(times.some((time) => time % 1 !== 0)).toBe(true);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('runs timers in order of time, those of 0 ms one after the other, and not those cancelled', async () => {
    const ran: string[] = [];
    await new Promise<void>((resolve) => {
      clock.setTimer(3, () => {
        ran.push('3 ms');
        resolve();
      });
      clock.setTimer(2, () => ran.push('never')).cancel();
      clock.setTimer(0, () => {
        ran.push('a');
        void Promise.resolve().then(() => ran.push('promises of a'));
      });
      clock.setTimer(0, () => ran.push('b'));
      clock.setTimer(0, () => ran.push('never')).cancel();
    });
    expect(ran).toEqual(['a', 'promises of a', 'b', '3 ms']);
  });

  it('computes MD5 over UTF-8 (RFC 1321)', () => {
    expect(digest.md5('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(digest.md5('message digest')).toBe('f96b697d7cb7938d525a2f31aaf161d0');
    expect(digest.md5('Jürgen')).toBe('ebaf432fe1d5fc33effaa72d7abd3e3b');
  });

  it('computes HMAC-SHA-256 (RFC 4231, case 2)', () => {
    const mac = digest.hmacSha256(bytesOf('Jefe'), 'what do ya want for nothing?');
    expect(hex(mac)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('computes scrypt (RFC 7914)', async () => {
    const parameters = { cost: 1024, blockSize: 8, parallelization: 16, keyBytes: 64 };
    expect(hex(await digest.scrypt('password', bytesOf('NaCl'), parameters))).toBe(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    );
  });

  it('computes scrypt at a cost fit for passwords', async () => {
    const parameters = { cost: 2 ** 15, blockSize: 8, parallelization: 1, keyBytes: 16 };
    expect(await digest.scrypt('x', bytesOf('salt'), parameters)).toHaveLength(16);
  });

  it('makes random bytes, each time others', () => {
    const [one, other] = [digest.secureRandomBytes(16), digest.secureRandomBytes(16)];
    expect(one).toHaveLength(16);
    expect(hex(one)).not.toBe(hex(other));
    expect(random.next()).toBeGreaterThanOrEqual(0);
    expect(random.next()).toBeLessThan(1);
  });

  it('compares bytes', () => {
    expect(digest.equal(bytesOf('abc'), bytesOf('abc'))).toBe(true);
    expect(digest.equal(bytesOf('abc'), bytesOf('abd'))).toBe(false);
    expect(digest.equal(bytesOf('abc'), bytesOf('ab'))).toBe(false);
    expect(digest.equal(bytesOf(''), bytesOf(''))).toBe(true);
  });

  it('reads UTF-8 where it is valid, else one character a byte', () => {
    expect(text.decode(bytesOf('plain'))).toEqual({ text: 'plain', encoding: 'utf8' });
    expect(text.decode(bytesOf('é€😀'))).toEqual({ text: 'é€😀', encoding: 'utf8' });
    expect(text.decode(latin1('é\x80\x9fx\xff'))).toEqual({ text: 'é\x80\x9fx\xff', encoding: 'latin1' });
    expect(text.decode(latin1('ab\xc3'))).toEqual({ text: 'ab\xc3', encoding: 'latin1' });
    expect(text.decode(new Uint8Array(0))).toEqual({ text: '', encoding: 'utf8' });
  });

  it('loses no byte on the way to text and back', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const marked = Uint8Array.of(0xef, 0xbb, 0xbf, 0x41);
    for (const bytes of [all, marked, bytesOf('é€😀\0\r\n')]) {
      const { text: read, encoding } = text.decode(bytes);
      expect(text.encode(read, encoding)).toEqual(bytes);
    }
  });

  it('reads part of a larger array', () => {
    expect(text.decode(bytesOf('xxabcyy').subarray(2, 5)).text).toBe('abc');
  });

  it('writes no line end for a character that does not fit into latin1', () => {
    expect(text.encode('a\u010d\u010a\u0100😀é', 'latin1')).toEqual(latin1('a????é'));
  });

  it('writes UTF-8 unless told otherwise', () => {
    expect(text.encode('é')).toEqual(Uint8Array.of(0xc3, 0xa9));
  });
});

describe('a runtime', () => {
  it('takes other parts in place of its own', () => {
    const clock = new ManualClock();
    const random = new SeededRandom(1);
    for (const open of [nodeRuntime, browserRuntime]) {
      const runtime = open({ clock, random });
      expect([runtime.clock, runtime.random]).toEqual([clock, random]);
      expect(runtime.digest.md5('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
    }
  });
});
