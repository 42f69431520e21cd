import { faker } from '@faker-js/faker/locale/en';

/** Somebody with a desk phone. */
export interface OfficeWorker {
  /** Extension and endpoint name, `1001` and up. */
  readonly extension: string;
  readonly name: string;
}

/** Somebody who calls from outside, as the trunk shows them. */
export interface OutsideCaller {
  readonly name: string;
  readonly number: string;
}

export interface OfficePeople {
  readonly workers: readonly OfficeWorker[];
  readonly callers: readonly OutsideCaller[];
}

/** The people of an invented office; the same seed gives the same people. Names are plain ASCII, numbers are reserved for fiction. */
export function officePeople(
  seed: number,
  counts: { readonly workers: number; readonly callers: number },
): OfficePeople {
  faker.seed(seed);
  const workers = Array.from({ length: counts.workers }, (_, index) => ({
    extension: String(1001 + index),
    name: `${faker.person.firstName()} ${faker.person.lastName()}`,
  }));
  const callers = Array.from({ length: counts.callers }, () => ({
    name: `${faker.person.firstName()} ${faker.person.lastName()}`,
    number: `+1${faker.string.numeric({ length: 3, allowLeadingZeros: false })}55501${faker.string.numeric(2)}`,
  }));
  return { workers, callers };
}
