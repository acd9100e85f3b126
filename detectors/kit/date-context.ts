/**
 * What the words around a date say: whether it concerns a person or a thing in general (a guideline, a version, a lot),
 * whether two small numbers are a day or a score, and whether a month without more is a date. Looks at a fixed number of
 * tokens of the same sentence. Redacted tokens are looked through where their words could only have spoken against a date.
 */
import { type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { isDayEitherWay } from './calendar.js';
import { hashOf } from './hash.js';
import { hasDigit, isCapitalised, isDigits, lengthOf, numberAt } from './read.js';
import { WordTable } from './words.js';

const enum Say {
  /** Guidelines, laws, publications, versions: their dates concern nobody. */
  General = 1 << 0,
  /** Only after the date: "the March 2021 update". */
  GeneralAfter = 1 << 1,
  /** Makes and expiry of devices, drugs and lots. */
  Product = 1 << 2,
  /** An expiry that is a person's after all: a license, a referral. */
  Keeps = 1 << 3,
  /** The sentence is about a person from here on. */
  Person = 1 << 4,
  /** Stands right before a day: on, since, dated. */
  Before = 1 << 5,
  /** Events of care, before or after a day: surgery 3/14, 3/14 visit. */
  Event = 1 << 6,
  /** Scores, fractions, ratios: what two numbers with a slash mostly are. */
  Score = 1 << 7,
  /** Units and things that are counted, after a number. */
  Unit = 1 << 8,
  /** Right before a bare month. */
  MonthCue = 1 << 9,
  /** Before `of` and a bare month: end of May. */
  MonthPart = 1 << 10,
  /** What comes back every year. */
  Yearly = 1 << 11,
  /** Groups in studies. */
  Cohort = 1 << 12,
  /** Right after two numbers that are a duration or a measure: 3/7 days. */
  ScoreAfter = 1 << 13,
  /** Right before a day, so clearly that even 3/4 is one. */
  Dated = 1 << 14,
  /** How grave a line of a log is. */
  Level = 1 << 15,
}

const WORDS = new WordTable([
  [
    Say.General,
    `guideline guidelines published publication publications copyright policy policies edition editions fda ema guidebook handbook
    consensus census laws statute legislation pandemic epidemic outbreak lockdown bulletin advisory changelog firmware formulary textbook webinar
    symposium congress cdc nih uspstf nccn ahrq acog idsa cms hhs codebook loinc snomed fiscal runs`,
  ],
  [
    Say.GeneralAfter,
    `guideline guidelines edition policy consensus census pandemic outbreak epidemic wave surge version parade picnic barbecue
    fireworks election advisory bulletin formulary webinar standards criteria`,
  ],
  [
    Say.Product,
    `expiration expiry expires manufacture manufactured manufacturing mfg mfd mfr copyright published publication publisher`,
  ],
  [
    Say.Keeps,
    `license licence passport authorization auth referral coverage insurance consent visa prescription rx eligibility certification
    credential permit driver benefits`,
  ],
  [
    Say.Person,
    `patient pt he she his her him him i my me we mother father son daughter wife husband baby infant child mr mrs ms
    admitted seen born dob died discharged diagnosed visited evaluated hospitalized underwent received started`,
  ],
  [
    Say.Before,
    `on since until till thru through before after from dated date due by starting beginning started stopped effective between of
    as today yesterday tomorrow scheduled rescheduled born died expired deceased admitted discharged seen visited last next around about circa ca
    dos dob doa dod lmp edd edc when received filled refilled ending ended to`,
  ],
  [
    Say.Event,
    `visit visits seen admit admitted admission discharge discharged dc appt appointment appts apt surgery procedure operation op postop preop
    fall fell injury accident mvc mva lab labs imaging ct mri cxr xray xr echo tte tee ekg ecg eeg emg us ultrasound biopsy bx path pathology
    cath pci cabg stent scope colonoscopy egd mammogram mammo dexa pap pet note notes report eval evaluation consult exam f u fu followup
    onset began start started stop stopped end ended dose dosed vaccine vaccinated immunized shot booster given placed inserted removed
    intubated extubated transferred transfer arrived arrival arriving departed left called call phoned emailed faxed texted messaged
    collected drawn resulted culture cultures bcx ucx results result refill refilled filled dispensed course hospitalization hospitalized
    delivered delivery signed completed performed done repeat repeated recheck rechecked scheduled rescheduled session therapy pt ot
    chemo cycle infusion dialysis transfusion biopsied diagnosed dx dxd relapse relapsed discharge presented presentation reviewed review
    updated admit lmp edd edc dos dob date service swab tested test positive negative covid screen screening encounter televisit telehealth
    clinic er ed icu rehab snf hospice visit interview intake message letter order ordered sample specimen cancelled canceled moved
    closed opened paid billed statement charged claim departure`,
  ],
  [
    Say.Score,
    `pain strength scale score scores scored murmur ratio motor power reflex reflexes gcs coma mmse moca slums screening station apgar apgars hr bp
    vision acuity sat sats spo2 grade graded points stars effusion sensation pulse pulses dtr dtrs muscle rated rates rating severity intensity level
    proportion fraction phq gad cage nihss orientation oriented recall tone bilateral extremities extremity
    fibrosis stage tumor node nodes lymph cores margins vas nrs stool guaiac fps`,
  ],
  [Say.ScoreAfter, 'cm mm x out a history hx days weeks hours bilaterally throughout months years ago positive'],
  [Say.Dated, 'on since until till dated date due from'],
  [Say.Level, 'info warn warning error debug trace fatal err'],
  [
    Say.Unit,
    `mg mcg g gm kg ml l dl cc mm cm m oz lb lbs ft feet inch inches in units unit iu meq mmol mol puffs puff tablet tablets tab tabs pill
    pills capsule capsules cap caps drop drops spray sprays dose doses refill refills patch patches day days week weeks wk wks hour hours hr hrs
    minute minutes min mins second seconds sec secs month months mo mos year years yr yrs time times percent pct beats bpm mmhg people patients
    persons subjects participants cases controls women men children adults individuals samples rats mice births population dilution ns
    strength pain tbsp tsp teaspoon teaspoons tablespoon tablespoons cup cups pack packs ppd miles mile steps pounds items points vials
    strips needles lines of per murmur vision reps sets cores nodes`,
  ],
  [
    Say.MonthCue,
    'since last past until till in early late mid this next before after during around about back starting beginning from by ending through',
  ],
  [Say.MonthPart, 'end beginning start middle month early late rest most part half all'],
  [Say.Yearly, 'every each annually yearly annual season seasonal seasonally awareness always typically usually'],
  [
    Say.Cohort,
    'patients subjects participants cohort cohorts randomized retrospective retrospectively trials database medline pubmed',
  ],
]);

const says = (doc: Doc, t: number): number => (doc.shape[t] === Shape.Redacted ? 0 : WORDS.get(doc.hash[t]));

const FULL_STOP = 0x2e;
const GENERAL_BACK = 7;
const GENERAL_AHEAD = 3;
const PRODUCT_BACK = 9;
const SCORE_BACK = 6;

/** Whether a unit or a counted thing follows the number that ends at `last`. */
export function isUnit(doc: Doc, last: number): boolean {
  const t = last + 1;
  const gap = doc.gap[t];
  return (
    t < doc.count && (gap === Gap.Blank || gap === Gap.Hyphen || gap === Gap.None) && (says(doc, t) & Say.Unit) !== 0
  );
}

/** Whether one of the two words after a pair of numbers makes it a score: 3/6 systolic murmur. */
export function isMeasured(doc: Doc, last: number): boolean {
  for (let t = last + 1; t < doc.count && t - last <= 2 && doc.gap[t] === Gap.Blank; t++) {
    const said = says(doc, t);
    if (said & (Say.Score | Say.ScoreAfter | Say.Unit) && !(said & Say.Event)) return true;
  }
  return false;
}

/** Whether a sentence, line or leaf ends before a token. */
function endsBefore(doc: Doc, t: number): boolean {
  const gap = doc.gap[t];
  if (gap !== Gap.Other) return gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop;
  const from = t > 0 ? doc.end[t - 1] : 0;
  return doc.text[from] === FULL_STOP || doc.text[from + 1] === FULL_STOP;
}

/** Whether the date from `first` to `last` is of a publication, law, version, season or the like. */
export function isGeneral(doc: Doc, first: number, last: number): boolean {
  for (let t = first; t > 0 && first - t < GENERAL_BACK; t--) {
    if (endsBefore(doc, t)) break;
    if (first - t < (isDigits(doc, t - 1) ? 1 : 3) && isVersion(doc, t - 1)) return true;
    const said = says(doc, t - 1);
    // A policy or rule of an insured person is that person's: "policy effective" alone says nothing.
    if (said & Say.General) return !insured(doc, t - 1);
    if (
      RECALL.get(doc.hash[t - 1]) !== 0 &&
      t > 2 &&
      (ISSUED.get(doc.hash[t - 2]) !== 0 || ISSUED.get(doc.hash[t - 3]) !== 0)
    )
      return true;
    if (said & Say.Person) break;
  }
  for (let t = last + 1; t < doc.count && t - last <= GENERAL_AHEAD; t++) {
    if (endsBefore(doc, t) || doc.gap[t] === Gap.Comma || doc.gap[t] === Gap.Colon) break;
    const said = says(doc, t);
    if (said & Say.GeneralAfter) return true;
    if (said & (Say.Person | Say.Event)) break;
  }
  return false;
}

const RECALL = new WordTable([[1, 'recall recommendation recommendations guidance statement warning alert rule']]);
const ISSUED = new WordTable([[1, 'issued released published updated']]);
const VERSION = new WordTable([[1, 'version versions ver v rev build release']]);

/** `version 4.2`, and the three parts of `[1.4.0]` right before a date; 7.7.44 could be a day itself. */
function isVersion(doc: Doc, t: number): boolean {
  if (isDigits(doc, t)) {
    if (
      t < 2 ||
      doc.gap[t] !== Gap.Dot ||
      doc.gap[t - 1] !== Gap.Dot ||
      doc.gap[t - 2] === Gap.Dot ||
      !isDigits(doc, t - 1) ||
      !isDigits(doc, t - 2)
    )
      return false;
    return (
      lengthOf(doc, t) === 1 || (lengthOf(doc, t) < 4 && !isDayEitherWay(0, numberAt(doc, t - 2), numberAt(doc, t - 1)))
    );
  }
  return (
    VERSION.get(doc.hash[t]) !== 0 &&
    doc.shape[t] !== Shape.Redacted &&
    hasDigit(doc, t + 1) &&
    lengthOf(doc, t + 1) < 4
  );
}

const INSURED_BACK = 4;
const COVER = new WordTable([
  [
    1,
    'insurance insured coverage member health plan subscriber holder number no id auto life dental medicare medicaid',
  ],
]);

function insured(doc: Doc, t: number): boolean {
  for (let k = Math.max(0, t - INSURED_BACK); k <= t + 1; k++) if (COVER.get(doc.hash[k]) !== 0) return true;
  return false;
}

const EXP = new WordTable([[1, 'exp']]);

/** Whether the date is the make or expiry of a thing: of a device, drug or lot, not of a license or referral. */
export function isProduct(doc: Doc, first: number): boolean {
  let product = false;
  for (let t = first; t > 0 && first - t < PRODUCT_BACK; t--) {
    if (endsBefore(doc, t)) break;
    const said = says(doc, t - 1);
    if (said & Say.Keeps) return false;
    if ((said & Say.Product && first - t < 3) || (t === first && EXP.get(doc.hash[t - 1]) !== 0)) product = true;
  }
  return product;
}

const LEVEL_AHEAD = 8;

/** Whether the date stamps a line of a log: at its head, with a time and a level behind it. */
export function isLogStamp(doc: Doc, first: number, last: number): boolean {
  if (lengthOf(doc, first) !== 4) return false;
  const gap = doc.gap[first];
  if (gap !== Gap.Leaf && gap !== Gap.Line && !(gap === Gap.Open && first === 0)) return false;
  const timed = !isDigits(doc, last);
  for (let t = last + 1; t < doc.count && t - last <= LEVEL_AHEAD; t++) {
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) return false;
    if (says(doc, t) & Say.Level) return doc.shape[t] === Shape.Upper || timed;
  }
  return false;
}

