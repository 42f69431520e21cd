import { afterAll, afterEach, beforeAll } from 'vitest';
import type { MockPbx, MockPbxOptions } from '../mock-pbx.node.ts';
import { usePbxWith } from './use-pbx.node.ts';

/**
 * One simulated PBX for a Vitest suite, as new in each test; a test fails where an action it expected did not come, or another did
 * that changes the PBX. Call it in a file or a `describe`.
 * @returns how to get the PBX, in hooks and tests
 */
export function usePbx(options?: MockPbxOptions): () => MockPbx {
  return usePbxWith({ beforeAll, afterEach, afterAll }, options);
}
