/** What a fingerprint stands for: the byte in front of every value, so that a phone number is never taken for a chart's. */

export const enum Domain {
  Chart = 1,
  Ssn = 2,
  Member = 3,
  Phone = 4,
  Email = 5,
  Address = 6,
  /** Given and family name: of staff, and in a session's memory, which has no rows to walk. */
  Name = 7,
  Birth = 8,
  /** Whoever belongs under one roof. */
  Household = 9,
  /** This patient and that value, or that patient, belong together. */
  Pair = 10,
  /** In a delta: a patient of the snapshot below who is replaced or gone. */
  Replaced = 11,
}

/** Added to a domain: the value belongs to somebody who works here. */
export const STAFF = 0x80;

/** The domains whose values are looked up for themselves, with the word that evidence calls them by. */
export const LOOKED_UP = {
  [Domain.Chart]: 'mrn',
  [Domain.Ssn]: 'ssn',
  [Domain.Member]: 'health-plan',
  [Domain.Phone]: 'phone',
  [Domain.Email]: 'email',
  [Domain.Address]: 'address',
} as const;
export type LookedUp = keyof typeof LOOKED_UP;