/** Whether groups of people in a study are what a month and year are about. */
export function isStudy(doc: Doc, first: number, last: number): boolean {
  for (let t = first - 1; t >= 0 && first - t <= 18; t--) {
    if (says(doc, t) & Say.Cohort) return true;
    if (endsBefore(doc, t)) break;
  }
  for (let t = last + 1; t < doc.count && t - last <= 14 && !endsBefore(doc, t); t++)
    if (says(doc, t) & Say.Cohort) return true;
  return false;
}

/** Whether two numbers with a sign between, from `first` to `last`, stand where a day stands and not where a score does. */
export function isDayContext(doc: Doc, first: number, last: number): boolean {
  const a = numberAt(doc, first);
  const b = numberAt(doc, last);
  if (isUnit(doc, last) || isMeasured(doc, last)) return false;
  if (isScored(doc, first) && !(SINCE.get(doc.hash[first - 1]) !== 0 && b !== 5 && b !== 10)) return false;
  const next = last + 1;
  const after = next < doc.count && doc.gap[next] === Gap.Blank ? says(doc, next) : 0;
  if (after & (Say.Score | Say.ScoreAfter) && !(after & Say.Event)) return false;
  // Halves, thirds and quarters are days only where an event says so.
  const fraction = a < b && (b <= 4 || b === 8) && lengthOf(doc, first) === 1 && lengthOf(doc, last) === 1;
  let t = first - 1;
  let gap = doc.gap[first];
  // The days before in a list or range share their context: labs 3/14, 3/17 and 3/21.
  for (let k = 0; k < 3 && t > 1; k++) {
    const joined =
      doc.gap[t] === Gap.Blank && gap === Gap.Blank && JOINERS.get(doc.hash[t]) !== 0
        ? t - 1
        : gap === Gap.Comma || gap === Gap.Hyphen || gap === Gap.Dash || gap === Gap.Ampersand
          ? t
          : -1;
    if (joined < 1 || !isDigits(doc, joined) || doc.gap[joined] !== doc.gap[last] || !isDigits(doc, joined - 1)) break;
    gap = doc.gap[joined - 1];
    t = joined - 2;
  }
  if (gap === Gap.Line || gap === Gap.Leaf || t < 0) return !fraction && opensLine(doc, last);
  const before = says(doc, t);
  if (doc.shape[t] === Shape.Redacted) return false;
  if (
    doc.gap[last] !== Gap.Hyphen &&
    (gap === Gap.Blank || gap === Gap.Colon || gap === Gap.Open || gap === Gap.Stop) &&
    before & Say.Event
  )
    return true;
  if (gap === Gap.Blank && before & Say.Dated) return true;
  if (doc.gap[last] === Gap.Hyphen) return false;
  if (fraction) return false;
  if (gap === Gap.Blank && (before & Say.Before || doc.lex[t] & Lex.Weekday)) return true;
  if (gap === Gap.Comma && doc.lex[t] & Lex.Weekday) return true;
  if (gap === Gap.Blank && IS.get(doc.hash[t]) !== 0 && t > 0 && says(doc, t - 1) & Say.Before) return true;
  if (after & Say.Event && doc.gap[next] === Gap.Blank) return true;
  return timeFollows(doc, last);
}

