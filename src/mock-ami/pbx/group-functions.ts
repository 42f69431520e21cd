import { posixRegex } from '../dialplan/posix-regex.ts';
import type { PbxFunction } from './machinery.ts';
import { own } from './own.ts';
import type { Pbx } from './pbx.ts';
import type { Channel } from './state.ts';

const GROUPS = 'groups';
const NO_CATEGORY = '';

/** Groups of a channel by category. */
function groupsOf(channel: Channel | undefined): Readonly<Record<string, string>> {
  return (channel?.extra[GROUPS] as Record<string, string> | undefined) ?? {};
}

function splitGroup(text: string): { group: string; category: string } {
  const [group = '', category = NO_CATEGORY] = text.split('@');
  return { group, category };
}

function countIn(pbx: Pbx, category: string, belongs: (group: string) => boolean): string {
  const found = pbx.channels().filter((channel) => {
    const group = own(groupsOf(channel), category);
    return group !== undefined && belongs(group);
  });
  return String(found.length);
}

/** Channels put into groups by the dialplan, and counted. Source: funcs/func_groupcount.c; main/app.c. */
export const groupFunctions: Readonly<Record<string, PbxFunction>> = {
  GROUP: {
    read: (_pbx, channel, category) => own(groupsOf(channel), category) ?? '',
    write: (_pbx, channel, category, value) => {
      if (channel === undefined) return;
      const { [category]: _before, ...others } = groupsOf(channel);
      channel.extra[GROUPS] = value === '' ? others : { ...others, [category]: value };
    },
  },
  GROUP_COUNT: {
    read: (pbx, channel, args) => {
      const { group, category } = splitGroup(args);
      const own = group === '' ? (groupsOf(channel)[category] ?? Object.values(groupsOf(channel))[0] ?? '') : group;
      return own === '' ? '0' : countIn(pbx, category, (other) => other.toLowerCase() === own.toLowerCase());
    },
  },
  GROUP_MATCH_COUNT: {
    read: (pbx, _channel, args) => {
      const { group, category } = splitGroup(args);
      const pattern = posixRegex(group);
      return pattern === undefined ? '0' : countIn(pbx, category, (other) => pattern.test(other));
    },
  },
  GROUP_LIST: {
    read: (_pbx, channel) =>
      Object.entries(groupsOf(channel))
        .map(([category, group]) => (category === NO_CATEGORY ? group : `${group}@${category}`))
        .join(' '),
  },
};
