/** Why the control API does not do what it was asked. */
export type ControlErrorCode =
  /** The request is not of the form that the API takes; the message says what would be right. */
  | 'CONTROL_BAD_REQUEST'
  /** There is nothing at that path, or of that id. */
  | 'CONTROL_NOT_FOUND'
  /** The path does not know that method. */
  | 'CONTROL_WRONG_METHOD'
  /** The token is missing, or another one; or a page of another machine asks. */
  | 'CONTROL_FORBIDDEN'
  /** The body is longer than the API reads. */
  | 'CONTROL_TOO_LONG'
  /** What was waited for did not come in time. */
  | 'CONTROL_TIMEOUT'
  /** As many of these as there may be. */
  | 'CONTROL_TOO_MANY'
  /** Beyond the loopback addresses the API is only served with a token. */
  | 'CONTROL_NEEDS_TOKEN';

export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code: ControlErrorCode;

  constructor(code: ControlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