const SINCE = new WordTable([[1, 'on since until till dated due']]);
const JOINERS = new WordTable([[1, 'and to through thru or']]);

/** `3/14: stable`, `3/14 - called`: a day at the head of a line. */
function opensLine(doc: Doc, last: number): boolean {
  const gap = doc.gap[last + 1];
  return (
    gap === Gap.Colon ||
    gap === Gap.Dash ||
    timeFollows(doc, last) ||
    (last + 1 < doc.count && gap === Gap.Blank && (says(doc, last + 1) & Say.Event) !== 0)
  );
}

function timeFollows(doc: Doc, last: number): boolean {
  const t = last + 1;
  return (
    t + 1 < doc.count &&
    doc.gap[t] === Gap.Blank &&
    isDigits(doc, t) &&
    doc.gap[t + 1] === Gap.Colon &&
    isDigits(doc, t + 1) &&
    lengthOf(doc, t + 1) === 2
  );
}

/** Whether a word for a score, a rate or a share stands shortly before. */
function isScored(doc: Doc, first: number): boolean {
  for (let t = first; t > 0 && first - t < SCORE_BACK; t--) {
    if (endsBefore(doc, t)) return false;
    const said = says(doc, t - 1);
    if (said & Say.Score && !(said & Say.Event)) return true;
    if (said & Say.Event) return false;
  }
  return false;
}

