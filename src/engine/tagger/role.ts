/**
 * What the tagger asks of a word and its classes, in a few bits: worked out once for a word and kept with its classes, since most words
 * of a text come again.
 */
import { WordSet } from '../../../detectors/kit/word-set.js';
import { Lex } from '../../../detectors/lexicon/classes.js';

const NAMED = Lex.GivenTop | Lex.Given | Lex.SurnameTop | Lex.Surname;
const PLACED = Lex.City | Lex.CityTop;
const TOP = Lex.GivenTop | Lex.SurnameTop | Lex.CityTop;
const PLAIN = Lex.Function | Lex.Common;
const COUNTS = Lex.Month | Lex.NumberWord;
const ORDINARY = Lex.Word | Lex.Common | Lex.Function | Lex.Medical | Lex.Drug;
/** Words that say where a name, a place or a date stands: known by themselves whatever else they can be. */
const TELLING =
  Lex.Common |
  Lex.Function |
  Lex.Title |
  Lex.Credential |
  Lex.Relation |
  Lex.Role |
  Lex.PersonCue |
  Lex.Month |
  Lex.Weekday |
  Lex.Facility |
  Lex.Street |
  Lex.PlaceWord |
  Lex.NumberWord |
  Lex.Particle |
  Lex.Org |
  Lex.State |
  Lex.StateCode;
const KNOWN = Lex.Word | Lex.Medical;
/** Classes that say alike whether a word may be a name: what is in none of a group's classes counts as one. */
const ROUGH = [
  Lex.Given | Lex.GivenTop,
  Lex.Surname | Lex.SurnameTop,
  Lex.City | Lex.CityTop,
  Lex.Word | Lex.Demonym,
  Lex.Common | Lex.Function,
  Lex.Medical | Lex.Drug,
  Lex.Eponym,
  Lex.Title | Lex.Credential | Lex.Relation | Lex.Role,
  Lex.Facility | Lex.Street | Lex.PlaceWord | Lex.Org,
  Lex.State | Lex.StateCode | Lex.Country,
  Lex.Month | Lex.Weekday | Lex.NumberWord,
  Lex.Particle,
];
/** From this bit on a role says in which of these groups the word is. */
const GROUPS_SHIFT = 10;
export const GROUPS = ROUGH.length;

/** Words with which people speak of somebody, who comes and goes, and to each other. */
const SPEAKING = new WordSet(
  `pt pts yo yof yom hx dx tx rx sx fu prn bid tid qd qhs npo dc adm pmh pcp dob mrn rm mom dad wife husband daughter son dr mr mrs ms
  patient nurse she he her hers his him himself herself my me our pls please room bed clinic appt consult admit admitted discharge
  discharged seen follow covering says said told called calls calling came comes coming went got saw sees wants wanted asks asked
  needs took brought drove drives lives lived moved fell born died signed sister brother mother father niece nephew aunt uncle cousin
  grandma grandson granddaughter partner neighbor landlord roommate baby twin twins girl boy lady guy md rn np since today tonight til
  till thru via hi hey hello dear thanks thx attn cc re fax faxed sent sends notified spoke speaks wrote dictated presented
  transferred transfer arrived pickup appointment visit family caller msg mama papa miss mister here leaving left name i you your yeah
  yes okay ok oh well um uh gonna`,
);

/** Words with which people speak of how things are in general. */
const GENERAL = new WordSet(
  `are how what which each many most these those may must should can than or within means often use uses used using patients children
  adults women men people users criteria criterion score scores scale protocol protocols policy policies guideline guidelines rule
  rules version versions trial trials study studies cohort versus risk dose doses effect effects type types cells cell protein gene
  genes explain difference differ avoid recommended describe described describes named syndrome if unless without not only other
  every all any some an is it its such thus however between among more less et al index ratio model data value values figure method
  methods results analysis significant associated expression disease diseases sign signs`,
);

/** Behind these a place or a person is told of whatever the word is: "at early grace house", "ms bright". */
const USHERS = new WordSet(
  'at from to near outside via dr doctor mr mrs ms miss mister missus named nurse pastor father sister',
);

/** Likewise, in a text that has no capitals: "born in red wing", "down at the free clinic", "my name is young". */
const USHERS_UNCASED = new WordSet('in the is of by with called');

/** Words of grammar with which places begin: "Our Lady of Sorrows", "All Saints". */
const PLACE_HEADS = new WordSet('our all');

export const enum Role {
  /** It may begin something though it is in small letters. */
  BeginsSmall = 1,
  /** Likewise, in a text that has no capitals. */
  BeginsUncased = 2,
  /** It may begin something if it has a capital: no word of grammar, or one that is a name too. */
  BeginsCapital = 4,
  /** It is known by itself, not by its classes. */
  Itself = 8,
  /** Every token has this. */
  Any = 16,
  /** It speaks of somebody. */
  Speaks = 32,
  /** What comes behind it may begin something though it is in small letters. */
  Ushers = 64,
  /** It may begin something behind such a word: no word of grammar. */
  BeginsUshered = 128,
  /** Likewise, in a text that has no capitals. */
  UshersUncased = 256,
  /** It speaks of how things are in general. */
  General = 512,
}

/** What a word says by itself, whatever phrase it is part of. */
export const SAID: number = Role.Speaks | Role.General | Role.Ushers | Role.UshersUncased;

/** The role of a word by its classes, and by the word itself whether it speaks of somebody or ushers somebody in. */
export const roleOfWord = (classes: number, hash: number): number =>
  roleOf(classes) |
  (SPEAKING.has(hash) ? Role.Speaks : 0) |
  (USHERS.has(hash) ? Role.Ushers : 0) |
  (GENERAL.has(hash) ? Role.General : 0) |
  (USHERS_UNCASED.has(hash) ? Role.UshersUncased : 0) |
  (PLACE_HEADS.has(hash) ? Role.BeginsCapital : 0);

/** The groups that a role says a word is in. */
export const groupsIn = (role: number): number => role >>> GROUPS_SHIFT;

export function roleOf(classes: number): number {
  const named = (classes & NAMED) !== 0;
  const counts = (classes & COUNTS) !== 0;
  let role: number = Role.Any;
  if (counts || ((classes & ORDINARY) === 0 && (named || (classes & PLACED) !== 0))) role |= Role.BeginsSmall;
  if (counts || (classes & PLAIN) === 0 || (classes & TOP) !== 0) role |= Role.BeginsUncased;
  if ((classes & Lex.Function) === 0) role |= Role.BeginsUshered;
  if ((classes & Lex.Function) === 0 || named || (classes & Lex.Particle) !== 0) role |= Role.BeginsCapital;
  if (classes & TELLING || (classes & KNOWN && !named)) role |= Role.Itself;
  for (let g = 0; g < GROUPS; g++) if (classes & ROUGH[g]) role |= 1 << (GROUPS_SHIFT + g);
  return role;
}
