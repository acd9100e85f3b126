/**
 * The words that decide what stands around a name, in one table: what greets, what speaks, what makes a thing of the name
 * before it, how much a small word in front says. One question by token hash gives all that is known of a word.
 */
import type { Doc } from '../contract.js';
import { WordTable } from './words.js';

/** What a word says about the name beside it. */
export const enum Says {
  /** Begins a turn of a dialogue. */
  Spoken = 1 << 0,
  Greeting = 1 << 1,
  /** Makes a thing of the name before it: Parkinson disease, Foley catheter. */
  Thing = 1 << 2,
  /** Somebody who treats. */
  Clinician = 1 << 3,
  /** Between a verb and the person: spoke with, seen by. */
  Link = 1 << 4,
  /** In, at, near. */
  Place = 1 << 5,
  /** Behind a number, makes it an age. */
  Year = 1 << 6,
  /** Counts a supply if a name stands right before the number. */
  Day = 1 << 7,
  /** Between a name and an age: "is a pleasant". */
  AgeBridge = 1 << 8,
  /** What a patient does in a chart: reports, denies, says. */
  Report = 1 << 9,
  /** What anybody does. */
  Verb = 1 << 10,
  /** Man, lady, adults: "young adults". */
  People = 1 << 11,
  /** So, okay, well: before somebody is addressed. */
  Discourse = 1 << 12,
  /** My, her: before a relation. */
  Owner = 1 << 13,
  /** Said right before a name in so many words: named, aka. */
  Called = 1 << 14,
  /** Jr, III. */
  Suffix = 1 << 15,
  /** Sex or person, right behind an age and before a name: "58 yo M", "female". */
  Sex = 1 << 16,
  /** Makes a grade or a type of the letter behind it: hepatitis, vitamin. */
  Lettered = 1 << 17,
  /** Takes a person as its object though it is no cue by itself: schedule, page, remind. */
  Handles = 1 << 18,
  /** In brackets behind a name: she, bed, MRN. */
  Pronouns = 1 << 19,
  /** A title that nothing else is. */
  Title = 1 << 20,
  /** Written with a dot. */
  Abbreviated = 1 << 21,
  /** MR and MS are also imaging and a disease, DR a country. */
  Ambiguous = 1 << 22,
  /** Am, is: before a title, somebody introduces himself. */
  Being = 1 << 23,
}

/** Points in the highest byte. */
const POINTS_SHIFT = 24;
const points = (value: number): number => value << POINTS_SHIFT;

