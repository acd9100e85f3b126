/**
 * What single words do in the grammar of dates: whose date it is, whether two small numbers are a day or a score, whether a month
 * alone is a time. One closed vocabulary, so that a word is looked up once for all questions.
 */
import { type Doc, Gap } from '../../contract.js';
import { isWord } from '../read.js';
import { WordTable } from '../words.js';

export const enum Say {
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
  /** Closures, meetings, systems, markets: dates of nobody, unless the sentence speaks of a person. */
  Occasion = 1 << 16,
  /** Events of care that are counted: cycle 2/6. */
  Counted = 1 << 17,
  Version = 1 << 18,
  /** Recalls and rules, and what is done with them. */
  Rule = 1 << 19,
  Issued = 1 << 20,
  /** Insurance, whose policies are a person's. */
  Cover = 1 << 21,
  Expiry = 1 << 22,
  In = 1 << 23,
  Is = 1 << 24,
  Join = 1 << 25,
  Birth = 1 << 26,
  Death = 1 << 27,
  /** Counts after a number, but also goes on a sentence: per, in, of. */
  Preposition = 1 << 28,
  /** An event of care that things in general have too: it does not speak of a person. */
  Neutral = 1 << 29,
  /** The second word of a pair that speaks of things in general: took effect, grand rounds, use by. */
  Tail = 1 << 30,
  /** Symptoms and values, which have a day behind them unless it ends as a scale does: fever 4/2, Hgb 2/12. */
  Sign = 1 << 31,
}

