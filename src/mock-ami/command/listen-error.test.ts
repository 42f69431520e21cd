import { describe, expect, it } from 'vitest';
import { listenError } from './listen-error.ts';

const inUse = Object.assign(new Error('listen EADDRINUSE: address already in use 127.0.0.1:5038'), {
  code: 'EADDRINUSE',
});

describe('listenError', () => {
  it('says which port is taken, what it is for, and how to give another', () => {
    expect(listenError(inUse, 'AMI', 5038, '--port')).toMatchObject({
      code: 'CLI_PORT_IN_USE',
      message:
        'port 5038, wanted for AMI, is in use by another program; stop it, or give another port with --port (0: any free one)',
    });
  });

  it("finds the system's code under an error of ours", () => {
    const wrapped = Object.assign(new Error('no', { cause: inUse }), { code: 'AMI_LISTEN_FAILED' });
    expect(listenError(wrapped, 'AMI', 5038, '--port')).toMatchObject({ code: 'CLI_PORT_IN_USE', cause: wrapped });
  });

  it('tells a forbidden port from a foreign address', () => {
    const forbidden = listenError(Object.assign(new Error('x'), { code: 'EACCES' }), 'AMI', 80, '--port');
    expect(forbidden).toMatchObject({ code: 'CLI_CANNOT_LISTEN', message: expect.stringContaining('below 1024') });
    const foreign = listenError(Object.assign(new Error('x'), { code: 'EADDRNOTAVAIL' }), 'AMI', 80, '--port');
    expect(foreign).toMatchObject({ message: expect.stringContaining('not one of this machine') });
  });

  it('leaves other errors as they are', () => {
    const other = new TypeError('x');
    expect(listenError(other, 'AMI', 1, '--port')).toBe(other);
  });
});
