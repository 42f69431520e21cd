import type { MailboxConf } from '../../config/voicemail-conf.ts';
import type { Pbx } from '../pbx.ts';

/** The mailbox of voicemail.conf by `1002@default`; without a context it is in `default`. */
export function findMailbox(pbx: Pbx, name: string): MailboxConf | undefined {
  const [mailbox = '', context = 'default'] = name.split('@');
  return pbx.config.voicemail.mailboxes.find((one) => one.mailbox === mailbox && one.context === context);
}