const WORDS = new WordTable([
  [
    Say.General,
    `guideline guidelines published publication publications copyright policy policies edition editions fda ema guidebook handbook
    consensus census laws statute legislation pandemic epidemic outbreak lockdown bulletin advisory changelog firmware formulary textbook webinar
    symposium congress cdc nih uspstf nccn ahrq acog idsa cms hhs codebook loinc snomed fiscal runs hipaa enacted ratified amended
    epub lancet jama bmj nejm jacc journal cochrane kdigo asco esmo acip eua rems dsm uptodate medscape commission npsg mips aha python github npm flexibilities arxiv preprint doi pmid repository repo commit commits deployed deploy deployment rollout hotfix
    hurricane earthquake olympics inauguration treaty standards gmt daylight
    trademark cutoff embargo dependencies dependency docker kubernetes semver plos medrxiv biorxiv pubmed embase prisma crossref
    ismp aasld easl aafp cpic ashp samhsa hrsa osha icmje mmwr brochure pamphlet obamacare thesis dissertation gazette
    rulemaking senate legislature parliament omb lunar eclipse solstice equinox`,
  ],
  [
    Say.GeneralAfter,
    `guideline guidelines edition policy consensus census pandemic outbreak epidemic wave surge version parade picnic barbecue
    fireworks election lockdown lockdowns abstract paper label article editorial amendment rulemaking ruling moratorium conference symposium congress nejm jama guidance rule advisory bulletin formulary webinar standards criteria newsletter deadline semester`,
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
    `patient pt he she his her him i my me we mother father son daughter wife husband baby infant child mr mrs ms
    admitted seen born dob died discharged diagnosed visited evaluated hospitalized underwent received started family care goc`,
  ],
  [
    Say.Before,
    `on since until till thru through before after from dated date due by starting beginning started stopped effective between of
    as today yesterday tomorrow morning evening afternoon tonight midnight noon mn scheduled rescheduled born died expired deceased admitted discharged seen visited last next around about circa ca
    dos dob doa dod lmp edd edc night sat sun when received filled refilled ending ended to`,
  ],
  [
    Say.Event,
    `visit visits seen admit admitted admission discharge discharged dc appt appointment appts apt surgery procedure operation op postop preop
    fall fell injury accident mvc mva lab labs imaging ct mri cxr xray xr echo tte tee ekg ecg eeg emg us ultrasound biopsy bx path pathology
    cath pci cabg stent scope colonoscopy egd mammogram mammo dexa pap pet note notes report eval evaluation consult exam f u fu followup
    onset began gave adm start started stop stopped end ended dose dosed vaccine vaccinated immunized shot booster given placed inserted removed
    intubated extubated transferred transfer arrived arrival arriving departed left called call phoned emailed faxed texted messaged
    ctv cta mra mrv mrcp ercp vq hida spect duplex doppler venogram angiogram physical physicals checkup checkups echos vaccines vaccinations
    collected drawn resulted culture cultures bcx ucx results result refill refilled filled dispensed course hospitalization hospitalized
    delivered delivery signed completed performed done repeat repeated recheck rechecked scheduled rescheduled session therapy pt ot
    chemo cycle infusion dialysis transfusion biopsied diagnosed dx dxd relapse relapsed discharge presented presentation reviewed review
    updated admit lmp edd edc dos dob date service swab tested test positive negative covid screen screening encounter televisit telehealth
    clinic er ed icu rehab snf hospice visit interview intake message letter order ordered sample specimen cancelled canceled moved
    closed opened paid billed statement charged claim departure home planned resumed resume held tapered weaned home sutures drain
    drawn noted developed worsened improved died expired passed married divorced laid rtw returned ama hd crrt trach peg picc quit ttd tpd mailed sent notified lvm voicemail spoke lap laparotomy laparoscopy appy chole orif tka tha turp hysterectomy delivery`,
  ],
  [
    Say.Score,
    `pain strength scale score scores scored murmur ratio motor power reflex reflexes gcs coma mmse moca slums screening station apgar apgars hr bp
    vision acuity sats spo2 grade graded points stars effusion sensation pulse pulses dtr dtrs muscle rated rates rating severity intensity level
    proportion fraction phq gad cage nihss orientation oriented recall tone bilateral extremities extremity
    bipap bilevel ipap epap cpap avaps monofilament weinstein bcva va od os ou iop fibrosis stage tumor node nodes lymph cores margins vas nrs stool guaiac fps phase ratios bed size needle tooth page bishop`,
  ],
  [Say.ScoreAfter, 'cm mm x out a history hx days weeks hours bilaterally throughout months years ago positive'],
  [Say.Dated, 'on since until till dated date due from'],
  [Say.Level, 'info warn warning error debug trace fatal err notice'],
  [
    Say.Unit,
    `mg mcg g gm kg ml l dl cc mm cm m oz lb lbs ft feet inch inches in units unit iu meq mmol mol puffs puff tablet tablets tab tabs pill
    pills capsule capsules cap caps drop drops spray sprays dose doses refill refills patch patches day days week weeks wk wks hour hours hr hrs
    minute minutes min mins second seconds sec secs month months mo mos year years yr yrs time times percent pct beats bpm mmhg people patients
    persons subjects participants cases controls women men children adults individuals samples rats mice births population dilution ns
    strength pain tbsp tsp teaspoon teaspoons tablespoon tablespoons cup cups pack packs ppd miles mile steps pounds items points vials
    strips needles lines of per murmur vision reps sets cores nodes leads sessions questions correct criteria episodes attempts fingerbreadths`,
  ],
  [
    Say.MonthCue,
    'since last past until till in early late mid this next before after during around about back starting beginning from by ending through',
  ],
  [Say.MonthPart, 'week end beginning start middle month early late rest most part half all'],
  [Say.Yearly, 'every each annually yearly annual season seasonal seasonally awareness always typically usually'],
  [
    Say.Cohort,
    'patients subjects participants cohort cohorts randomized retrospective retrospectively trials database medline pubmed enrolled recruited median accrual consecutive',
  ],
  [
    Say.Occasion,
    `closed closes shut shuts closing closure reopen reopens holiday holidays deadline deadlines conference conferences seminar workshop
    inservice committee newsletter memo campaign promotion sale maintenance outage downtime server servers upgrade upgrades
    upgraded migration golive lease budget inspection accreditation world national international federal government
    economy inflation market price prices enrollment conference festival marathon fundraiser gala company manufacturer
    launched launches launch inaugurated unveiled invented founded website software fireworks
    covers approval approvals voted interns topic lecture didactics cme payer payers mandate fy fee appendix acgme pgy boards modified revised
    parking construction renovation wing shuttle semester ehr emr declared
    opens volunteers residents meetings retreat onboarding cafeteria lobby trainings expo summit banquet graduation commencement drills audits
    rules mandate mandates clearance licensed shortage shortages generic module modules leaflet leaflets manual manuals guidance recommendations recommendation
    hotline pilot grant grants drill war wars elections law laws version online accepted congress presidency
    api sdk schema template templates checkpoint backup backups tarball snapshot nightly default
    deductible deductibles copays premiums intern payroll timesheet timesheets tax taxes election ballot residency hiring recruitment relocation relocating relocates observance celebration
    celebrate celebrates recalled recalls marketed`,
  ],
  [
    Say.Counted,
    'dose cycle session course vaccine shot order page exam infusion visit us shift test result sample call',
  ],
  [Say.Version, 'version versions ver v rev build release'],
  [
    Say.Rule,
    'recall recommendation recommendations guidance statement warning alert rule act regulation regulations codes icd software dataset biosimilar indication criteria classification taxonomy',
  ],
  [
    Say.Issued,
    'issued released published effective launched announced introduced adopted discontinued withdrawn unveiled debuted',
  ],
  [
    Say.Cover,
    'insurance insured coverage member health plan subscriber holder number no id auto life dental medicare medicaid',
  ],
  [Say.Expiry, 'exp'],
  [Say.In, 'in'],
  [Say.Is, 'is was'],
  [Say.Join, 'and to through thru or'],
  [Say.Birth, 'born birth birthday birthdate dob bday birthdays'],
  [
    Say.Neutral,
    `clinic scheduled rescheduled service date report reports note notes updated order call called review reviewed test end ended start
    began signed completed moved opened letter message performed session intake home fall us mailed sent notified`,
  ],
  [Say.Preposition, 'per in of'],
  [
    Say.Tail,
    'effect rounds by before meeting training party staff until after notes year manual signed rule expansion emergency drive closes collected insert press expired expires granted hours day opened attacks landing live set out case open update',
  ],
  [
    Say.Sign,
    `bm void voided seizure seizures fever fevers febrile afebrile rash headache headaches migraine vomiting emesis diarrhea cough sob syncope flare
    dizziness chills bleeding bleed hives wheeze wheezing swelling weakness numbness fatigue hgb hemoglobin wbc cr creat creatinine bun glucose inr
    lactate trop troponin a1c hba1c tsh psa ua bnp crp esr cbc bmp cmp abg vbg tmax ldl ferritin na phos tbili ast alt anc plt cd4
    abx antibiotic antibiotics insulin vanc iv ivf foley ngt dressing dressings school work daycare`,
  ],
  [Say.Death, 'died death deceased dod passed'],
]);