const TABLE = new WordTable([
  [
    Says.Spoken,
    'um uh uhm umm uhh uhhuh uhuh oh ohh ooh ah ahh aha hm hmm mm mmm mhm huh eh ow ouch yep yeah yup nope nah okay ok okey well right lemme gimme ' +
      'gonna wanna gotta dunno thanks thank sure hello hi hey bye good fine great pardon dang hah ha haha hum wow gosh yessir righty alrighty cool nice true meds',
  ],
  [
    Says.Greeting,
    'hi hello hey hiya howdy dear thanks thank thx regards sincerely cheers respectfully yours truly goodbye bye morning afternoon evening welcome best',
  ],
  [
    Says.Thing,
    'disease diseases syndrome syndromes sign signs test tests score scores scale scales criteria criterion classification catheter catheters palsy ' +
      'phenomenon reflex maneuver manoeuvre procedure operation repair fracture fractures contracture lymphoma sarcoma tumor tumour tumors ' +
      'carcinoma esophagus cyst cysts node nodes nodule nodules duct ducts gland glands body bodies cell cells line lines drain drains tube tubes ' +
      'forceps retractor suture sutures incision approach technique method formula equation index staging stage grade charts curve ' +
      'position angle triangle space point points area law effect stain agar medium chorea ataxia dementia hernia ulcer ulcers deformity ' +
      'thyroiditis anemia purpura arteritis granulomatosis encephalopathy psychosis aphasia neuralgia neuroma nerve muscle ligament ' +
      'fascia pouch loop circle island islands layer membrane canal valve valves shunt stent graft flap splint cast brace collar walker ' +
      'clamp clamps protocol trial study model hypothesis theorem algorithm statistic distribution coefficient correction regression virus bacillus ' +
      'fever rash spots spot nails murmur breathing respirations pupil pupils ring rings crisis paralysis malformation anomaly tetralogy ' +
      'mutation gene genes protein antigen antibody receptor assay blot electrophoresis reagent buffer plot kit vaccine insulin juice scoring ' +
      'correlation covariance exact cuff probe monitor adapter rule rules questionnaire inventory survey guideline guidelines guidance solution dressing wrap boot tip rod rods ' +
      'rats mice rat mouse spaniel terrier bank insurance policy church school park island county city avenue street road river building foundation award',
  ],
  [
    Says.Clinician,
    'provider providers doctor doctors physician physicians surgeon attending hospitalist fellow intern resident registrar consultant clinician practitioner ' +
      'internist pediatrician gp pcp prescriber nurse midwife therapist counselor psychologist psychiatrist cardiologist pulmonologist neurologist ' +
      'neurosurgeon nephrologist gastroenterologist endocrinologist hematologist oncologist rheumatologist dermatologist urologist gynecologist ' +
      'obstetrician ophthalmologist dentist podiatrist chiropractor anesthesiologist radiologist pathologist pharmacist technician technologist ' +
      'paramedic dietitian nutritionist worker manager examiner assistant hygienist optometrist audiologist dr prof md rn aprn pa np scribe',
  ],
  [Says.Link, 'by with w to of from for and re'],
  [Says.Place, 'in at near'],
  [Says.Year, 'year years yo y yr yrs month months mo week weeks wk day days old m f male female man woman'],
  [Says.Day, 'day days week weeks wk month months mo m'],
  [Says.AgeBridge, 'is was a an aged age very pleasant lovely the'],
  [
    Says.Report,
    'reports reported denies states stated complains complained endorses denied endorsed presents presented said says tells told mentioned',
  ],
  [
    Says.Verb,
    'is was has had will lives takes came comes went feels felt tolerated remains does did would needs complained arrived should can may just got tells ' +
      'called calls asked asks wants plans took reconciled started stopped refused missed fell died wrote writes sees saw who whose aged age',
  ],
  [Says.People, 'man men lady ladies woman women girl boy people adult adults patient patients child children age'],
  [Says.Discourse, 'so okay ok well alright right yeah now and'],
  [Says.Owner, 'my his her our their your'],
  [Says.Called, 'named called name names aka alias nicknamed nickname'],
  [Says.Suffix, 'jr sr ii iii iv jnr snr 2nd 3rd 4th'],
  [Says.Sex, 'm f male female man woman boy girl gentleman lady guy yo old patient pt'],
  [
    Says.Lettered,
    'hepatitis vitamin type group class grade stage factor plan part medicare schedule section unit apt room bldg building suite ward hemophilia influenza appendix option phase exhibit wing gate size',
  ],
  [
    Says.Handles,
    'tell tells told ask asks asked met named spoke spoken paged notified informed texted emailed phoned text message schedule reschedule remind remember page notify inform contact discharge admit counsel',
  ],
  [Says.Pronouns, 'she he they bed room rm dob mrn'],
  [Says.Title, 'professor mister missus doctor miss nurse'],
  [Says.Title | Says.Abbreviated, 'dr drs mr mrs ms mx prof messrs mme mlle sra srta dra'],
  [Says.Ambiguous, 'mr ms dr'],
  [Says.Being, 'am m im is its'],
  [Says.Clinician, 'drs dra'],
  // How much a small word in front makes a name of what follows.
  [points(15), 'by m im w attn re named f'],
  [points(12), 'for'],
  [points(16), 'per'],
  [points(10), 'with w am can does did should could would'],
  [points(20), 'problem worries worry'],
  [points(8), 'is'],
  [points(1), 'you'],
  [points(6), 'to from and that so okay ok yeah about'],
  [points(-25), 'at'],
  [points(-18), 'in near within outside'],
  [points(-28), 'the a an this no any each every some these those'],
  [points(-6), 'on his her my their our your s of'],
]);

/** What the word of a token says, as bits of `Says`. */
export function says(doc: Doc, at: number): number {
  return TABLE.get(doc.hash[at] | 0);
}

/** The points among what `says` gave. */
export function pointsOf(said: number): number {
  return said >> POINTS_SHIFT;
}
