/**
 * What words do inside addresses and names of places, as bits. The lexicon says what a word can be anywhere; this grammar
 * says what it does next to a house number, a state or the name of a hospital.
 */
import type { Doc } from '../../contract.js';
import { WordTable } from '../words.js';

export const enum Place {
  /** Ends a street name and hardly anything else: street, avenue, blvd. */
  Suffix = 1 << 0,
  /** The same, but also a title, a scan, a court, a way to do things: dr, ct, way. */
  SuffixLoose = 1 << 1,
  /** Ends street names too, but is mostly another place: park, hill, center. Needs a town or a unit behind it. */
  SuffixWeak = 1 << 2,
  /** Stands before a street's name or number: highway, rue, via. */
  Lead = 1 << 3,
  /** Stands before a number inside a building: apt, suite, floor. */
  Unit = 1 << 4,
  /** A unit that needs no number: penthouse, rear. */
  UnitAlone = 1 << 5,
  Compass = 1 << 6,
  /** Two letters of a state, territory or military post. */
  Code = 1 << 7,
  /** A preposition that a place follows: in, near, from. */
  Locative = 1 << 8,
  /** Ends the name of a facility, and names a facility whatever stands before it: hospital, clinic. */
  Head = 1 << 9,
  /** Ends the name of a facility if a word for a kind of care stands before it: center, unit, associates. */
  HeadWeak = 1 << 10,
  /** A kind of care or of patient: surgery, wellness, women's. */
  Care = 1 << 11,
  /** Says what a facility is like, but not which one it is. */
  Generic = 1 << 12,
  /** Inside a name of several words: of, de, and. */
  Inside = 1 << 13,
  /** Ends the name of a county or its like. */
  County = 1 << 14,
  /** Begins the name of a place: St., Mount, Fort, San. */
  Saint = 1 << 15,
  /** A number before it is a quantity or a time, never a house. */
  Measure = 1 << 16,
  /** Can end a facility's name alone after a proper name: "Lakeside Cardiology". */
  Specialty = 1 << 17,
  /** In the name of an organisation that is no place: plan, insurance, journal. */
  Company = 1 << 18,
  /** Begins a numbered box: PSC, CMR, RR, HC. */
  BoxLead = 1 << 19,
  Box = 1 << 20,
  /** Ends the name of a town of two words: Hazel Bay, Terv Heath. */
  Noun = 1 << 21,
  /** A street's last word that needs no house number before it: street, but not drive. */
  SuffixNamed = 1 << 22,
  /** Of the loose words those few that seldom mean anything else in lower case: circle, but not place. */
  SuffixLower = 1 << 23,
  /** Stands before a street where somebody is: on, off, near. */
  OnStreet = 1 << 24,
  /** Before a facility's name: at, to, from, via. */
  Toward = 1 << 25,
}

