/**
 * Operating points: how sure the engine has to be before it takes words for a name, a place or a date. Identifiers with a form of
 * their own are found alike in all three.
 */
export const PROFILES = ['strict', 'balanced', 'precise'] as const;
export type Profile = (typeof PROFILES)[number];

export interface OperatingPoint {
  /** The tagger's score above which a token is taken for something; 32 to a natural logarithm of odds. */
  readonly decide: number;
  /** Findings below this confidence are dropped, unless the caller says otherwise. */
  readonly confidenceMin: number;
  /** Whether a name that the message has established is one wherever it stands again. */
  readonly echo: boolean;
}

export const OPERATING_POINTS: { readonly [P in Profile]: OperatingPoint } = {
  /** A miss is worse than a false alarm: text that leaves the house. */
  strict: { decide: -24, confidenceMin: 0.3, echo: true },
  /** A little better than even odds. */
  balanced: { decide: 4, confidenceMin: 0.5, echo: true },
  /** A false alarm is worse than a miss: text that a clinician reads. */
  precise: { decide: 4, confidenceMin: 0.8, echo: true },
};
