/** What users of the package net-mock-ami import under Node: everything, and the ports. */
export { type ControlListener, type ControlListenerOptions, listenControl } from './control/control-server.node.ts';
export { MockPbx, type MockPbxOptions, type MockPlayOptions } from './mock-pbx.node.ts';
export * from './net-mock-ami.ts';
export { type AmiListener, type AmiListenerOptions, listenAmi } from './server/ami-listener.node.ts';
export { type SuiteHooks, usePbxWith } from './suite/use-pbx.node.ts';
