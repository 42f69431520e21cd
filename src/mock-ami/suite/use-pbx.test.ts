import { expect, it } from 'vitest';
import { MockPbx } from '../mock-pbx.node.ts';
import { type SuiteHooks, usePbxWith } from './use-pbx.node.ts';

/** Hooks that are called by hand. */
function setUp() {
  const hooks = new Map<string, () => unknown>();
  const keep = (name: keyof SuiteHooks) => (what: () => unknown) => void hooks.set(name, what);
  const pbx = usePbxWith({
    beforeAll: keep('beforeAll'),
    afterEach: keep('afterEach'),
    afterAll: keep('afterAll'),
  });
  return { pbx, run: async (name: keyof SuiteHooks) => hooks.get(name)?.() };
}

it('has one PBX for a suite, as new in each test, and closes it at the end', async () => {
  const { pbx, run } = setUp();
  expect(pbx).toThrow('from the first hook');
  await run('beforeAll');
  const first = pbx();
  expect(first).toBeInstanceOf(MockPbx);
  first.phone('1001').dials('1002');
  await run('afterEach');
  expect(pbx()).toBe(first);
  expect(first.phone('1001').calls).toEqual([]);
  await run('afterAll');
  expect(pbx).toThrow('from the first hook');
});

it('fails a test whose expected action did not come, and the next one is as new all the same', async () => {
  const { pbx, run } = setUp();
  await run('beforeAll');
  pbx()
    .expectAction('Originate', { Exten: '1002' })
    .catch(() => undefined);
  await expect(run('afterEach')).rejects.toMatchObject({ code: 'MOCK_ACTION_MISSING' });
  await run('afterEach');
  await run('afterAll');
});