/** Whether a date written as ranges and codes are too is announced as a date: on, since, dated; or by an event of care. */
export function isAnnounced(doc: Doc, first: number, byEvent: boolean): boolean {
  const t = first - 1;
  if (t < 0 || doc.gap[first] === Gap.Leaf || doc.gap[first] === Gap.Line) return false;
  const said = says(doc, t);
  if (said & Say.Before || doc.lex[t] & Lex.Weekday || (byEvent && said & Say.Event)) return true;
  if (IN.get(doc.hash[t]) !== 0) return byEvent;
  return IS.get(doc.hash[t]) !== 0 && t > 0 && (says(doc, t - 1) & Say.Before) !== 0;
}

const IN = new WordTable([[1, 'in']]);
const IS = new WordTable([[1, 'is was']]);
const MAY = new WordTable([
  [1, 'may march'],
  [2, 'mar sep dec oct jan'],
  [4, 'april may june august jan'],
]);
const MAY_NEXT = new WordTable([
  [1, 'and i when with he she after due at because for to but we my now it they was is until through'],
]);

/** Whether a month without day and year stands for a time in somebody's life: since March, in early May, last December. */
export function isMonthContext(doc: Doc, m: number): boolean {
  const t = m - 1;
  if (t < 0 || (doc.gap[m] !== Gap.Blank && doc.gap[m] !== Gap.Hyphen)) return false;
  const said = says(doc, t);
  const month = MAY.get(doc.hash[m]);
  const small = !isCapitalised(doc, m);
  if (small && month & 2) return false;
  const part = doc.hash[t] === OF && t > 0 && says(doc, t - 1) & Say.MonthPart;
  if (!(said & Say.MonthCue) && !part) return false;
  if (said & Say.Yearly || (t > 0 && says(doc, t - 1) & Say.Yearly)) return false;
  if (month & 4 && LOOSE_CUES.get(doc.hash[t]) !== 0) return false;
  if (small && month & 1) {
    if (THIS_NEXT.get(doc.hash[t]) !== 0) return false;
    const next = m + 1;
    return next >= doc.count || doc.gap[next] !== Gap.Blank || MAY_NEXT.get(doc.hash[next]) !== 0;
  }
  // "in June Carter's chart" has a person in it, "from October through March" a season.
  return !yearlyAhead(doc, m);
}

const OF = hashOf('of');
const LOOSE_CUES = new WordTable([[1, 'by from this about after before around during through']]);
const THIS_NEXT = new WordTable([[1, 'this next by from about']]);

function yearlyAhead(doc: Doc, m: number): boolean {
  for (let t = m + 1; t < doc.count && t - m <= 4 && !endsBefore(doc, t); t++)
    if (says(doc, t) & Say.Yearly) return true;
  for (let t = m - 1; t >= 0 && m - t <= 6; t--) {
    if (says(doc, t) & Say.Yearly) return true;
    if (endsBefore(doc, t)) break;
  }
  return false;
}

const BIRTH = new WordTable([[1, 'born birth birthday birthdate dob bday birthdays']]);
const DEATH = new WordTable([[1, 'died death deceased dod passed']]);

/** `birth`, `death` or `date`, by the words shortly before. */
export function kindBefore(doc: Doc, first: number): 'birth' | 'death' | 'date' {
  for (let t = first - 1; t >= 0 && first - t <= 5; t--) {
    if (BIRTH.get(doc.hash[t]) !== 0) return 'birth';
    if (DEATH.get(doc.hash[t]) !== 0) return 'death';
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop || hasDigit(doc, t)) break;
  }
  return 'date';
}
