/**
 * Items in the order in which one of Asterisk's hash tables lists them: by bucket, and within a bucket as they came.
 * Source: `ast_str_hash` and `ast_str_case_hash`, include/asterisk/strings.h; checked against the lists of the recordings.
 */
export function hashOrder<Item>(items: readonly Item[], table: HashTable, key: (item: Item) => string): Item[] {
  const placed = items.map((item) => ({ item, bucket: bucketOf(key(item), table) }));
  return placed.sort((one, other) => one.bucket - other.bucket).map(({ item }) => item);
}

export interface HashTable {
  readonly buckets: number;
  readonly ignoresCase: boolean;
}

/** Channels, by name. */
export const CHANNEL_TABLE: HashTable = { buckets: 53, ignoresCase: false };
/** Queues, by name. */
export const QUEUE_TABLE: HashTable = { buckets: 53, ignoresCase: true };
/** Hints, by extension. */
export const HINT_TABLE: HashTable = { buckets: 563, ignoresCase: true };

/** Parking lots, by name, as they are made from res_parking.conf. */
export const PARKING_LOT_TABLE: HashTable = { buckets: 37, ignoresCase: false };

/** `hash * 33 ^ byte` over the text. */
function bucketOf(text: string, { buckets, ignoresCase }: HashTable): number {
  let hash = 5381;
  for (const letter of ignoresCase ? text.toLowerCase() : text) hash = Math.imul(hash, 33) ^ letter.charCodeAt(0);
  return Math.abs(hash) % buckets;
}
