/** What parameters of tools are called, and so what their values are: tables of names, folded, and the forms of a wildcard. */
import type { Channel } from '../directory/directory.js';
import { folded } from './data-categories.js';

/** A recipient's role says its channel, where the name does. */
export type Role =
  | 'data'
  | 'patient'
  | 'ids'
  | 'records'
  | 'operation'
  | 'query'
  | 'sender'
  | { readonly channel?: Channel };

const ROLES = new Map<string, Role>();
function name(role: Role, words: string): void {
  for (const word of words.split(' ')) ROLES.set(word, role);
}
name('data', 'field fields category categories datacategory datacategories datatype datatypes include includes');
name(
  'data',
  'section sections resource resources resourcetype resourcetypes column columns select elements attributes',
);
name('data', 'recordtype recordtypes scope scopes');
name('patient', 'patient patients subjectid subjectids mrn mrns medicalrecordnumber personid personids pid pids');
name('patient', 'chartid chartids chartnumber chartnumbers chartno medicalrecordno medicalrecordid medicalrecord');
name('ids', 'ids recordids accountids memberids encounterids documentids');
name('records', 'limit count max maxresults maxrecords maxrows pagesize size top first rows take perpage numresults');
name('records', 'recordcount numrecords batchsize');
name('operation', 'operation op action method verb mode command');
name('query', 'query q search searchterm question prompt sql filter filters where criteria expression condition');
// Who sends is none of those who hear.
name('sender', 'from sender fromemail fromaddress fromnumber senderemail senderaddress callerid');
name({}, 'to cc bcc recipient recipients sendto destination contact deliverto addressee');
name({ channel: 'email' }, 'email emails emailaddress emailaddresses mailto toemail recipientemail');
name({ channel: 'phone' }, 'phone phones phonenumber phonenumbers mobile cell telephone tophone callee recipientphone');
name({ channel: 'sms' }, 'sms smsnumber textnumber');
name({ channel: 'fax' }, 'fax faxnumber faxnumbers tofax recipientfax');
name({ channel: 'portal' }, 'portal portaluser portaluserid portaladdress');

/** `patient_id`, `targetPatientUuid`, `patients_mrn`: of a patient, and a name for one. */
const PATIENT_KEY = /patient.*(ids?|uuids?|numbers?|refs?|references?|mrns?|keys?)$/;

/** Names come again and again; when there are too many, it begins anew. */
const KEYS_MAX = 4096;
const KEY_UNITS_MAX = 64;
const known = new Map<string, Role | null>();

export function roleOf(key: string): Role | undefined {
  let role = known.get(key);
  if (role === undefined) {
    role = readRole(folded(key)) ?? null;
    if (known.size >= KEYS_MAX) known.clear();
    if (key.length <= KEY_UNITS_MAX) known.set(key, role);
  }
  return role ?? undefined;
}

function readRole(short: string): Role | undefined {
  return ROLES.get(short) ?? (short.includes('patient') && PATIENT_KEY.test(short) ? 'patient' : undefined);
}

/** What the forms of a wildcard begin with. */
const ALL_BEGIN = '*%.aAeE_';
const ALL = /^(\*+|%+|\.\*|all|any|everything|everyone|_all)$/i;
const SELECT_ALL = /\bselect\s+\*|\bwhere\s+1\s*=\s*1\b/i;

/** Whether a value asks for all that there is; in a patient's id any sign that stands for others does. */
export function isWildcard(text: string, role: Role | undefined): boolean {
  const value = text.trim();
  if (value === '*' || value === '%') return true;
  if (role === undefined || typeof role === 'object' || role === 'operation') return false;
  if (value !== '' && ALL_BEGIN.includes(value[0]) && ALL.test(value)) return true;
  return role === 'patient' || role === 'ids'
    ? value.includes('*') || value.includes('%')
    : role === 'query' && SELECT_ALL.test(value);
}

const WORDS_MAX = 500;
const RUN_MAX = 3;

/** Each word of a question, and each two and three that follow one another; undefined if there are more than are read. */
export function wordsOf(text: string): readonly string[] | undefined {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  if (words.length > WORDS_MAX) return undefined;
  return words.flatMap((_, i) =>
    Array.from({ length: Math.min(RUN_MAX, words.length - i) }, (_, run) => words.slice(i, i + run + 1).join('_')),
  );
}
