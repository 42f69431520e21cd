import type { ConfFile } from './conf-file.ts';
import { ConfValues, splitList, valuesOf } from './conf-values.ts';

/** `1001 => password,name,email,pager,options`. */
export interface MailboxConf {
  readonly mailbox: string;
  readonly context: string;
  readonly password: string;
  readonly fullName: string;
  readonly email: string;
  readonly pager: string;
  /** What `name=value|name=value` behind the pager says, over the general settings. */
  readonly options: ReadonlyMap<string, string>;
  readonly maxMessages: number;
  readonly minMessageS: number;
  /** 0: no limit. */
  readonly maxMessageS: number;
  readonly sayEnvelope: boolean;
  readonly sayCallerId: boolean;
  readonly attach: boolean;
  readonly deleteAfterMail: boolean;
  readonly review: boolean;
  readonly operator: boolean;
  readonly language: string;
  readonly timeZone: string;
  readonly callback: string;
  readonly dialout: string;
  readonly exitContext: string;
  readonly sayDurationMinimumMin: number;
}

export interface VoicemailConf {
  readonly formats: readonly string[];
  readonly serverEmail: string;
  readonly fromString: string;
  readonly mailCommand: string;
  readonly skipMs: number;
  readonly maxSilenceS: number;
  readonly silenceThreshold: number;
  readonly maxLogins: number;
  readonly minMessageS: number;
  readonly maxMessageS: number;
  readonly pollMailboxes: boolean;
  /** In the order of the file. */
  readonly mailboxes: readonly MailboxConf[];
}

/** voicemail.conf. Source: apps/app_voicemail.c, actual_load_config. */
export function readVoicemailConf(conf: ConfFile): VoicemailConf {
  const general = valuesOf(conf, 'general');
  const contexts = conf.categories.filter(
    (category) => !category.template && !['general', 'zonemessages'].includes(category.name.toLowerCase()),
  );
  return {
    formats: splitFormats(general.text('format') ?? 'wav'),
    serverEmail: general.text('serveremail') ?? 'asterisk',
    fromString: general.text('fromstring') ?? '',
    mailCommand: general.text('mailcmd') ?? '/usr/sbin/sendmail -t',
    skipMs: general.integer('skipms', 3000),
    maxSilenceS: general.integer('maxsilence', 0),
    silenceThreshold: general.integer('silencethreshold', 256),
    maxLogins: general.integer('maxlogins', 3),
    minMessageS: general.integer('minsecs', 0),
    maxMessageS: general.integer('maxsecs', 0),
    pollMailboxes: general.flag('pollmailboxes', false),
    mailboxes: contexts.flatMap((category) =>
      category.entries.map((entry) => readMailbox(entry.name, category.name, entry.value, general)),
    ),
  };
}

function splitFormats(value: string): readonly string[] {
  return value.split('|').flatMap(splitList);
}

function readMailbox(mailbox: string, context: string, value: string, general: ConfValues): MailboxConf {
  const [password = '', fullName = '', email = '', pager = '', ...optionParts] = value
    .split(',')
    .map((part) => part.trim());
  const options = readOptions(optionParts.join(','));
  const values = new ConfValues({
    name: mailbox,
    file: '',
    line: 0,
    template: false,
    inherits: [],
    entries: [
      ...(general.category?.entries ?? []),
      ...[...options].map(([name, text]) => ({
        name,
        value: text,
        file: '',
        line: 0,
        object: false,
        inherited: false,
      })),
    ],
  });
  return {
    mailbox,
    context,
    password,
    fullName,
    email,
    pager,
    options,
    maxMessages: values.integer('maxmsg', 100),
    minMessageS: values.integer('minsecs', 0),
    maxMessageS: values.integer('maxsecs', 0),
    sayEnvelope: values.flag('envelope', true),
    sayCallerId: values.flag('saycid', false),
    attach: values.flag('attach', false),
    deleteAfterMail: values.flag('delete', false),
    review: values.flag('review', false),
    operator: values.flag('operator', false),
    language: values.text('language') ?? '',
    timeZone: values.text('tz') ?? '',
    callback: values.text('callback') ?? '',
    dialout: values.text('dialout') ?? '',
    exitContext: values.text('exitcontext') ?? '',
    sayDurationMinimumMin: values.integer('saydurationm', 2),
  };
}

function readOptions(text: string): ReadonlyMap<string, string> {
  const options = text.split('|').filter((option) => option.includes('='));
  return new Map(
    options.map((option) => [
      option.slice(0, option.indexOf('=')).trim(),
      option.slice(option.indexOf('=') + 1).trim(),
    ]),
  );
}
