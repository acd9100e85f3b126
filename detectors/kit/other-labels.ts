/** The labels of identifiers that belong to no category of their own (45 CFR 164.514(b)(2)(i)(R)), by kind. */
import { NUM, phrases, without } from './phrases.js';

const N = NUM;
const accession = phrases(
  `(accession|acc|specimen|sample|pathology|surgical pathology|path|cytology|biopsy|lab|laboratory|slide|block|tube|container|culture|lab order|lab report|imaging|radiology|exam|pathology case|specimen container) ${N}`,
  '(accession|specimen|sample) [reference] (key|code|barcode|label number|reference)',
  '(pathology|cytology|histology) accession [number|no]',
  'accession',
  'accn',
  'acsn',
  `(key|number|identifier) (for|of) [the|this] [collected] (specimen|sample|accession)`,
  '(barcode|bar code) (number|id|no|value)',
  'serial identifier',
);
const encounter = phrases(
  `(encounter|visit|admission|episode|episode of care|appointment|appt|stay|registration|reg|triage|inpatient|outpatient|hospitalization|ed visit|er visit|hospital visit|clinic visit|hospital encounter|office visit|check in|contact serial|admit|patient visit|patient encounter|session visit|telehealth visit|virtual visit|bed request) ${N}`,
  'csn [number|id]',
  'fin [number|no|nbr|id]',
  '(visit|encounter) (transaction|serial) (number|id|key)',
  'transaction uses encounter key',
  'fallnummer',
);
const order = phrases(
  `(order|lab order|placer order|filler order|placer|filler|requisition|req|prescription|rx|script|medication order|imaging order|document|doc|report|form|consent|letter|message|fax|note|transcription|dictation|transfer|dispense|fill|pharmacy order|work order|shipment|tracking|package|e prescription) ${N}`,
  'rx reference',
  'prescription',
  'document control (number|no)',
);
const study = phrases(
  `(study|subject|study subject|research subject|participant|study participant|research participant|trial subject|trial participant|enrollment|enrolment|enrollee study|screening|randomization|randomisation|registry|cohort|volunteer|respondent|donor|recipient donor|donation|proband|pedigree|family study|unos|transplant|waitlist|biobank|genome sample|sample donor|implant registry) ${N}`,
  '(enrollment|study|subject|participant|research|enrollment study) code',
);
const cases = phrases(
  `(case|case file|referral|referral order|authorization|authorisation|auth|confirmation|conf|booking|reservation|ticket|incident|complaint|grievance|appeal|inquiry|enquiry|request|service request|call|intake|application|eligibility|workers comp|workers compensation|worker s compensation|wc|docket|court|police report|inmate|offender|prisoner|jail|detainee|cps case|safety report|incident report|event|adverse event|tracking case|support|help desk|survey|response|registration confirmation|death certificate file) ${N}`,
  'case file',
  '(reference|ref|our ref|your ref|our reference|your reference|correlation|external reference|internal reference|message control) (number|no|num|nbr|id|code|key)',
  '(our|your) (ref|reference)',
  '(control) (number|no|id)',
);
const employee = phrases(
  `(employee|emp|staff|badge|employee badge|staff badge|personnel|payroll|worker|work|associate|team member|company|clock|hr|student|school|university|pupil|teacher|faculty|military|service|dod|va|va file|veteran|veterans|service member|sponsor|army|navy|union|voter|voter registration|tribal|tribal enrollment|library|loyalty|frequent flyer|membership|resident|tenant|volunteer badge) (number|no|num|nbr|id|ids|identifier|id number|id no|identification number|file number|card number)`,
  '(edipi|edi pi|dodid)',
  'va claim file',
  'badge',
);
const national = phrases(
  `(national|national identity|national identification|national insurance|national health|nhs|identity card|id card|foreigner|resident identity|citizen|citizenship|civil|personal identity|personal identification|personal|social insurance|tax|taxpayer|tax payer|tax file|tax identification|taxpayer identification|employer identification|federal tax|health insurance card australia|ihi|individual healthcare|health card|ohip|chi|ppsn|pps|aadhaar|aadhar|abha|uid aadhaar|cpf|cnpj|curp|rfc|dni|nie|nif|nino|bsn|pesel|ahv|emirates|nric|fin nric|hkid|cedula|rut|steuer|versicherten|krankenversicherten|personnummer|cpr|fodselsnummer|my number|immigration|alien|a number alien|refugee|visa application) (number|no|num|nbr|id|identifier|id number|identification|identity number|card number|card no)`,
  'ein',
  'ein number',
  '(tin|tax id|taxpayer id|tax identifier)',
  '(aadhaar|aadhar|abha|cpf|curp|nino|pesel|nric|ppsn|dni|hkid|personnummer|codice fiscale|carte vitale|numero de securite sociale|burgerservicenummer|versichertennummer|krankenversichertennummer|steuernummer|steuer id)',
  'medicare australia (number|no)',
  '(green card|naturalization|i 94|i94) (id)',
);
const user = phrases(
  '(user|login|logon|log in|sign in|account user|portal|mychart|patient portal|system user|domain|network|windows|ehr user|epic user) (id|ids|name|names|identifier|username|user name)',
  '(user|users)',
  'user profile',
  '(username|usernames|userid|login|handle|screen name)',
  '(twitter|instagram|facebook|tiktok|telegram|skype|discord|whatsapp) (handle|name|username|user|id)',
);
const token = phrases(
  '(session|access|auth|authentication|refresh|bearer|id|login|reset|invite|verification|csrf|api|device push|push|portal|sso|jwt|security) token',
  '(session|correlation|trace|request|conversation|thread|chat|cookie|tracking|advertising|ad|device advertising|visitor|client session|transaction trace) (id|identifier|key)',
  'session key',
  '(bearer|jwt)',
  '(authorization|verification|activation|access|confirmation|pin|security|passcode|proxy access|mychart activation) code',
);
const word = phrases('specimen', 'subject', 'participant', 'pathology case', 'encounter', 'case', 'referral', 'requisition', 'badge number', 'confirmation', 'docket', 'inmate');
const fieldWord = phrases('visit', 'order', 'appointment', 'sample', 'study', 'employee', 'emp', 'staff', 'rx', 'prescription number', 'ticket', 'document', 'visa', 'national id', 'csn', 'request', 'incident', 'student', 'barcode', 'tracking');
const generic = phrases('id', 'ids', 'identifier', 'identifiers', 'uid', 'uuid', 'guid', 'oid', 'reference', 'ref', 'patient reference', 'subject reference', 'unique id', 'unique identifier', 'unique identifying number', 'external id', 'internal id', 'record uuid', 'external identifier', 'entity id', 'object id', 'resource id', 'full url', 'token', 'signature hash', 'hash');

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

const made = distinct({ national, employee, accession, encounter, study, order, case: cases, token, user, word, fieldWord, generic });

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
  fields: { word: made.fieldWord, generic: made.generic },
};
