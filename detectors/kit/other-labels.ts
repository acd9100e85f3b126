/** The labels of identifiers that belong to no category of their own (45 CFR 164.514(b)(2)(i)(R)), by kind. */
import { NUM, phrases, without } from './phrases.js';

const N = NUM;
const accession = phrases(
  `(accession|specimen|sample|pathology|path|cytology|biopsy|lab|laboratory|slide|block|tube|container|culture|imaging|radiology|exam) ${N}`,
  '(accession|specimen|sample) [reference] (key|code|barcode|label number|reference)',
  '(pathology|cytology|histology) accession [number|no]',
  'accession',
  'accn',
  'acsn',
  `(key|number|identifier) (for|of) [the|this] [collected] (specimen|sample|accession)`,
  '(barcode|bar code) (number|id|no|value)',
);
const encounter = phrases(
  `(encounter|visit|admission|episode|appointment|appt|stay|registration|triage|inpatient|outpatient|hospitalization|check in|contact serial|admit) ${N}`,
  'csn [number|id]',
  'fin [number|no|nbr|id]',
  '(visit|encounter) (transaction|serial) (number|id|key)',
  'fallnummer',
);
const order = phrases(
  `(order|placer|filler|requisition|req|prescription|rx|script|document|doc|report|form|consent|letter|message|note|transcription|dictation|transfer|dispense|fill|shipment|tracking|package) ${N}`,
  'rx reference',
  '(fedex|usps|dhl) [tracking] [number|no]',
  'prescription',
  'document control (number|no)',
);
const study = phrases(
  `(study|subject|participant|enrollment|enrolment|screening|randomization|randomisation|registry|cohort|volunteer|respondent|donor|donation|proband|pedigree|unos|transplant|waitlist|biobank) ${N}`,
  '(enrollment|study|subject|participant|research|enrollment study) code',
);
const cases = phrases(
  `(case|case file|referral|authorization|authorisation|auth|confirmation|conf|booking|reservation|ticket|incident|complaint|grievance|appeal|inquiry|enquiry|request|call|intake|application|eligibility|workers comp|docket|court|inmate|offender|prisoner|jail|detainee|event|survey|response) ${N}`,
  'case file',
  '(authorization|verification|activation|access|confirmation|security|proxy access|mychart activation) code',
  '(reference|ref|our ref|your ref|our reference|your reference|correlation|external reference|internal reference|message control) (number|no|num|nbr|id|code|key)',
  '(our|your) (ref|reference)',
  '(control) (number|no|id)',
);
const employee = phrases(
  `(employee|emp|staff|badge|personnel|payroll|worker|work|associate|company|clock|hr|student|school|pupil|teacher|faculty|military|service|dod|va|va file|veteran|service member|sponsor|army|navy|union|voter|voter registration|tribal|library|loyalty|frequent flyer|membership|resident|tenant) (number|no|num|nbr|id|ids|identifier|identification|file|card)`,
  '(edipi|edi pi|dodid)',
  'va claim file',
  'badge',
);
const national = phrases(
  `(national|national identity|national insurance|national health|nhs|identity card|id card|foreigner|citizen|citizenship|civil|personal identity|personal|social insurance|tax|taxpayer|tax file|employer|federal tax|ihi|ohip|chi|ppsn|pps|aadhaar|aadhar|abha|cpf|cnpj|curp|dni|nie|nif|nino|ni|sin|tfn|bsn|pesel|ahv|emirates|nric|hkid|cedula|rut|personnummer|cpr|immigration|alien|refugee) (number|no|num|nbr|id|identifier|identification|card)`,
  'ein',
  'ein number',
  '(tin|tax id|taxpayer id|tax identifier)',
  '(aadhaar|aadhar|abha|cpf|curp|nino|cedula|pesel|nric|ppsn|dni|hkid|personnummer|codice fiscale|carte vitale|numero de securite sociale|burgerservicenummer|versichertennummer|krankenversichertennummer|steuernummer|steuer id)',
  'medicare australia (number|no)',
  '(green card|naturalization|i 94|i94) (id)',
);
const user = phrases(
  'user (id|ids|identifier|profile)',
  '(login|logon|portal|mychart|network) (id|name|username)',
  '(userid|screen name)',
  '(twitter|instagram|facebook|tiktok|telegram|skype|discord|whatsapp) (handle|name|username|user|id)',
);
const token = phrases(
  '(session|access|auth|authentication|refresh|bearer|id|login|reset|invite|verification|csrf|api|device push|push|portal|sso|jwt|security) token',
  '(session|correlation|trace|request|conversation|thread|chat|cookie|visitor) (id|identifier|key)',
  '(session|encryption|access) key',
  '(bearer|jwt)',
);
const word = phrases('specimen', 'pathology case', 'referral', 'requisition', 'confirmation', 'docket');
const fieldWord = phrases('order', 'sample', 'study', 'emp', 'rx', 'case', 'ticket', 'document', 'visa', 'request', 'incident', 'barcode', 'tracking', 'login', 'handle', 'pan', 'national id card');
const fieldToken = phrases('sid', 'jsessionid', 'phpsessid', 'cookie', 'api key', 'access token');
const generic = phrases('id', 'ids', 'identifier', 'identifiers', 'uid', 'uuid', 'guid', 'reference', 'ref', 'subject reference', 'unique id', 'unique identifier', 'unique identifying number', 'external id', 'internal id', 'record uuid', 'external identifier', 'entity id', 'object id', 'resource id', 'full url', 'token', 'signature hash', 'hash');

/** In this order a phrase that stands twice belongs to the first. */
function distinct<K extends string>(lists: Readonly<Record<K, readonly string[]>>): Record<K, string[]> {
  const made = {} as Record<K, string[]>;
  const before: string[][] = [];
  for (const kind of Object.keys(lists) as K[]) {
    made[kind] = without(lists[kind], ...before);
    before.push(made[kind]);
  }
  return made;
}

const made = distinct({ national, employee, accession, encounter, study, order, case: cases, token, user, word, fieldToken, fieldWord, generic });

export const OTHER_LABELS = {
  labels: {
    national: made.national,
    employee: made.employee,
    accession: made.accession,
    encounter: made.encounter,
    study: made.study,
    order: made.order,
    case: made.case,
    token: made.token,
    user: made.user,
    word: made.word,
  },
  fields: { token: made.fieldToken, word: made.fieldWord, generic: made.generic },
};
