/**
 * How sure it is that a run of name-like tokens is a person, in points: what the words are, what stands before and
 * after, and what rules a person out (streets, facilities, companies, eponyms, code). Weights stand in one table.
 */
import { CAPITALISED, DIGITS, type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { GIVEN, isContracted, NAMED, type Run, SURNAME } from './person.js';
import { WordTable, wordSet } from './word-table.js';

/** A run with this many points is a name. */
export const ACCEPT = 45;

/** Points of evidence. */
const W = {
  pair: 20,
  pairListed: 8,
  inverted: 12,
  invertedCapitals: 8,
  invertedUnknown: 5,
  initial: 28,
  midSentence: 10,
  midSentencePure: 15,
  wholeLine: 14,
  wholeLineListed: 26,
  specialty: 10,
  speaker: 20,
  clinicalVerb: 33,
  title: 35,
  role: 30,
  relation: 30,
  greeting: 40,
  cue: 18,
  named: 35,
  otherLabel: -45,
  credential: 35,
  aged: 38,
  fieldAfter: 18,
  verbAfter: 25,
  verb: 15,
  medicalBefore: -15,
  vocative: 12,
  turn: 15,
  pure: 15,
  loneCapitals: -15,
  demonym: -20,
  verbLike: -20,
  subject: 8,
  possessive: 8,
  place: -30,
  called: -30,
};

/** Small words before a name. */
const BEFORE = new WordTable([
  [15, 'by m im w attn re named'],
  [12, 'for'],
  [10, 'with per am'],
  [20, 'problem worries worry'],
  [8, 'is'],
  [6, 'to from and that so okay ok yeah'],
  [-25, 'at'],
  [-18, 'in near within outside'],
  [-28, 'the a an this no any each every some these those'],
  [-6, 'on his her my their our your s of'],
]);
/** What begins a turn of a dialogue. */
export const SPOKEN = wordSet(
  'um uh uhm umm uhh uhhuh uhuh oh ohh ooh ah ahh aha hm hmm mm mmm mhm huh eh ow ouch yep yeah yup nope nah okay ok okey well right lemme gimme ' +
    'gonna wanna gotta dunno thanks thank sure hello hi hey bye good fine great pardon dang hah ha haha hum wow gosh yessir righty alrighty cool nice true meds',
);
export const GREETINGS = wordSet(
  'hi hello hey hiya howdy dear thanks thank thx regards sincerely cheers respectfully yours truly goodbye bye morning afternoon evening welcome',
);
const LINKS = wordSet('by with to of from for and');
const PLACES = wordSet('in at near');
const LETTER_S = 0x73;
const CAPITAL_S = 0x53;
const ON = hashOf('on');
const BORN = hashOf('born');
const YOU = hashOf('you');
/** Idaho's letters mostly mean something else. */
const ID = hashOf('id');
const NAME = hashOf('name');
const IS = hashOf('is');
const THIS = hashOf('this');
const S = hashOf('s');
/** What stands between a name and an age: "is a pleasant 45-year-old". */
const AGE_BRIDGE = wordSet('is was a an aged age very pleasant lovely the');
const YEARS = wordSet('year years yo y yr yrs month months mo week weeks wk day days old m f male female man woman');
/** Right behind a word these count a supply, not an age. */
const DAYS = wordSet('day days week weeks wk month months mo m');
const NEWBORN = hashOf('newborn');
/** Lower-case words that make a thing of the name before them. */
export const THINGS = wordSet(
  'disease diseases syndrome syndromes sign signs test tests score scores scale scales criteria criterion classification catheter catheters palsy ' +
    'phenomenon reflex maneuver manoeuvre procedure operation repair fracture fractures contracture lymphoma sarcoma tumor tumour tumors ' +
    'carcinoma esophagus cyst cysts node nodes nodule nodules duct ducts gland glands body bodies cell cells line lines drain drains tube tubes ' +
    'forceps retractor suture sutures incision approach technique method formula equation index staging stage grade charts curve ' +
    'position angle triangle space point points area law effect stain agar medium chorea ataxia dementia hernia ulcer ulcers deformity ' +
    'thyroiditis anemia purpura arteritis granulomatosis encephalopathy psychosis aphasia neuralgia neuroma nerve muscle ligament ' +
    'fascia pouch loop circle island islands layer membrane canal valve valves shunt stent graft flap splint cast brace collar walker ' +
    'clamp clamps protocol trial study model hypothesis theorem algorithm statistic distribution coefficient correction regression virus bacillus ' +
    'fever rash spots spot lines nails murmur breathing respirations pupil pupils ring rings crisis paralysis malformation anomaly tetralogy ' +
    'mutation gene genes protein antigen antibody receptor assay blot electrophoresis reagent buffer plot kit vaccine insulin juice scoring ' +
    'rats mice rat mouse spaniel terrier bank insurance policy church school park island county city avenue street road river building foundation award',
);

/** Who a name belongs to, as far as its surroundings say. */
export const enum Who {
  Unknown = 0,
  Patient = 1,
  Clinician = 2,
  Relative = 3,
}

/** Set by `score`. */
export let who: Who = Who.Unknown;

const CLINICIANS = wordSet(
  'provider providers doctor doctors physician physicians surgeon attending hospitalist fellow intern resident registrar consultant clinician practitioner ' +
    'internist pediatrician gp pcp prescriber nurse midwife therapist counselor psychologist psychiatrist cardiologist pulmonologist neurologist ' +
    'neurosurgeon nephrologist gastroenterologist endocrinologist hematologist oncologist rheumatologist dermatologist urologist gynecologist ' +
    'obstetrician ophthalmologist dentist podiatrist chiropractor anesthesiologist radiologist pathologist pharmacist technician technologist ' +
    'paramedic dietitian nutritionist worker manager examiner assistant hygienist optometrist audiologist dr prof md rn aprn pa np scribe',
);

export function score(doc: Doc, r: Run): number {
  who = Who.Unknown;
  const lower = doc.shape[r.core] === Shape.Lower;
  let points = composition(doc, r, lower);
  const thing = ruledOut(doc, r);
  if (thing) return 0;
  points += beforeIt(doc, r, lower);
  if (points < -20) return points;
  points += afterIt(doc, r);
  return points;
}

const MEANINGS =
  Lex.Word | Lex.Medical | Lex.Drug | Lex.CityTop | Lex.Eponym | Lex.Country | Lex.State | Lex.Org | Lex.NameRare;

/** What the words themselves say. */
function composition(doc: Doc, r: Run, lower: boolean): number {
  let points: number;
  if (r.parts > 1) {
    points = r.head + r.tail;
    if (r.comma) {
      points += r.tailLex & GIVEN ? W.inverted : W.invertedUnknown;
      if (doc.shape[r.core] === Shape.Upper) points += W.invertedCapitals;
    } else if (r.headLex & GIVEN) {
      points += W.pair;
      if (r.tailLex & SURNAME) points += W.pairListed;
    }
  } else {
    points = r.head;
    if (r.headLex & Lex.Demonym && (r.headLex & (Lex.GivenTop | Lex.NameRare)) !== Lex.GivenTop) points += W.demonym;
    if (doc.shape[r.core] === Shape.Upper && (r.headLex & NAMED) === 0) points += W.loneCapitals;
  }
  // "WE WILL CHASE", "MAY BILL"
  if (doc.shape[r.core] === Shape.Upper && r.headLex & Lex.NameRare && r.headLex & Lex.Word) points += W.verbLike;
  // A bare letter behind a surname is mostly something else; behind a given name it may be the surname's.
  if (
    r.initials > 0 &&
    (r.headLex & Lex.Month) === 0 &&
    (r.core === r.last ||
      doc.gap[r.last + 1] === Gap.Stop ||
      doc.gap[r.last + 1] === Gap.Dot ||
      r.headLex & Lex.GivenTop)
  )
    points += W.initial;
  const before = doc.gap[r.first];
  const after = doc.gap[r.last + 1];
  const start =
    doc.flags[r.first] & Flag.SentenceStart || (before === Gap.Colon && r.parts === 1 && r.initials === 0) ? 1 : 0;
  if (!lower && start === 0 && doc.shape[r.core] !== Shape.Upper)
    points += r.head >= 30 && doc.end[r.core] - doc.start[r.core] > 3 ? W.midSentencePure : W.midSentence;
  if (lower && r.headLex & Lex.GivenTop) points += spoken(doc, r);
  if (
    (doc.flags[r.first] & Flag.LineStart || before === Gap.Colon || before === Gap.Pipe) &&
    (after === Gap.Line || after === Gap.Leaf)
  )
    points +=
      r.parts === 1 &&
      r.headLex & GIVEN &&
      (r.headLex & MEANINGS) === 0 &&
      doc.shape[r.core] === Shape.Title &&
      before === Gap.Line
        ? W.wholeLineListed
        : W.wholeLine;
  return points;
}

/** A given name in lower case: by itself hardly anything else, the more so where somebody is addressed. */
function spoken(doc: Doc, r: Run): number {
  const before = doc.gap[r.first];
  const after = doc.gap[r.last + 1];
  let points = 0;
  const plain = (r.headLex & (Lex.Word | Lex.CityTop | Lex.Country | Lex.State | Lex.Demonym)) === 0;
  const coded =
    after === Gap.Dash ||
    before === Gap.Slash ||
    before === Gap.Equals ||
    before === Gap.Quote ||
    after === Gap.Equals ||
    after === Gap.Quote;
  if (coded || (r.parts === 1 && doc.end[r.core] - doc.start[r.core] < 4)) return 0;
  // "polycythemia vera", "patella alta".
  if (before === Gap.Blank && (doc.lex[r.first - 1] & (Lex.Medical | Lex.PersonCue | Lex.Role)) === Lex.Medical)
    return W.medicalBefore;
  if (plain && r.parts === 1) points += W.pure;
  if (after === Gap.Comma || (after === Gap.Stop && plain)) points += W.vocative;
  if (before === Gap.Comma)
    points += plain ? W.vocative + 3 : DISCOURSE.has(doc.hash[r.first - 1]) ? W.vocative + 3 : 0;
  if (before === Gap.Close) points += W.turn;
  return points;
}

const PEOPLE = wordSet(
  'man men lady ladies woman women girl boy people adult adults patient patients child children age',
);
const DISCOURSE = wordSet('so okay ok well alright right yeah now and');

const PERSON_BEFORE = Lex.Title | Lex.Role | Lex.Relation;

/** Streets, facilities, companies, places, eponyms, addresses, code. */
function ruledOut(doc: Doc, r: Run): boolean {
  const after = doc.gap[r.last + 1];
  const before = doc.gap[r.first];
  if ((r.parts === 1 || r.comma) && SPOKEN.has(doc.hash[r.parts === 1 ? r.core : r.first])) return true;
  // Inside an address, a path or an identifier.
  if (
    before === Gap.At ||
    before === Gap.Underscore ||
    after === Gap.At ||
    after === Gap.Underscore ||
    before === Gap.None ||
    after === Gap.None
  )
    return true;
  if (
    before === Gap.Dot ||
    (before === Gap.Slash &&
      doc.start[r.first] - doc.end[r.first - 1] === 1 &&
      doc.end[r.first - 1] - doc.start[r.first - 1] > 1)
  )
    return true;
  if (after === Gap.Dot && doc.shape[r.last] !== Shape.UpperOne) return true;
  if (after === Gap.Slash && doc.start[r.last + 1] - doc.end[r.last] === 1) return true;
  if ((before === Gap.Ampersand || after === Gap.Ampersand) && (r.headLex & GIVEN) === 0) return true;
  if (after === Gap.Hyphen) return true;
  if (before === Gap.Hyphen && r.parts === 1) return true;
  const cast = r.first > 0 && before === Gap.Blank && (doc.lex[r.first - 1] & PERSON_BEFORE) !== 0;
  // A list of authors: "Mato A, Limeres J".
  if (
    after === Gap.Comma &&
    r.last > r.core &&
    doc.shape[r.last + 2] === Shape.UpperOne &&
    doc.gap[r.last + 2] === Gap.Blank
  )
    return true;
  if (before === Gap.Comma && r.first > 2 && doc.shape[r.first - 1] === Shape.UpperOne && r.last > r.core) return true;
  // A word that is no listed name before a colon is a key or a heading.
  if (after === Gap.Colon && r.parts === 1 && (r.headLex & NAMED) === 0 && r.initials === 0 && !cast) return true;
  if (isContracted(doc, r.last)) return true;
  // "in Santa Cruz", "in Conway Springs".
  if (
    r.parts > 1 &&
    (r.headLex & r.tailLex & Lex.City || (r.tailLex & Lex.PlaceWord && (r.tailLex & Lex.SurnameTop) === 0)) &&
    r.first > 0 &&
    PLACES.has(doc.hash[r.first - 1])
  )
    return true;
  // "North Carolina", "Wolff-Parkinson-White".
  if (r.parts > 1 && r.headLex & r.tailLex & Lex.State) return true;
  if (r.parts === 1 && doc.gap[r.core] === Gap.Hyphen && r.allLex & Lex.Eponym && !cast) return true;
  // "Wilson Street", "12 Sung Park", "Blue Cross".
  if (r.parts > 1 && (r.headLex & r.tailLex & Lex.Org || (r.tailLex & Lex.Facility && r.tailLex & Lex.Word)))
    return true;
  if (
    r.parts > 1 &&
    r.tailLex & Lex.Street &&
    ((r.tailLex & Lex.Common && (r.headLex & Lex.GivenTop) === 0) ||
      (r.first > 0 && (isNumber(doc, r.first - 1) || doc.hash[r.first - 1] === ON)))
  )
    return true;
  const t = r.last + 1;
  if (after === Gap.Blank || (after === Gap.Apostrophe && doc.hash[t] === S)) {
    let n = after === Gap.Blank ? t : t + 1;
    if (doc.shape[n] === Shape.Lower && doc.gap[n] === Gap.Blank) {
      if (THINGS.has(doc.hash[n])) return true;
      const lex = doc.lex[n];
      if (lex & Lex.Facility && after === Gap.Blank) return true;
      if (
        r.allLex & Lex.Eponym &&
        r.parts === 1 &&
        (r.headLex & Lex.GivenTop) === 0 &&
        (doc.lex[Math.max(0, r.first - 1)] & PERSON_BEFORE) === 0 &&
        (lex & (Lex.Function | Lex.PersonCue)) === 0
      )
        return true;
    }
    for (let steps = 0; steps < 4 && ((1 << doc.shape[n]) & CAPITALISED) !== 0; steps++, n++) {
      const gap = doc.gap[n];
      if (gap !== Gap.Blank && gap !== Gap.Ampersand && gap !== Gap.Apostrophe && gap !== Gap.Hyphen) break;
      if (doc.lex[n] & (Lex.Facility | Lex.Org) || (doc.lex[n] & Lex.Street && doc.gap[n + 1] !== Gap.Colon))
        return true;
      if (THINGS.has(doc.hash[n]) && doc.shape[n] === Shape.Title) return true;
    }
  }
  // "Puffin Run, NJ", "Austin TX".
  if (after === Gap.Comma || after === Gap.Blank) {
    const lex = cast || doc.hash[t] === ID ? 0 : doc.lex[t];
    if (lex & (Lex.StateCode | Lex.State | Lex.Country) && (1 << doc.shape[t]) & CAPITALISED) {
      const zip = doc.shape[t + 1] === Shape.Digits5;
      if (zip || (lex & (Lex.Credential | GIVEN)) === 0) return true;
      if (
        after === Gap.Comma &&
        lex & Lex.StateCode &&
        r.parts === 1 &&
        r.initials === 0 &&
        r.headLex & Lex.City &&
        r.first > 0 &&
        PLACES.has(doc.hash[r.first - 1])
      )
        return true;
    }
  }
  return false;
}

function isNumber(doc: Doc, at: number): boolean {
  return ((1 << doc.shape[at]) & DIGITS) !== 0;
}

/** What stands before. */
function beforeIt(doc: Doc, r: Run, lower: boolean): number {
  const gap = doc.gap[r.first];
  const points = 0;
  const own = doc.owner[r.first] || doc.owner[r.core];
  if (own !== 0) {
    const category = doc.labels[own].category;
    if (category === 'geography' || category === null) return W.otherLabel;
  }
  if (gap === Gap.Leaf || r.first === 0) return points;
  const p = r.first - 1;
  if (doc.shape[p] === Shape.Redacted) return points;
  const lex = doc.lex[p];
  if (gap === Gap.Line) return points + (lex & Lex.PersonCue && GREETINGS.has(doc.hash[p]) ? W.greeting : 0);
  if (gap === Gap.Stop && (lex & Lex.PlaceWord) === 0 && (doc.end[p] - doc.start[p] > 4 || (lex & Lex.Role) === 0))
    return points;
  if (lex & Lex.Title) {
    // "DR Congo"
    if (r.parts === 1 && r.headLex & Lex.Country && (r.headLex & Lex.GivenTop) === 0) return points;
    who = CLINICIANS.has(doc.hash[p]) ? Who.Clinician : who;
    return points + W.title;
  }
  if (lex & (Lex.Role | Lex.Relation)) {
    if (gap === Gap.Comma && lower) return points;
    attribute(doc, p);
    // "outpatient young adults"
    if (lower && lex & Lex.Role && r.headLex & Lex.Word && r.parts === 1 && gap === Gap.Blank) return points;
    // "Mother - Eczema", "Patient: Ohh": a word that is no listed name may be anything there.
    if (
      (gap === Gap.Dash || gap === Gap.Colon) &&
      r.parts === 1 &&
      (r.headLex & NAMED) === 0 &&
      (gap === Gap.Dash || (doc.gap[r.last + 1] !== Gap.Line && doc.gap[r.last + 1] !== Gap.Leaf))
    )
      return points + 10;
    // "patients may bill"
    if (doc.text[doc.end[p] - 1] === LETTER_S || doc.text[doc.end[p] - 1] === CAPITAL_S) return points;
    return points + (lex & Lex.Role ? W.role : W.relation);
  }
  if (
    lex & Lex.PlaceWord &&
    (1 << doc.shape[p]) & CAPITALISED &&
    doc.end[p] - doc.start[p] > 1 &&
    (gap === Gap.Blank || gap === Gap.Stop)
  )
    return points + W.place;
  if (lower && doc.gap[r.last + 1] === Gap.Blank && PEOPLE.has(doc.hash[r.last + 1])) return points;
  if (lex & Lex.PersonCue && gap !== Gap.Stop)
    return points + (GREETINGS.has(doc.hash[p]) ? W.greeting : gap === Gap.Blank || gap === Gap.Colon ? W.cue : 0);
  if (
    gap !== Gap.Blank &&
    gap !== Gap.Apostrophe &&
    gap !== Gap.Slash &&
    gap !== Gap.Comma &&
    gap !== Gap.Quote &&
    gap !== Gap.Colon
  )
    return points;
  if (lex & Lex.Credential && doc.shape[p] === Shape.Upper && gap === Gap.Blank && CLINICIANS.has(doc.hash[p])) {
    who = Who.Clinician;
    return points + W.role;
  }
  const small = BEFORE.get(doc.hash[p]);
  if (p > 0 && doc.gap[p] !== Gap.Leaf && doc.gap[p] !== Gap.Line) {
    const q = p - 1;
    if (doc.hash[p] === YOU && GREETINGS.has(doc.hash[q])) return points + W.greeting;
    if (doc.hash[p] === IS) {
      if (doc.hash[q] === NAME) return points + W.named;
      if (doc.lex[q] & (Lex.Role | Lex.Relation)) {
        attribute(doc, q);
        return points + W.role - 5;
      }
      if (doc.hash[q] === THIS) return points + 16;
    }
    if (LINKS.has(doc.hash[p]) && !GREETINGS.has(doc.hash[q]) && doc.lex[q] & (Lex.PersonCue | Lex.Role))
      return points + small + 12;
  }
  return points + small;
}

function attribute(doc: Doc, at: number): void {
  if (doc.lex[at] & Lex.Relation) who = Who.Relative;
  else who = CLINICIANS.has(doc.hash[at]) ? Who.Clinician : Who.Patient;
}

/** What stands after. */
function afterIt(doc: Doc, r: Run): number {
  const t = r.last + 1;
  const gap = doc.gap[t];
  if (gap === Gap.Leaf) return 0;
  const lex = doc.lex[t];
  let points = 0;
  if (
    lex & Lex.Credential &&
    (gap === Gap.Comma || gap === Gap.Blank) &&
    doc.shape[t] !== Shape.Lower &&
    doc.shape[t] !== Shape.LowerOne &&
    (lex & NAMED) === 0
  ) {
    who = Who.Clinician;
    points += W.credential;
  } else if (gap === Gap.Stop && doc.shape[r.last] === Shape.UpperOne) return 0;
  if (aged(doc, t)) {
    if (who === Who.Unknown) who = Who.Patient;
    return points + W.aged;
  }
  if (gap === Gap.Line) return points;
  if (doc.flags[t] & Flag.InLabel && gap !== Gap.Stop && ((1 << doc.shape[t]) & CAPITALISED || gap !== Gap.Blank))
    points += W.fieldAfter;
  if (gap === Gap.Apostrophe && doc.hash[t] === S) return points + W.possessive;
  if (gap === Gap.Blank && doc.shape[t] === Shape.Lower) {
    if (REPORTS.has(doc.hash[t])) return points + W.clinicalVerb;
    if (lex & Lex.PersonCue && !GREETINGS.has(doc.hash[t])) return points + W.verbAfter;
    if (VERBS.has(doc.hash[t]))
      return points + (doc.hash[t + 1] === BORN && doc.gap[t + 1] === Gap.Blank ? W.clinicalVerb : W.verb);
  }
  if (gap === Gap.Comma && doc.shape[t] !== Shape.Title && lex & (Lex.Medical | Lex.Role) && r.parts > 1)
    points += W.specialty;
  // "Nurse Beryl: no problem"
  if (gap === Gap.Colon && r.first > 0 && doc.lex[r.first - 1] & PERSON_BEFORE && doc.gap[r.first] === Gap.Blank)
    points += W.speaker;
  // A speaker: "Denise: I fell."
  if (gap === Gap.Colon && r.parts === 1 && r.head >= 30 && doc.flags[r.first] & Flag.LineStart && !isNumber(doc, t))
    points += W.turn;
  if (r.initials > 0 && gap === Gap.Blank && doc.shape[t] === Shape.Lower) points += W.subject;
  if (gap === Gap.Open && doc.start[t] - doc.end[r.last] === 1) points += W.called;
  return points;
}

const REPORTS = wordSet('reports denies states complains endorses denied endorsed');
const VERBS = wordSet(
  'is was has had will lives takes came comes went feels felt tolerated remains does did would needs complained arrived should can may just got tells',
);

/** Whether an age follows: "is a pleasant 45-year-old", ", 45", "(45F", "aged 12". */
function aged(doc: Doc, at: number): boolean {
  for (let t = at; t - at < 6; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || (gap === Gap.Line && t > at)) return false;
    const shape = doc.shape[t];
    if (shape >= Shape.Digits1 && shape <= Shape.Digits3) {
      const next = doc.hash[t + 1];
      if (YEARS.has(next) && doc.gap[t + 1] !== Gap.Leaf && (t > at || !DAYS.has(next))) return true;
      return (
        t === at &&
        shape < Shape.Digits3 &&
        (gap === Gap.Comma || gap === Gap.Open) &&
        (doc.gap[t + 1] === Gap.Comma || doc.gap[t + 1] === Gap.Close)
      );
    }
    if (shape === Shape.AlnumShort) return isAge(doc, t);
    if (doc.hash[t] === NEWBORN) return t > at;
    if (!AGE_BRIDGE.has(doc.hash[t])) return false;
  }
  return false;
}

/** 45yo, 70M, 3F. */
function isAge(doc: Doc, at: number): boolean {
  const last = doc.text[doc.end[at] - 1] | 32;
  const first = doc.text[doc.start[at]];
  return first >= 0x30 && first <= 0x39 && (last === 0x6f || last === 0x6d || last === 0x66 || last === 0x79);
}
