import { MockPbx, type MockPbxOptions } from '../mock-pbx.node.ts';

/** The hooks of a test runner: those of Vitest and Jest as they are, of Mocha and node:test under their names. */
export interface SuiteHooks {
  beforeAll(what: () => Promise<void>): void;
  afterEach(what: () => void): void;
  afterAll(what: () => Promise<void>): void;
}

/**
 * One simulated PBX for a suite, as new in each test: it listens before the first; after each it is said whether every action that was
 * expected came and no other that changes the PBX, and the PBX is reset; after the last its port is closed.
 * @returns how to get the PBX, in hooks and tests
 */
export function usePbxWith({ beforeAll, afterEach, afterAll }: SuiteHooks, options?: MockPbxOptions): () => MockPbx {
  let pbx: MockPbx | undefined;
  const running = (): MockPbx => {
    if (pbx === undefined) throw new Error('the PBX runs from the first hook of the suite to its last');
    return pbx;
  };
  beforeAll(async () => {
    pbx = await MockPbx.listen(options);
  });
  afterEach(() => {
    try {
      running().assertDone();
    } finally {
      running().reset();
    }
  });
  afterAll(async () => {
    await pbx?.close();
    pbx = undefined;
  });
  return running;
}
