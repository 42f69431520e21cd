/** What the gateway refuses or fails at; the codes are stable and are what browsers get in replies and errors. */
export type GatewayErrorCode =
  /** A message that is no JSON object of the protocol. */
  | 'GATEWAY_BAD_MESSAGE'
  /** A message longer than the gateway reads. */
  | 'GATEWAY_MESSAGE_TOO_LONG'
  /** Something else came before a good hello, or a second hello after it. */
  | 'GATEWAY_HELLO_EXPECTED'
  /** No hello in time. */
  | 'GATEWAY_HELLO_TIMEOUT'
  /** User, secret, ticket or token are not good, or not any more. */
  | 'GATEWAY_LOGIN_REFUSED'
  /** The keys or settings for signed tokens can't be used. */
  | 'GATEWAY_TOKENS_INVALID'
  /** A token can't be checked now: the keys are not to be had from where they should be. */
  | 'GATEWAY_TOKENS_UNAVAILABLE'
  /** Too many logins of this user, or from this address, have failed; the message says how long to wait. */
  | 'GATEWAY_LOGIN_BACK_OFF'
  /** As many connections of this user, or from this address, as there may be. */
  | 'GATEWAY_TOO_MANY_CONNECTIONS'
  /** Messages come faster than the gateway reads them. */
  | 'GATEWAY_TOO_MANY_MESSAGES'
  /** The page was not loaded from where the gateway lets pages come from. */
  | 'GATEWAY_ORIGIN_REFUSED'
  /** The gateway was asked for by a name that is not among its own. */
  | 'GATEWAY_HOST_REFUSED'
  /** The user's role does not allow this command, channel, extension, action or header. */
  | 'GATEWAY_FORBIDDEN'
  /** A value that could not be what it should be: a number, a channel, text without CR, LF and NUL. */
  | 'GATEWAY_BAD_VALUE'
  /** The model knows no such channel (any more). */
  | 'GATEWAY_NO_SUCH_CHANNEL'
  /** As many different views as there may be; a subscription like those of others is still taken. */
  | 'GATEWAY_TOO_MANY_VIEWS'
  /** This client changes its subscription too often. */
  | 'GATEWAY_TOO_MANY_SUBSCRIPTIONS'
  /** Too many commands of this client wait for their answers. */
  | 'GATEWAY_TOO_MANY_COMMANDS'
  /** The gateway has no PBX of that name, or none that this user may see. */
  | 'GATEWAY_NO_SUCH_PBX'
  /** There is no PBX to send the command to. */
  | 'GATEWAY_PBX_DOWN'
  /** The PBX answered with an error; the message is its own. */
  | 'GATEWAY_ACTION_FAILED'
  /** The PBX did not answer in time; the command may have been carried out. */
  | 'GATEWAY_ACTION_TIMEOUT'
  /** The client reads more slowly than it is sent to. */
  | 'GATEWAY_TOO_SLOW'
  /** The gateway goes down. */
  | 'GATEWAY_GOING_AWAY'
  /** The users file can't be read, or says something that makes no sense. */
  | 'GATEWAY_USERS_INVALID'
  /** The address can't be listened on. */
  | 'GATEWAY_LISTEN_FAILED';

/** The error of everything in `gateway`; told apart by `code`. Its message is fit for a browser: it holds no secret. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: GatewayErrorCode;

  constructor(code: GatewayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What is no fault that we foresaw is told to nobody: its text could hold anything. */
export function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError('GATEWAY_ACTION_FAILED', 'The gateway failed at this', { cause: error });
}
