/**
 * What a detector is, and the view of a document that it reads.
 * A detector is a pure function called at its anchors; it looks at a bounded number of tokens around them and
 * emits spans, never text. Everything it may know about the document is in `Doc`.
 */

/** The eighteen identifiers of 45 CFR 164.514(b)(2)(i), (A) to (R), in statute order. */
export const CATEGORIES = [
  'name',
  'geography',
  'date',
  'phone',
  'fax',
  'email',
  'ssn',
  'mrn',
  'health-plan',
  'account',
  'license',
  'vehicle',
  'device',
  'url',
  'ip',
  'biometric',
  'photo',
  'other-id',
] as const;

export type Category = (typeof CATEGORIES)[number];

/** One way of recognising a category. Its name is a stable word: policies, metrics and reports refer to it. */
export interface Rule {
  /** `category.way`, for example `mrn.label`. */
  readonly name: string;
  /** A finer sort within the category, for example `birth` within date. */
  readonly kind: string;
  /** 0 to 1: how sure a finding of this rule is, unless `emit` is given another figure. */
  readonly confidence: number;
  /** One line for the reference page. */
  readonly about: string;
}

/** Shape of a token. Digit runs have one shape per length, so that a detector is only called at lengths it knows. */
export const enum Shape {
  /** One lower-case letter. */
  LowerOne = 0,
  Lower = 1,
  /** One capital: an initial. */
  UpperOne = 2,
  Upper = 3,
  /** Capital, then lower case. */
  Title = 4,
  /** Any other mixture of cases: McDonald, iPhone. */
  Mixed = 5,
  /** Letters of a script without case. */
  Uncased = 6,
  Digits1 = 8,
  Digits2 = 9,
  Digits3 = 10,
  Digits4 = 11,
  Digits5 = 12,
  Digits6 = 13,
  Digits7 = 14,
  Digits8 = 15,
  Digits9 = 16,
  Digits10 = 17,
  Digits11 = 18,
  Digits12 = 19,
  Digits13 = 20,
  Digits14 = 21,
  Digits15 = 22,
  Digits16 = 23,
  DigitsLong = 24,
  /** Letters and digits in one run, 2 to 4 characters: 4th, B12, 5mg. */
  AlnumShort = 25,
  /** 5 to 16 characters. */
  Alnum = 26,
  /** 17 and more. */
  AlnumLong = 27,
  /** `[MRN-1]` or `[MRN:base32]`: already redacted, nobody's anchor, and a wall for look-around. */
  Redacted = 31,
}

/** Bit masks over shapes, for anchors and tests: `(1 << shape) & mask`. */
export const DIGITS = 0x01ffff00;
export const ALNUM = (1 << Shape.AlnumShort) | (1 << Shape.Alnum) | (1 << Shape.AlnumLong);
export const LETTERS = 0x7f;
/** Written with a capital first letter. */
export const CAPITALISED = (1 << Shape.UpperOne) | (1 << Shape.Upper) | (1 << Shape.Title) | (1 << Shape.Mixed);

/**
 * What stands between a token and the one before it. Blanks around one sign do not matter unless said; quotes,
 * backslashes, backticks and asterisks are passed over when something else is there too.
 */
export const enum Gap {
  /** Nothing before: first token of the text, or of a JSON leaf. Look-around stops here. */
  Leaf = 0,
  /** Nothing: a run was cut because it was too long. */
  None = 1,
  /** Blanks or tabs only. */
  Blank = 2,
  /** Contains a line break (and possibly signs). */
  Line = 3,
  /** `-` without blanks. */
  Hyphen = 4,
  /** `-` with a blank before or after. */
  Dash = 5,
  /** `.` without blanks. */
  Dot = 6,
  /** `.`, `!`, `?` or `;` followed by a blank: mostly the end of a sentence. */
  Stop = 7,
  Comma = 8,
  Colon = 9,
  Slash = 10,
  Apostrophe = 11,
  At = 12,
  Underscore = 13,
  Hash = 14,
  Equals = 15,
  Open = 16,
  Close = 17,
  Pipe = 18,
  Plus = 19,
  Ampersand = 20,
  /** Quotes only (with or without blanks). */
  Quote = 21,
  /** Anything else: several signs, or one not listed. */
  Other = 22,
}

