/** Who a signed token speaks for. */
export interface TokenClaims {
  readonly user: string;
  /** Names of roles, the first that the gateway knows counts. */
  readonly roles: readonly string[];
  readonly extension?: string;
  /** Names of the PBXs that they may see, the first of which the extension is of; all that the role lets see where nothing is said. */
  readonly pbxs?: readonly string[];
  /** When it ends, ms since the epoch. */
  readonly expiresMs: number;
}

/** Checks tokens that somebody else issues: the operator's own login. */
export interface TokenVerifier {
  /** What the token says; `undefined` where it is not good. Throws where that can't be found out now. */
  verify(token: string): Promise<TokenClaims | undefined>;
}
