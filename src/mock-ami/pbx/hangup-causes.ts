import { own } from './own.ts';

/** Q.850 causes as Asterisk numbers and words them. Source: include/asterisk/causes.h, main/channel.c (`causes`). */
const CAUSE_TEXTS: Readonly<Record<number, string>> = {
  1: 'Unallocated (unassigned) number',
  2: 'No route to specified transmit network',
  3: 'No route to destination',
  6: 'Channel unacceptable',
  7: 'Call awarded and being delivered in an established channel',
  14: 'QoR: ported number',
  16: 'Normal Clearing',
  17: 'User busy',
  18: 'No user responding',
  19: 'User alerting, no answer',
  20: 'Subscriber absent',
  21: 'Call Rejected',
  22: 'Number changed',
  23: 'Redirected to new destination',
  26: 'Answered elsewhere',
  27: 'Destination out of order',
  28: 'Invalid number format',
  29: 'Facility rejected',
  30: 'Response to STATus ENQuiry',
  31: 'Normal, unspecified',
  34: 'Circuit/channel congestion',
  38: 'Network out of order',
  41: 'Temporary failure',
  42: 'Switching equipment congestion',
  43: 'Access information discarded',
  44: 'Requested channel not available',
  50: 'Facility not subscribed',
  52: 'Outgoing call barred',
  54: 'Incoming call barred',
  57: 'Bearer capability not authorized',
  58: 'Bearer capability not available',
  65: 'Bearer capability not implemented',
  66: 'Channel not implemented',
  69: 'Facility not implemented',
  81: 'Invalid call reference value',
  88: 'Incompatible destination',
  95: 'Invalid message unspecified',
  96: 'Mandatory information element is missing',
  97: 'Message type nonexist.',
  98: 'Wrong message',
  99: 'Info. element nonexist or not implemented',
  100: 'Invalid information element contents',
  101: 'Message not compatible with call state',
  102: 'Recover on timer expiry',
  103: 'Mandatory IE length error',
  111: 'Protocol error, unspecified',
  127: 'Interworking, unspecified',
};

export function causeText(cause: number): string {
  return CAUSE_TEXTS[cause] ?? 'Unknown';
}

const CAUSE_NAMES: Readonly<Record<string, number>> = {
  unallocated: 1, no_route_transit_net: 2, no_route_destination: 3, channel_unacceptable: 6, normal_clearing: 16, normal: 16, user_busy: 17,
  busy: 17, no_user_response: 18, no_answer: 19, noanswer: 19, subscriber_absent: 20, call_rejected: 21, number_changed: 22,
  answered_elsewhere: 26, destination_out_of_order: 27, invalid_number_format: 28, facility_rejected: 29, normal_unspecified: 31,
  normal_circuit_congestion: 34, congestion: 34, network_out_of_order: 38, failure: 38, normal_temporary_failure: 41, switch_congestion: 42,
  nosuchdriver: 66, interworking: 127,
}; // biome-ignore format: a table

/** The cause that Hangup() is given, by number or name (with or without `AST_CAUSE_`); 16 where it is neither. */
export function causeNumber(text: string): number {
  const number = Number(text.trim());
  if (Number.isInteger(number) && number > 0) return number;
  return (
    CAUSE_NAMES[
      text
        .trim()
        .toLowerCase()
        .replace(/^ast_cause_/, '')
    ] ?? 16
  );
}

const SIP_TO_CAUSE: Readonly<Record<number, number>> = {
  401: 21, 403: 21, 404: 1, 407: 21, 408: 18, 409: 41, 410: 22, 420: 3, 480: 19, 483: 19, 484: 28, 485: 1, 486: 17, 488: 58,
  500: 38, 501: 29, 502: 27, 504: 102, 600: 17, 603: 21, 604: 1, 606: 58, 607: 21,
}; // biome-ignore format: a table

/** Source: `ast_sip_hangup_sip2cause`, res/res_pjsip.c; recordings `call-rejected`, `call-temporarily-unavailable`. */
export function causeOfSipCode(code: number): number {
  const known = SIP_TO_CAUSE[code];
  if (known !== undefined) return known;
  if (code >= 500 && code < 600) return code === 505 ? 127 : 34;
  if (code >= 400 && code < 700) return 127;
  return 0;
}

const CAUSE_TO_SIP: Readonly<Record<number, number>> = {
  1: 404, 2: 404, 3: 404, 17: 486, 18: 408, 19: 480, 20: 480, 21: 403, 22: 410, 27: 502, 28: 484, 29: 501, 31: 480,
  34: 503, 38: 500, 42: 503, 58: 488, 66: 503, 127: 500,
}; // biome-ignore format: a table

/** The SIP code with which a call of that cause is refused or cancelled; 0 where none is named. Source: `hangup_cause2sip`, channels/chan_pjsip.c. */
export function sipCodeOfCause(cause: number): number {
  return CAUSE_TO_SIP[cause] ?? 0;
}

/** SIP codes by the names that pjproject has for them. Source: pjsip/sip_msg.h. */
const SIP_CODES: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400, UNAUTHORIZED: 401, PAYMENT_REQUIRED: 402, FORBIDDEN: 403, NOT_FOUND: 404, METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406, PROXY_AUTHENTICATION_REQUIRED: 407, REQUEST_TIMEOUT: 408, GONE: 410, UNSUPPORTED_CERTIFICATE: 437,
  TEMPORARILY_UNAVAILABLE: 480, CALL_TSX_DOES_NOT_EXIST: 481, LOOP_DETECTED: 482, TOO_MANY_HOPS: 483, ADDRESS_INCOMPLETE: 484,
  BUSY_HERE: 486, REQUEST_TERMINATED: 487, NOT_ACCEPTABLE_HERE: 488, INTERNAL_SERVER_ERROR: 500, NOT_IMPLEMENTED: 501,
  BAD_GATEWAY: 502, SERVICE_UNAVAILABLE: 503, SERVER_TIMEOUT: 504, BUSY_EVERYWHERE: 600, DECLINE: 603, DOES_NOT_EXIST_ANYWHERE: 604,
  NOT_ACCEPTABLE_ANYWHERE: 606,
}; // biome-ignore format: a table

/** A refusal by number (400 to 699) or name; 603 for what is neither. Source: `response_code_validator`, channels/pjsip/dialplan_functions.c. */
export function sipCode(text: string): number {
  const code = /^\d+$/.test(text) ? Number(text) : (own(SIP_CODES, text.toUpperCase()) ?? 0);
  return code >= 400 && code <= 699 ? code : 603;
}