/** The bits of a word; a redacted token, whose hash is 0, says nothing. */
export function says(doc: Doc, t: number): number {
  return WORDS.get(doc.hash[t] | 0);
}

/** The same, but "3/14 in clinic" are no inches. */
export function isUnitAfter(doc: Doc, last: number): boolean {
  if (!isUnit(doc, last)) return false;
  const t = last + 1;
  return !(says(doc, t) & Say.Preposition) || doc.gap[t + 1] !== Gap.Blank || !isWord(doc, t + 1);
}

const UNIT_GAPS = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.None);

/** Whether a unit or a counted thing follows the number that ends at `last`. */
export function isUnit(doc: Doc, last: number): boolean {
  const t = last + 1;
  return t < doc.count && ((1 << doc.gap[t]) & UNIT_GAPS) !== 0 && (says(doc, t) & Say.Unit) !== 0;
}

const FULL_STOP = 0x2e;
const CLAUSE_ENDS = (1 << Gap.Leaf) | (1 << Gap.Line) | (1 << Gap.Stop);

/** Whether a sentence, line or leaf ends before a token. */
export function endsBefore(doc: Doc, t: number): boolean {
  const gap = doc.gap[t];
  if (gap !== Gap.Other) return ((1 << gap) & CLAUSE_ENDS) !== 0;
  const from = t > 0 ? doc.end[t - 1] : 0;
  return doc.text[from] === FULL_STOP || doc.text[from + 1] === FULL_STOP;
}
