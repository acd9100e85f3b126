/** The labels of identifiers that belong to no category of their own (45 CFR 164.514(b)(2)(i)(R)), by kind. */
import { lazy, NUM, phrases, without } from '../phrases.js';

const N = NUM;
const accession = lazy(() =>
  phrases(
    `(accession|specimen|sample|pathology|path|cytology|biopsy|lab|laboratory|slide|block|tube|container|culture|imaging|radiology|exam|aliquot|kit|vial|swab|requisition sample|histology|micro|microbiology|blood bank|crossmatch|blood|autopsy|necropsy|film|x ray|xray|mri|ct|mammogram|ultrasound|echo|ekg|eeg|sleep study|newborn screen|newborn screening|metabolic screen|genetic test|genetic kit|test kit|test|assay|stain|paraffin block|tissue block|tissue) ${N}`,
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
    `(encounter|visit|admission|episode|appointment|appt|stay|registration|triage|inpatient|outpatient|hospitalization|check in|contact serial|admit|adm|enc|appointments|session|clinic visit|ed visit|er visit|hospital visit|office visit|telehealth|telehealth visit|meeting|zoom|video visit|webex|virtual visit|consult|consultation|e consult|econsult|surgery|surgical case|or case|procedure case|anesthesia record|trauma|discharge|surgical|operation|theatre|dialysis session|hospice|home health|care plan|treatment plan) ${N}`,
    'csn [number|id]',
    'fin [number|no|nbr|id]',
    '(visit|encounter) (transaction|serial) (number|id|key)',
    'fallnummer',
  ),
);
const order = lazy(() =>
  phrases(
    `(order|placer|filler|requisition|req|prescription|rx|script|document|doc|report|form|consent|letter|message|note|transcription|dictation|transfer|dispense|fill|shipment|tracking|package|work order|job|lab order|imaging order|radiology order|medication order|med order|rx order|service request|delivery|parcel|courier|batch scan|scan batch|envelope|valuables|valuables envelope|locker|belongings bag|property bag|queue|waiting list|wait list|waitlist position|token slip) ${N}`,
    'rx reference',
    '(fedex|usps|dhl) [tracking] [number|no]',
    'prescription',
    'document control (number|no)',
  ),
);
const study = lazy(() =>
  phrases(
    `(study|subject|participant|enrollment|enrolment|screening|randomization|randomisation|registry|cohort|subj|trial subj|volunteer|respondent|donor|donation|proband|pedigree|unos|transplant|waitlist|biobank|trial|clinical trial|trial subject|study subject|study participant|trial participant|study patient|research|research subject|research participant|patient study|recruit|enrollee study|randomisation code|protocol subject|dyad|family|household|index case|optn|tumor registry|cancer registry|cancer|immunization registry|iis|notifiable disease|contact tracing|e hars|ehars|surveillance|survivor|ryan white|adap|hmis|shelter|wic|snap|tanf|caseload|foster care|iep|redcap|dbgap) ${N}`,
    '(enrollment|study|subject|participant|research|enrollment study) code',
  ),
);
const cases = lazy(() =>
  phrases(
    `(case|case file|referral|authorization|authorisation|auth|confirmation|conf|booking|reservation|ticket|incident|complaint|grievance|appeal|inquiry|enquiry|request|call|intake|application|eligibility|workers comp|docket|court|inmate|offender|prisoner|jail|detainee|event|survey|response|arrest|warrant|citation|summons|police report|police|crash report|accident report|incident report|safety report|crash|accident|probation|parole|custody|guardianship|probate|restraining order|protective order|cps|aps|dcf|dcfs|cps case|aps case|dfps|caseworker|case worker|social worker|social services|county case|child welfare|adoption|asylum case|pnr|locator|disability|disability case|adverse event|sae|susar|pharmacovigilance|claimant|hotline|interaction|chat|correspondence|pdmp request|release|roi|disclosure|ombudsman|investigation|cad|dispatch|run|ems|ems run|ambulance run|pcr|epcr|911|inc|sr|svc|service ticket|help desk|helpdesk|support|jira|servicenow) ${N}`,
    'case file',
    '(authorization|verification|activation|access|confirmation|security|proxy access|mychart activation) code',
    '(reference|ref|our ref|your ref|our reference|your reference|correlation|external reference|internal reference|message control) (number|no|num|nbr|id|code|key)',
    '(our|your) (ref|reference)',
    '(control) (number|no|id)',
  ),
);
const employee = lazy(() =>
  phrases(
    `(employee|emp|staff|badge|personnel|payroll|worker|work|associate|company|clock|hr|student|school|pupil|teacher|faculty|military|service|dod|va|va file|veteran|service member|sponsor|army|navy|union|voter|voter registration|tribal|library|loyalty|frequent flyer|membership|resident|tenant|nurse|witness|operator|technician|tech|phlebotomist|collector|sanitation|officer|deputy|firefighter|medic badge|payroll file|university|univ|college|campus|campus card|net|banner|parent|mother|father|baby|infant|newborn|child|spouse|sibling|caregiver|tribal enrollment|band|wristband|bracelet|id band|blood band|baby band|armband|typenex|id bracelet|dd214|dd 214|c file|claim file|veteran file|parking id|dosimeter|dosimetry badge) (number|no|num|nbr|id|ids|identifier|identification|file|card)`,
    '(edipi|edi pi|dodid)',
    'va claim file',
    'badge',
    '(netid|net id|eppn)',
    '(typenex|typenex band)',
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
    'user (id|ids|identifier|profile|login|handle|code)',
    '(login|logon|portal|mychart|network) (id|name|username)',
    '(userid|screen name)',
    '(twitter|instagram|insta|facebook|tiktok|telegram|skype|discord|whatsapp|snapchat|reddit|signal|wechat|linkedin|xbox|youtube) (handle|name|username|user|id|account)',
  ),
);
/** Words right behind which a user name stands, also one of letters only. */
const login = lazy(() =>
  phrases(
    '(logged|signed|log|sign) (in|on) (as|by|with)',
    '(logged|signed) (as|in)',
    '(by|as|from|for) (user|username|login)',
    '(accepted|failed|password|publickey|session opened|session closed|opened|closed|account|login|logon|access revoked|access granted|locked out) for [user|invalid user]',
    '(session|password reset|password changed|reset|access denied|mfa reset|token) for [user]',
    '(access granted|token issued|badge issued) to [user]',
    '(created|deleted|added|removed|suspended|disabled|enabled|vpn|portal|by|no such) user',
    '(invalid|unknown|new|locked|disabled|authenticated|logged in|signed in) user',
    '(login|logon|logout|logoff|sign in|log in|signin) (by|of|as|for|from)',
    '(logs|signs|logging|signing|log|sign) in (as|with|under|using)',
    '(portal|mychart|epic|ehr|patient portal|my|her|his|their) (login|username|logon|user name)',
    '(runs|running|act|acts|acting|posting|posts|posted|messaged) (as|under)',
    '(acting user|current user|actor|unix user|ehr user|epic user|portal user|svc user)',
  ),
);
const handle = lazy(() =>
  phrases(
    '(twitter|instagram|insta|ig|facebook|fb|tiktok|telegram|skype|discord|snapchat|snap|reddit|youtube|linkedin|threads|bluesky|mastodon|social media) [handle|name|username|account|page|profile]',
    '(my|her|his|their) handle',
  ),
);
const filed = lazy(() =>
  phrases(
    '(enrolled|enroled|randomized|randomised|accessioned|labelled|labeled|catalogued|booked) (as|under|with|by)',
    '(registered|identified|filed|tracked|referenced|indexed|logged|numbered|listed) under',
    '(randomized|randomised|labelled|labeled|accessioned|numbered|addend|addended|addendum to)',
  ),
);
const many = lazy(() =>
  phrases(
    '(tubes|orders|tickets|cases|encounters|visits|badges|slides|blocks|samples|specimens|accessions|subjects|participants|requisitions|prescriptions|scripts|referrals|admissions|appointments|aliquots)',
    '(tissue|paraffin) block',
  ),
);
const token = lazy(() =>
  phrases(
    '(session|access|auth|authentication|refresh|bearer|id|login|reset|invite|verification|csrf|api|portal|sso|jwt|security|patient|chat|identity|magic link|magic|one time|otp|registration|download|upload|share|launch|smart launch) token',
    '(session|correlation|trace|request|conversation|thread|chat|cookie|visitor|span|job run|launch|connection|interaction|transcript|recording|call recording|client session|login) (id|identifier|key)',
    '(session|encryption|access|api|secret|private|client) key',
    'api key for [the] [patient] (app|portal)',
    '(bearer|jwt)',
  ),
);
const word = lazy(() =>
  phrases(
    '(encounter|enc|subj)',
    '(financial assistance|charity care|assistance) (app|application|case|file)',
    '(specimen|subject|volunteer|proband|ticket|pathology case|referral|requisition|confirmation|docket|aliquot|biopsy|wristband|pnr|citation)',
    '(body bag|toe|morgue|remains) (tag|tag number|number|id)',
    '(dictation|dictated|transcription|transcribed|fax|print) job',
    '(dictation|dictated job|crib|isolette|booking|reservation|voucher|record locator)',
    '(belongings|property|valuables|clothing|evidence|patient belongings|patient property|personal effects) (bag|bags|envelope|bin|locker|box|safe)',
    '(baby|infant|mother|id|wrist|blood bank|bb|safety) band',
    '(sane|safe|rape|sexual assault|evidence|forensic|sae|saec|paerk) kit',
    '(ice|dhs|uscis|immigration|detainee|alien) a number',
    '(anumber|a file number|a file no)',
    '(epcr|payroll|e consult|econsult|envelope|tracking|parcel|kit|shelter|typenex|ehars|reorder|e hars|cassette|swab|vial|accn)',
    '(incident report|police report|crash report|police case|incident|restraining order|protective order|court case|cps intake)',
  ),
);
const fieldWord = lazy(() =>
  phrases(
    'order',
    'visit',
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
  handle,
  login,
  word,
  filed,
  many,
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
    login: own(login),
    handle: own(handle),
    filed: own(filed),
    many: own(many),
    word: own(word),
  },
  fields: { token: own(fieldToken), word: own(fieldWord), generic: own(generic) },
};
