/**
 * net-mock-ami as it is built: what is measured is what users run. From source every function that is made carries its name for
 * tsx, which costs a client twice the memory.
 */
const BUILT = new URL('../src/mock-ami/dist/mock-ami/net-mock-ami.node.js', import.meta.url);

export const { MockPbx } = (await import(BUILT.href)) as typeof import('../src/mock-ami/net-mock-ami.node.ts');
