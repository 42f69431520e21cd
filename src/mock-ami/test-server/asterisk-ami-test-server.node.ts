/**
 * `net-mock-ami/asterisk-ami-test-server`: in place of the package of that name. `require` gives the class itself, as it did there.
 */
export type { AmiTestClient, AmiTestMessage } from './ami-test-client.node.ts';
export type { AmiTestServerAddress, AmiTestServerOptions } from './ami-test-server.node.ts';
export { AmiTestServer, AmiTestServer as default, AmiTestServer as 'module.exports' } from './ami-test-server.node.ts';
