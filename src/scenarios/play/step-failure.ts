/** A step could not be done, or what it expected did not come; the player adds which step, and where it stands. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
}
