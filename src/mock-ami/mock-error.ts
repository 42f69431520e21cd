/** Why a mock PBX is not content, or can't do what it was asked. */
export type MockErrorCode =
  /** An expected action did not come. */
  | 'MOCK_ACTION_MISSING'
  /** An action came that nobody expected. */
  | 'MOCK_ACTION_UNEXPECTED'
  /** The scenario asks for a configuration or mailboxes that must be there before the PBX starts. */
  | 'MOCK_SCENARIO_NEEDS_START';

export class MockError extends Error {
  override readonly name = 'MockError';
  readonly code: MockErrorCode;

  constructor(code: MockErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