/** Per-token facts in `Doc.flags`. */
export const enum Flag {
  /** Part of a label phrase. */
  InLabel = 1,
  /** First token of a line or leaf. */
  LineStart = 2,
  /** First token of a sentence, line or leaf. */
  SentenceStart = 4,
  /** Belongs to a JSON key, or to context that the engine put before a JSON value. */
  Key = 8,
}

/** Whose code a code is, by the words around it; a number, so that it can be a bit. */
export const enum Cue {
  None = 0,
  Ssn = 1,
  Mrn = 2,
  HealthPlan = 3,
  Account = 4,
  License = 5,
  OtherId = 6,
  Device = 7,
  Vehicle = 8,
  Biometric = 9,
}

/** Which label a label id stands for. `category` is null for labels whose value is known not to identify anybody. */
export interface Label {
  readonly category: Category | null;
  readonly kind: string;
  /** Counts only as the name of a field: as a JSON key, or right before a colon, an equals sign or a pipe. */
  readonly field?: boolean;
}

/** What the tagger takes a token for: the first of a name, place or date, or one that goes on. */
export const enum Tag {
  None = 0,
  Name = 1,
  NameOn = 2,
  Place = 3,
  PlaceOn = 4,
  Date = 5,
  DateOn = 6,
}

/**
 * A document as the detectors see it: normalised text as code units, and its tokens (runs of letters and digits) in
 * parallel arrays. Arrays are longer than what they hold and are reused: never keep a reference.
 */
export interface Doc {
  /** Normalised code units; `text[length]` is 0. */
  readonly text: Uint16Array;
  readonly length: number;
  /** Number of tokens. Arrays below hold one more: a sentinel with `Gap.Leaf`. */
  readonly count: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** `Shape`, and `Gap` before the token. */
  readonly shape: Uint8Array;
  readonly gap: Uint8Array;
  /** Hash of the folded token (lower case, no diacritics): compare with `hashOf('word')`. */
  readonly hash: Int32Array;
  /** Lexicon classes, a bit mask of `Lex`. */
  readonly lex: Int32Array;
  /** Label id at the last token of a label phrase, else 0. */
  readonly label: Uint16Array;
  /** Label id at the token where a label's value begins, else 0. */
  readonly owner: Uint16Array;
  /** At the last token of a label: the token where its value begins, or -1. */
  readonly value: Int32Array;
  readonly flags: Uint8Array;
  /** `Cue` at the first telling part of a code that words around it claim, else 0. */
  readonly cue: Uint8Array;
  /** The code units of a code that has a cue, and how much the words around it prove; elsewhere they say nothing. */
  readonly cueStart: Int32Array;
  readonly cueEnd: Int32Array;
  readonly cueProof: Uint8Array;
  /** `Tag`: what the trained tagger says. */
  readonly tags: Uint8Array;
  /** How sure it is of a tag, in hundredths; without one, how much still speaks for a date, 0 where it was not asked. */
  readonly sure: Uint8Array;
  /** Labels by id. */
  readonly labels: readonly Label[];
  /** This year, for ages and birth years. */
  readonly year: number;
}

/** Phrases as a person would write them ("date of birth"); made when they are wanted, if there are many. */
export type Phrases = readonly string[] | (() => readonly string[]);

/** Where a detector is called. A needless call costs time; a missing one is a bug. */
export interface Anchors {
  /** Masks of shapes, and of lexicon classes. */
  readonly shapes?: number;
  readonly classes?: number;
  /** Mask of gaps: called at the token after the gap. */
  readonly gaps?: number;
  /** Mask of cues: called at the codes that they claim. */
  readonly cues?: number;
  /** Masks of gaps and of the shapes (any, if not said) that it is called for behind them. */
  readonly forms?: readonly { readonly shapes?: number; readonly gaps: number }[];
  /** Label phrases by kind: called at the phrase's last token. */
  readonly labels?: Readonly<Record<string, Phrases>>;
  /** The same for words that are labels only as the name of a field: as a JSON key, or before `:`, `=` or `|`. */
  readonly fields?: Readonly<Record<string, Phrases>>;
  /** Mask of tagger tags. */
  readonly tags?: number;
}

/** Reports a span in code units of `Doc.text`. */
export type Emit = (start: number, end: number, rule: Rule, confidence?: number) => void;

export interface Detector<C extends Category = Category> {
  readonly category: C;
  /** The paragraph of the Safe Harbor rule. */
  readonly citation: string;
  readonly rules: readonly Rule[];
  readonly anchors: Anchors;
  read(doc: Doc, at: number, emit: Emit): void;
}
