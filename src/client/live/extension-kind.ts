/** What stands behind an extension's hint: conference rooms, parking spaces and lamps of the dialplan's own have hints too. */
export type ExtensionKind = 'phone' | 'conference' | 'parking' | 'custom';
