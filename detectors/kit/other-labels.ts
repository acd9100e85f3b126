/** The labels of identifiers that belong to no category of their own (45 CFR 164.514(b)(2)(i)(R)), by kind. */
import { lazy, NUM, phrases, without } from './phrases.js';

const N = NUM;
const accession = lazy(() =>
  phrases(
    `(accession|specimen|sample|pathology|path|cytology|biopsy|lab|laboratory|slide|block|tube|container|culture|imaging|radiology|exam) ${N}`,
    '(accession|specimen|sample) [reference] (key|code|barcode|label number|reference)',
    '(pathology|cytology|histology) accession [number|no]',
    'accession',
    'accn',
    'acsn',
    `(key|number|identifier) (for|of) [the|this] [collected] (specimen|sample|accession)`,
    '(barcode|bar code) (number|id|no|value)',
  ),
);
const encounter = lazy(() =>
  phrases(
    `(encounter|visit|admission|episode|appointment|appt|stay|registration|triage|inpatient|outpatient|hospitalization|check in|contact serial|admit) ${N}`,
    'csn [number|id]',
    'fin [number|no|nbr|id]',
    '(visit|encounter) (transaction|serial) (number|id|key)',
    'fallnummer',
  ),
);
const order = lazy(() =>
  phrases(
    `(order|placer|filler|requisition|req|prescription|rx|script|document|doc|report|form|consent|letter|message|note|transcription|dictation|transfer|dispense|fill|shipment|tracking|package) ${N}`,
    'rx reference',
    '(fedex|usps|dhl) [tracking] [number|no]',
    'prescription',
    'document control (number|no)',
  ),
);
const study = lazy(() =>
  phrases(
    `(study|subject|participant|enrollment|enrolment|screening|randomization|randomisation|registry|cohort|volunteer|respondent|donor|donation|proband|pedigree|unos|transplant|waitlist|biobank) ${N}`,
    '(enrollment|study|subject|participant|research|enrollment study) code',
  ),
);
const cases = lazy(() =>
  phrases(
    `(case|case file|referral|authorization|authorisation|auth|confirmation|conf|booking|reservation|ticket|incident|complaint|grievance|appeal|inquiry|enquiry|request|call|intake|application|eligibility|workers comp|docket|court|inmate|offender|prisoner|jail|detainee|event|survey|response) ${N}`,
    'case file',
    '(authorization|verification|activation|access|confirmation|security|proxy access|mychart activation) code',
    '(reference|ref|our ref|your ref|our reference|your reference|correlation|external reference|internal reference|message control) (number|no|num|nbr|id|code|key)',
    '(our|your) (ref|reference)',
    '(control) (number|no|id)',
  ),
);
const employee = lazy(() =>
  phrases(
    `(employee|emp|staff|badge|personnel|payroll|worker|work|associate|company|clock|hr|student|school|pupil|teacher|faculty|military|service|dod|va|va file|veteran|service member|sponsor|army|navy|union|voter|voter registration|tribal|library|loyalty|frequent flyer|membership|resident|tenant) (number|no|num|nbr|id|ids|identifier|identification|file|card)`,
    '(edipi|edi pi|dodid)',
    'va claim file',
    'badge',
  ),
);
const national = lazy(() =>
  phrases(
    `(national|national identity|national insurance|national health|nhs|identity card|id card|foreigner|citizen|citizenship|civil|personal identity|personal|social insurance|tax|taxpayer|tax file|employer|federal tax|ihi|ohip|chi|ppsn|pps|aadhaar|aadhar|abha|cpf|cnpj|curp|dni|nie|nif|nino|ni|sin|tfn|bsn|pesel|ahv|emirates|nric|hkid|cedula|rut|personnummer|cpr|immigration|alien|refugee) (number|no|num|nbr|id|identifier|identification|card)`,
    'ein',
    'ein number',
    '(tin|tax id|taxpayer id|tax identifier)',
    '(aadhaar|aadhar|abha|cpf|curp|nino|cedula|pesel|nric|ppsn|dni|hkid|personnummer|codice fiscale|carte vitale|numero de securite sociale|burgerservicenummer|versichertennummer|krankenversichertennummer|steuernummer|steuer id)',
    'medicare australia (number|no)',
    '(green card|naturalization|i 94|i94) (id)',
  ),
);
const user = lazy(() =>
  phrases(
    'user (id|ids|identifier|profile)',
    '(login|logon|portal|mychart|network) (id|name|username)',
    '(userid|screen name)',
    '(twitter|instagram|facebook|tiktok|telegram|skype|discord|whatsapp) (handle|name|username|user|id)',
  ),
);
const token = lazy(() =>
  phrases(
    '(session|access|auth|authentication|refresh|bearer|id|login|reset|invite|verification|csrf|api|device push|push|portal|sso|jwt|security) token',
    '(session|correlation|trace|request|conversation|thread|chat|cookie|visitor) (id|identifier|key)',
    '(session|encryption|access) key',
    '(bearer|jwt)',
  ),
);
const word = lazy(() => phrases('specimen', 'pathology case', 'referral', 'requisition', 'confirmation', 'docket'));
const fieldWord = lazy(() =>
  phrases(
    'order',
    'sample',
    'study',
    'emp',
    'rx',
    'case',
    'ticket',
    'document',
    'visa',
    'request',
    'incident',
    'barcode',
    'tracking',
    'login',
    'handle',
    'pan',
    'national id card',
  ),
);
const fieldToken = lazy(() =>
  phrases('sid', 'session', 'sess', 'jsessionid', 'phpsessid', 'cookie', 'api key', 'access token'),
);
const generic = lazy(() =>
  phrases(
    'id',
    'ids',
    'identifier',
    'identifiers',
    'uid',
    'uuid',
    'guid',
    'reference',
    'ref',
    'subject reference',
    'unique id',
    'unique identifier',
    'unique identifying number',
    'external id',
    'internal id',
    'record uuid',
    'external identifier',
    'entity id',
    'object id',
    'resource id',
    'full url',
    'token',
    'signature hash',
    'hash',
  ),
);

/** In this order a phrase that stands twice belongs to the first. */
const ORDER = [
  national,
  employee,
  accession,
  encounter,
  study,
  order,
  cases,
  token,
  user,
  word,
  fieldToken,
  fieldWord,
  generic,
];

const own = (list: () => readonly string[]): (() => readonly string[]) =>
  lazy(() => without(list(), ...ORDER.slice(0, ORDER.indexOf(list)).map((before) => before())));

export const OTHER_LABELS = {
  labels: {
    national: own(national),
    employee: own(employee),
    accession: own(accession),
    encounter: own(encounter),
    study: own(study),
    order: own(order),
    case: own(cases),
    token: own(token),
    user: own(user),
    word: own(word),
  },
  fields: { token: own(fieldToken), word: own(fieldWord), generic: own(generic) },
};
