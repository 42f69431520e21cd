import { describe, expect, it } from 'vitest';
import { type SmallPbx, talkingPbx } from '../pbx/small-pbx.test-support.ts';
import type { ActionRequest } from './action-request.ts';
import { bridgeEndActions } from './bridge-ends.ts';

/** What the action says, done on that PBX. */
function act(
  office: SmallPbx,
  action: 'BridgeKick' | 'BridgeDestroy',
  headers: Readonly<Record<string, string>>,
): string {
  let said = '';
  const say = (message: string): 'answered' => {
    said = message;
    return 'answered';
  };
  const request = { pbx: office.pbx, header: (name: string) => headers[name] ?? '', success: say, error: say };
  office.pbx.perform('test', () => bridgeEndActions[action]?.(request as unknown as ActionRequest));
  office.pass(100);
  return said;
}

describe('the end of a bridge by a manager', () => {
  it('ends the call of whom it puts out', () => {
    const office = talkingPbx();
    expect(act(office, 'BridgeKick', { Channel: 'PJSIP/1002-00000001' })).toBe('Channel has been kicked');
    expect(office.pbx.channels()).toEqual([]);
    expect(office.pbx.state.bridges).toEqual({});
  });

  it('puts nobody out of a bridge where they are not', () => {
    const office = talkingPbx();
    expect(act(office, 'BridgeKick', { Channel: 'PJSIP/1002-00000001', BridgeUniqueid: 'x' })).toBe('Bridge not found');
    expect(act(office, 'BridgeKick', { Channel: 'PJSIP/9999-00000001' })).toBe('Channel does not exist');
    expect(office.pbx.channels()).toHaveLength(2);
  });

  it('takes a bridge apart', () => {
    const office = talkingPbx();
    const [bridge = ''] = Object.keys(office.pbx.state.bridges);
    expect(act(office, 'BridgeDestroy', { BridgeUniqueid: bridge })).toBe('Bridge has been destroyed');
    expect(office.told('BridgeDestroy')).toEqual(['BridgeDestroy']);
    expect(office.pbx.channels()).toEqual([]);
  });
});
