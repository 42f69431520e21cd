import { type CallerId, parseCallerId } from '../config/caller-id.ts';
import { isTrue } from '../config/conf-values.ts';
import { splitArguments } from '../dialplan/split-arguments.ts';
import { splitAssignment } from '../dialplan/split-assignment.ts';
import { type OriginateRequest, originate, takeOutcome } from '../pbx/originations.ts';
import type { ActionRequest, Answered } from './action-request.ts';
import { isForbidden } from './originate-rights.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
/** Characters of the longest id that a channel may be given. Source: `AST_MAX_PUBLIC_UNIQUEID`, include/asterisk/channel.h. */
const LONGEST_ID = 149;

/**
 * Calls a channel and connects it with an extension or an application. Without `Async` the session waits for the outcome.
 * Source: `action_originate`, main/manager.c; recordings `originate-*`.
 */
export function originateAction(request: ActionRequest): Answered {
  const checked = checkArguments(request);
  if (typeof checked === 'string') return request.error(checked);
  const id = originate(request.pbx, checked);
  if (checked.async) return request.success('Originate successfully queued');
  return request.until(
    () => takeOutcome(request.pbx, id),
    (outcome) => {
      if (outcome === 'answered') request.success('Originate successfully queued');
      else request.error('Originate failed');
    },
  );
}

/** The request, or what is wrong with it, in the order in which Asterisk looks. */
function checkArguments(request: ActionRequest): OriginateRequest | string {
  const ids = [request.header('ChannelId'), request.header('OtherChannelId')];
  if (ids.some((id) => id.length > LONGEST_ID)) return `Uniqueid length exceeds maximum of ${LONGEST_ID}\n`;
  const channel = request.header('Channel');
  if (channel === '') return 'Channel not specified';
  const priority = priorityOf(request);
  if (priority === undefined) return 'Invalid priority';
  const timeout = request.header('Timeout');
  const timeoutMs = timeout === '' ? DEFAULT_TIMEOUT_MS : leadingNumber(timeout);
  if (timeoutMs === undefined) return 'Invalid timeout';
  if (!channel.includes('/')) return 'Invalid channel';
  const caller = parseCallerId(request.header('CallerID'));
  const target = targetOf(request, priority, caller);
  if (typeof target === 'string') return target;
  return {
    channel,
    timeoutMs,
    target,
    callerName: caller.name,
    callerNumber: caller.number,
    account: request.header('Account'),
    variables: variablesOf(request),
    earlyMedia: isTrue(request.header('EarlyMedia')),
    codecs: request.header('Codecs'),
    channelId: request.header('ChannelId'),
    otherChannelId: request.header('OtherChannelId'),
    preDialGosub: request.header('PreDialGoSub'),
    async: isTrue(request.header('Async')),
    actionId: request.actionId,
  };
}

/** A number, or a label of the extension; 0 where none is given, `undefined` where it is neither. */
function priorityOf(request: ActionRequest): number | undefined {
  const text = request.header('Priority');
  if (text === '') return 0;
  const found = request.pbx.find(request.header('Context'), request.header('Exten'), text, '');
  return leadingNumber(text) ?? found?.priority;
}

function leadingNumber(text: string): number | undefined {
  const [digits] = /^\s*-?\d+/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function targetOf(request: ActionRequest, priority: number, caller: CallerId): OriginateRequest['target'] | string {
  const { pbx } = request;
  const application = request.header('Application');
  const data = request.header('Data');
  const rights = request.session.user?.writeBits ?? 0;
  if (application !== '' && isForbidden(application, data, rights))
    return 'Originate Access Forbidden: app or data blacklisted';
  const context = request.header('Context');
  const exten = request.header('Exten');
  // An application does not make the rest of the request right.
  if (priority !== 0 && pbx.find(context, exten, priority, caller.number) === undefined)
    return 'Extension does not exist.';
  if (application !== '') return { kind: 'application', application, data };
  // Who does not wait is not told that nothing says where the call goes.
  if (priority !== 0 || isTrue(request.header('Async'))) return { kind: 'exten', context, exten, priority };
  return "Originate with 'Exten' requires 'Context' and 'Priority'";
}

/** Of each `Variable` header, its assignments between commas, without those that assign nothing; then those that manager.conf gives the user. */
function variablesOf(request: ActionRequest): (readonly [string, string])[] {
  const written = request.message.all('Variable').flatMap((value) => splitArguments(value));
  const assigned = written.flatMap((text): (readonly [string, string])[] => {
    const assignment = splitAssignment(text);
    return assignment === undefined ? [] : [assignment];
  });
  return [...assigned, ...(request.session.user?.setVar ?? [])];
}
