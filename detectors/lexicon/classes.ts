/**
 * The word classes of the shared lexicon. Each is one bit, so that a token's classes are one number.
 * A class says what a word can be, never what it is in a sentence: "may" is Month, Word, Given and
 * NameRare at once. Entries of several words ("New York") give their classes to their words where they stand together.
 */
export const enum Lex {
  /** A given name that many people bear. */
  GivenTop = 1 << 0,
  /** Any listed given name. */
  Given = 1 << 1,
  SurnameTop = 1 << 2,
  Surname = 1 << 3,
  /** A word of the English dictionary in lower case. */
  Word = 1 << 4,
  /** Among the most frequent English words, or a word that glues sentences: almost never a name. */
  Common = 1 << 5,
  /** Anatomy, disease, procedure, laboratory, and chart words and abbreviations. */
  Medical = 1 << 6,
  Drug = 1 << 7,
  /** Parkinson, Foley, Apgar: a name that mostly means a thing. */
  Eponym = 1 << 8,
  /** A city or town. */
  City = 1 << 9,
  /** A large US or world city. */
  CityTop = 1 << 10,
  /** A state by its name. */
  State = 1 << 11,
  /** A state by its two letters. */
  StateCode = 1 << 12,
  Country = 1 << 13,
  County = 1 << 14,
  /** Street, Ave, Blvd and their like. */
  Street = 1 << 15,
  /** Hospital, clinic, hospice: the head noun of a facility. */
  Facility = 1 << 16,
  Month = 1 << 17,
  Weekday = 1 << 18,
  /** Dr, Mr, Mrs, Prof: stands before a name. */
  Title = 1 << 19,
  /** MD, RN, PhD, Jr: stands after a name. */
  Credential = 1 << 20,
  /** Mother, wife, son, caregiver. */
  Relation = 1 << 21,
  /** Patient, nurse, surgeon, attending. */
  Role = 1 << 22,
  /** Inc, LLC, University, Association: the head noun of an organisation. */
  Org = 1 << 23,
  /** One, twelve, third: a number in words. */
  NumberWord = 1 << 24,
  /** van, de, la, bin, o': inside a surname. */
  Particle = 1 << 25,
  /** The, and, was, with: ends any name. */
  Function = 1 << 26,
  /** Also an English word, and more often that than a name (will, may, bill). */
  NameRare = 1 << 27,
  /** Names an ethnic group, language, religion or nationality. */
  Demonym = 1 << 28,
  /** Place noun inside geographic names: Springs, Heights, Lake, Fort, Saint. */
  PlaceWord = 1 << 29,
  /** A verb or phrase head that takes a person: saw, seen, called, signed, named. */
  PersonCue = 1 << 30,
  /** First token of some label or multi-word entry. */
  PhraseHead = 1 << 31,
  /** A hospital or health system by its own name ("Tampa General"): two classes that no other word has together. */
  Hospital = Facility | Country,
}