const GROUPS: readonly (readonly [number, string])[] = [
  [
    Place.Suffix,
    'street str avenue ave av road rd boulevard blvd lane ln parkway pkwy highway hwy expressway expy freeway fwy turnpike tpke alley aly causeway cswy strasse straße str stravenue',
  ],
  [
    Place.SuffixLoose,
    'st drive dr court ct place pl circle cir terrace ter trail trl way square sq plaza plz loop crescent cres pike route rte row mews close walk run path bypass byp crossing xing point pt cove cv bend landing lndg extension ext platz weg laan straat rue',
  ],
  [
    Place.SuffixWeak,
    'alley bridge brg brook brk camp canyon center centre ctr cliff common commons corner cor corners course creek crk dale dam divide estate estates ests fall falls ferry field fields flat flats ford forest forge fork forks fort garden gardens gateway glen green greens grove groves harbor harbour haven heights hts highlands highland hill hills hollow inlet island isle junction jct key keys knoll knolls lake lakes land light loaf lock locks lodge mall manor meadow meadows mdws mill mills mission motorway mount mountain neck orchard oval overpass park parks pass passage pine pines plain plains port ports prairie radial ramp ranch rapid rapids rest ridge rdg river shoal shoals shore shores skyway spring springs spur spurs station stream summit throughway trace track trafficway tunnel underpass union unions valley viaduct view views village villages ville vista vis wall ways well wells wharf quay gate esplanade promenade overlook crest bluff bluffs bayou beach burg parade rise',
  ],
  [
    Place.Lead,
    'highway hwy route rte interstate fm via viale rue calle avenida camino paseo allee allée avenue boulevard chemin quai corso piazza piazzale strada vicolo largo rua travessa ulica ulitsa platz carrera cesta jalan chaussée place impasse broadway',
  ],
  [
    Place.Unit,
    'apt apartment unit suite ste bldg building floor fl flr rm room lot trlr trailer spc space slip hangar stop no ph dept box pmb flat wing level office',
  ],
  [Place.UnitAlone, 'penthouse basement bsmt rear lobby upstairs downstairs'],
  [Place.Compass, 'n s e w ne nw se sw north south east west northeast northwest southeast southwest'],
  [
    Place.Code,
    'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr vi gu as mp aa ae ap',
  ],
  [Place.Locative, 'in near from to toward towards within around outside into of at throughout via leaving'],
  [Place.Toward, 'at to from via near with by through visit visiting visited @'],
  [
    Place.Head,
    'hospital hospitals hosp clinic clinics hospice infirmary sanatorium sanitarium polyclinic surgicenter klinikum krankenhaus hopital hôpital ospedale vamc medcenter elementary',
  ],
  [
    Place.HeadWeak,
    'center centre centers centres ctr pavilion pavillion unit health care surgery associates practice institute group home partners specialists physicians living campus services system house medicine healthcare facility department dept wellness rehab rehabilitation school park',
  ],
  [
    Place.Care,
    'medical surgery surgical wellness cancer diagnostic diagnostics infusion treatment rehabilitation rehab sleep dialysis imaging trauma birth birthing nursing hospice urgent ambulatory outpatient inpatient heart cardiac cardiovascular vascular eye orthopedic orthopaedic dental pain wound fertility kidney renal transplant burn stroke recovery detox behavioral mental psychiatric medicine health care healthcare assisted memory convalescent primary family women womens men mens children childrens pediatric paediatric senior oncology radiology neurology maternity endoscopy arthritis diabetes spine breast lung liver allergy asthma skin dermatology physical therapy physiotherapy veterans va walk in day residential retirement group rest clinic hospital clinical specialty immediate express emergency acute counseling vision hearing funeral mobile trailer rv correctional detention elementary middle high charter',
  ],
  [
    Place.Generic,
    'local outside our your their his her this that any another other same new nearest home area rural urban private public free main level tertiary secondary referring receiving sending accepting admitting treating teaching academic affiliated participating partner network anticoagulation coumadin warfarin heart failure follow up followup post pre op preop postop same day night after hours access clinic hospital center centre medical health care surgery surgical nursing facility department unit skilled intensive critical step down long term term short stay general internal medicine travel flu vaccine vaccination covid walk in s t and of the for at to from in a an with by on national american international federal state world society association college board program programs project study course',
  ],
  [
    Place.Inside,
    'of d de do dos das du des del della di da la le les los las el the and y e van von der den for at upon on sur sous aux au us',
  ],
  [Place.County, 'county parish borough township twp precinct municipality'],
  [
    Place.Saint,
    'st saint ste sainte mt mount fort ft san santa santo são port lake new north south east west el la los las upper lower old great little cape point palm',
  ],
  [
    Place.SuffixNamed,
    'street str avenue ave av road rd boulevard blvd lane ln parkway pkwy highway hwy expressway expy freeway fwy turnpike tpke alley aly causeway cswy strasse straße str stravenue st court circle terrace trail trl plaza crossing drive crescent',
  ],
  [Place.SuffixLower, 'st ct cir circle court pl ter terrace trl trail plaza crossing crescent'],
  [Place.OnStreet, 'on off near at along from of to and down across'],
  [
    Place.Measure,
    'mg mcg ug g gm gram grams kg ml cc l dl meq mmol units iu u mm cm m km mi mile miles ft feet inch inches in lb lbs oz hr hrs hour hours min mins minute minutes sec secs seconds day days week weeks wk wks month months mo year years yr yrs yo am pm times time x percent patients patient pt pts men women people cases times tablets tablet tabs tab caps capsule capsules doses dose puffs drops gtt visits visit beats bpm mmhg degrees lane way block blocks step steps bed beds level levels lead leads slice slices french gauge fr ga view views vessel pack packs session sessions stage grade of and or to y',
  ],
  [
    Place.Specialty,
    'cardiology dermatology pediatrics paediatrics oncology radiology neurology orthopedics orthopaedics obgyn gynecology urology nephrology ophthalmology psychiatry dentistry pharmacy imaging rehab rehabilitation wellness eyecare laboratory labs hospitals healthcare health medicine medical surgery care memorial regional methodist baptist presbyterian general children childrens',
  ],
  [
    Place.Company,
    'plan plans insurance insurer assurance journal journals magazine press news organization organisation association society foundation college board act law policy guideline guidelines guidance study trial trials registry survey score scale index criteria classification device devices inc corp corporation llc ltd pharmaceuticals therapeutics authority administration ministry council committee records record history maintenance status issues problem problems screening education literacy information insurance provider providers proxy aide worker professional professionals',
  ],
  [Place.BoxLead, 'psc cmr rr hc rural route unit star'],
  [Place.Box, 'box pob'],
  [
    Place.Noun,
    'heath reach sound run bend cove grove moor moors fen quay hollow green end bay harbor harbour falls springs heights crossing meadow meadows vale hills ridge creek landing mills junction point shores beach city town village ferry bridge corners river lake island valley park park rock cliff haven wood woods fields glen forge mountain prairie rapids summit bluff bluffs',
  ],
];

const GRAMMAR = new WordTable(GROUPS);

/** What begins or ends the name of a place, whatever stands beside it. */
export const STREETS = Place.Suffix | Place.SuffixLoose | Place.SuffixWeak;
export const HEADS = Place.Head | Place.HeadWeak;
/** Bits of a word, 0 for a word that has no part in the grammar. */
export function partOf(doc: Doc, at: number): number {
  return GRAMMAR.get(doc.hash[at] | 0);
}
