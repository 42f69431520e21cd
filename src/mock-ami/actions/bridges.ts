import { shown } from '../pbx/channel.ts';
import type { Pbx } from '../pbx/pbx.ts';
import { bridgeHeaders, channelHeaders } from '../pbx/snapshot.ts';
import type { ActionHandlers } from './action.ts';
import type { ActionRequest, Answered } from './action-request.ts';

export const bridgeActions: ActionHandlers = {
  BridgeList: bridgeList,
  BridgeInfo: bridgeInfo,
  BridgeTechnologyList: bridgeTechnologyList,
  BridgeTechnologySuspend: suspendTechnology(true),
  BridgeTechnologyUnsuspend: suspendTechnology(false),
};

/** Source: main/manager_bridges.c; recordings `core-show-channels-*`. */
function bridgeList(request: ActionRequest): Answered {
  const type = request.header('BridgeType');
  const bridges = Object.values(request.pbx.state.bridges).sort((one, other) =>
    one.uniqueid < other.uniqueid ? -1 : 1,
  );
  // What is compared is the class behind the type shown (`basic` for all calls made by Dial): no name of a type fits.
  const listed = type === '' ? bridges : [];
  return request.list({
    message: 'Bridge listing will follow',
    items: listed.map((bridge) => ({ event: 'BridgeListItem', headers: bridgeHeaders(bridge) })),
    complete: 'BridgeListComplete',
    actionIdStands: 'second',
  });
}

function bridgeInfo(request: ActionRequest): Answered {
  const { pbx } = request;
  const uniqueid = request.header('BridgeUniqueid');
  if (uniqueid === '') return request.error('BridgeUniqueid must be provided');
  const bridge = pbx.bridge(uniqueid);
  if (bridge === undefined) return request.error('Specified BridgeUniqueid not found');
  const members = [...bridge.channels].sort().flatMap((member) => pbx.channel(member) ?? []);
  return request.list({
    message: 'Bridge channel listing will follow',
    items: members.map((channel) => ({
      event: 'BridgeInfoChannel',
      headers: channelHeaders(shown(pbx, channel)),
    })),
    complete: 'BridgeInfoComplete',
    more: bridgeHeaders(bridge),
    actionIdStands: 'second',
  });
}

/** Name, type, priority of the technologies of a plain Asterisk. Source: recording `misc-lists`. */
const TECHNOLOGIES = [
  ['native_rtp', 'Native', '90'],
  ['holding_bridge', 'Holding', '50'],
  ['simple_bridge', '1to1Mix', '50'],
  ['softmix', 'MultiMix', '10'],
] as const;

function bridgeTechnologyList(request: ActionRequest): Answered {
  return request.list({
    message: 'Bridge technology listing will follow',
    items: TECHNOLOGIES.map(([name, type, priority]) => ({
      event: 'BridgeTechnologyListItem',
      headers: [
        ['BridgeTechnology', name],
        ['BridgeType', type],
        ['BridgePriority', priority],
        ['BridgeSuspended', suspended(request.pbx).includes(name) ? 'Yes' : 'No'],
      ],
    })),
    complete: 'BridgeTechnologyListComplete',
    actionIdStands: 'last',
  });
}

/** Technologies that no new bridge is to use. */
function suspended(pbx: Pbx): string[] {
  return pbx.part<{ names: string[] }>('suspendedTechnologies', () => ({ names: [] })).names;
}

/** Source: `manager_bridge_tech_suspend` and its opposite, main/bridge.c; recording `misc-lists`. */
function suspendTechnology(suspends: boolean): (request: ActionRequest) => Answered {
  return (request) => {
    const wanted = request.header('BridgeTechnology');
    if (wanted === '') return request.error('BridgeTechnology must be provided');
    if (!TECHNOLOGIES.some(([name]) => name === wanted)) return request.error('BridgeTechnology not found');
    const names = suspended(request.pbx);
    const at = names.indexOf(wanted);
    if (suspends && at < 0) names.push(wanted);
    if (!suspends && at >= 0) names.splice(at, 1);
    return request.success(suspends ? 'Suspended bridge technology' : 'Unsuspended bridge technology');
  };
}
