/** What can go wrong between us and an AMI peer; the codes are stable. */
export type AmiErrorCode =
  /** A line is longer than the reader takes. */
  | 'AMI_LINE_TOO_LONG'
  /** An action has more lines than Asterisk takes. */
  | 'AMI_TOO_MANY_LINES'
  /** A message from the PBX is longer than the bound set for it. */
  | 'AMI_MESSAGE_TOO_LONG'
  /** A header name is empty, or holds a colon, a control character or a space at its edge. */
  | 'AMI_BAD_HEADER_NAME'
  /** A header value holds CR, LF or NUL. */
  | 'AMI_BAD_HEADER_VALUE'
  /** What answered is not an Asterisk Manager Interface. */
  | 'AMI_BAD_BANNER'
  /** The answer to an action has more rows than are taken. */
  | 'AMI_LIST_TOO_LONG'
  /** A response came that nobody waits for. */
  | 'AMI_UNEXPECTED_RESPONSE'
  /** Asterisk said no to user, secret or address. */
  | 'AMI_LOGIN_REFUSED'
  /** The answer did not come in time. */
  | 'AMI_TIMEOUT'
  /** The connection ended while something was still waited for. */
  | 'AMI_LINK_LOST'
  /** This side ended the session. */
  | 'AMI_CLOSED'
  /** No connection could be made: refused, unreachable, TLS failed. */
  | 'AMI_CONNECT_FAILED'
  /** No connection came about in time. */
  | 'AMI_CONNECT_TIMEOUT'
  /** The address can't be listened on: taken, not ours, not permitted. */
  | 'AMI_LISTEN_FAILED'
  /** A hand-moved clock has no timer left that could bring about what is waited for. */
  | 'AMI_CLOCK_STUCK';

/** The error of everything in `ami`; told apart by `code`. */
export class AmiError extends Error {
  override readonly name = 'AmiError';
  readonly code: AmiErrorCode;

  constructor(code: AmiErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
