/** An action that the PBX knows, as ListCommands shows it. */
export interface CatalogAction {
  readonly name: string;
  /** As shown: `system,call,all`; `<none>` where everybody may. */
  readonly privilege: string;
  /** The module that brings it; `builtin` for the manager's own. */
  readonly module: string;
  readonly synopsis: string;
}

/** What differs from one Asterisk version to the next, as data. */
export interface AsteriskProfile {
  readonly version: string;
  /** Of the manager interface, as the banner says it. */
  readonly amiVersion: string;
  /** As `core show version` says it. */
  readonly versionText: string;
  /** In the order of ListCommands. */
  readonly actions: readonly CatalogAction[];
  /** Actions that this version has, but in modules that are not loaded: unknown to the PBX. */
  readonly unloadedActions: readonly { readonly name: string; readonly module: string }[];
}
