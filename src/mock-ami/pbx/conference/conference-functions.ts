import { splitArguments } from '../../dialplan/split-arguments.ts';
import type { PbxFunction } from '../machinery.ts';
import { own } from '../own.ts';
import { chooseOption } from './conference-profile.ts';
import { type Conference, findConference } from './conference-state.ts';

const count = (value: boolean | number): string => String(Number(value));

/** Source: `func_confbridge_info`, apps/app_confbridge.c. */
const INFO: Readonly<Record<string, (conference: Conference) => string>> = {
  parties: ({ members }) => count(members.length),
  admins: ({ members }) => count(members.filter(({ profile }) => profile.admin).length),
  marked: ({ members }) => count(members.filter(({ profile }) => profile.marked).length),
  muted: ({ muted }) => count(muted),
  locked: ({ locked }) => count(locked),
};

/** Who of a conference CONFBRIDGE_CHANNELS names. */
const KINDS: Readonly<Record<string, (member: Conference['members'][number]) => boolean>> = {
  parties: () => true,
  admins: ({ profile }) => profile.admin,
  marked: ({ profile }) => profile.marked,
  active: () => true,
  waiting: () => false,
};

/** The dialplan functions of app_confbridge. */
export const conferenceFunctions: Readonly<Record<string, PbxFunction>> = {
  CONFBRIDGE: {
    write: (_pbx, channel, args, value) => {
      const [kind = '', option = ''] = splitArguments(args);
      if (channel !== undefined) chooseOption(channel, kind.trim(), option.trim(), value);
    },
  },
  CONFBRIDGE_INFO: {
    read: (pbx, _channel, args) => {
      const [kind = '', name = ''] = splitArguments(args);
      const conference = findConference(pbx, name.trim());
      return conference === undefined ? '0' : (own(INFO, kind.trim().toLowerCase())?.(conference) ?? '');
    },
  },
  CONFBRIDGE_CHANNELS: {
    read: (pbx, _channel, args) => {
      const [kind = '', name = ''] = splitArguments(args);
      const belongs = own(KINDS, kind.trim().toLowerCase());
      const members = belongs === undefined ? [] : (findConference(pbx, name.trim())?.members.filter(belongs) ?? []);
      return members.map((member) => pbx.channel(member.channel)?.name ?? '').join(',');
    },
  },
};
