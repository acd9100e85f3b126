/**
 * One row of a roster, checked and brought to the forms that are compared. A row is taken whole or not at all; what it is
 * refused for is a code, since any sentence about it would quote it.
 */
import { rosterBirth } from './birth.js';
import { chart, email, member, phone, placeOf, ssn, zip } from './canonical.js';
import { digits } from './fold.js';
import { familyForms, givenOf } from './person-name.js';

/** Why a row is refused, with the sentence that the report prints. */
export const ROW_CODES = {
  'row-columns': 'it has another number of columns than the header',
  'row-quote': 'a quote is not closed, or stands where none may',
  'row-json': 'it is not a JSON object',
  'row-type': 'a member is neither text nor a list of texts',
  'row-too-long': 'it is longer than the bound',
  'row-id-missing': 'it has no id and no MRN that could be looked up',
  'row-name-missing': 'it has no family name',
  'row-birth-invalid': 'its date of birth is no date, or lies ahead',
  'row-ssn-invalid': 'its social security number has not nine digits',
  'row-values-too-many': 'a column holds more values than the bound',
  'row-deleted': 'it says that the patient is gone, which only a delta can',
  'row-resource': 'the resource is no FHIR Patient',
  'row-key': 'the key of its record is not the id of its patient',
} as const;
export type RowCode = keyof typeof ROW_CODES;

/** Most values in one column of one row. */
export const rowValuesMax = 32;

/** What a source has to say of a patient; several values of a column stand in a list. */
export interface RawRow {
  readonly id?: string;
  readonly mrn?: readonly string[];
  readonly ssn?: string;
  readonly member?: readonly string[];
  readonly phone?: readonly string[];
  readonly email?: readonly string[];
  readonly given?: string;
  readonly family?: string;
  readonly maiden?: readonly string[];
  readonly birth?: string;
  readonly address?: string;
  readonly zip?: string;
  readonly household?: string;
  /** Ids of patients who may be spoken of in this one's conversations. */
  readonly related?: readonly string[];
  readonly contactPhone?: readonly string[];
  readonly contactEmail?: readonly string[];
  /** Somebody who works here and is no patient. */
  readonly staff?: boolean;
  /** In a delta: whoever has this id is gone. */
  readonly deleted?: boolean;
}

export interface Patient {
  readonly charts: readonly string[];
  readonly ssn: string;
  readonly members: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly given: string;
  /** The family name as it is, its halves, and earlier ones. */
  readonly families: readonly string[];
  /** 19800304, or 0. */
  readonly birth: number;
  readonly address: string;
  readonly household: string;
  readonly related: readonly string[];
  readonly contactPhones: readonly string[];
  readonly contactEmails: readonly string[];
  readonly staff: boolean;
  readonly deleted: boolean;
}

const NONE: readonly string[] = [];

/** `year` is this year: nobody is born after it. */
export function patientOf(row: RawRow, year: number): Patient | RowCode {
  if (hasTooMany(row)) return 'row-values-too-many';
  const { id } = row;
  const own = id === undefined ? NONE : each([id], chart);
  const mrns = each(row.mrn, chart);
  const charts = own.length === 0 ? mrns : [...new Set([...own, ...mrns])];
  const staff = row.staff === true;
  const deleted = row.deleted === true;
  if (charts.length === 0 && !staff) return 'row-id-missing';
  const family = row.family === undefined ? NONE : familyForms(row.family);
  const families = row.maiden === undefined ? family : [...new Set([...family, ...row.maiden.flatMap(familyForms)])];
  if (families.length === 0 && !deleted) return 'row-name-missing';
  const birthText = row.birth?.trim() ?? '';
  const birth = birthText === '' ? 0 : rosterBirth(birthText, year);
  if (birth === 0 && birthText !== '') return 'row-birth-invalid';
  const ssnText = row.ssn?.trim() ?? '';
  if (ssnText !== '' && digits(ssnText).length !== 9) return 'row-ssn-invalid';
  const line = row.address ?? '';
  const place = placeOf(line, line === '' ? '' : zip(row.zip ?? ''));
  return {
    charts,
    ssn: ssnText === '' ? '' : ssn(ssnText),
    members: each(row.member, member),
    phones: each(row.phone, phone),
    emails: each(row.email, email),
    given: givenOf(row.given ?? ''),
    families,
    birth,
    address: place.house,
    household: row.household ?? place.home,
    related: each(row.related, chart),
    contactPhones: each(row.contactPhone, phone),
    contactEmails: each(row.contactEmail, email),
    staff,
    deleted,
  };
}

function hasTooMany({ mrn, member, phone, email, maiden, related, contactPhone, contactEmail }: RawRow): boolean {
  const over = (list: readonly string[] | undefined): boolean => list !== undefined && list.length > rowValuesMax;
  return (
    over(mrn) ||
    over(member) ||
    over(phone) ||
    over(email) ||
    over(maiden) ||
    over(related) ||
    over(contactPhone) ||
    over(contactEmail)
  );
}

function each(values: readonly string[] | undefined, form: (value: string) => string): readonly string[] {
  if (values === undefined || values.length === 0) return NONE;
  if (values.length === 1) {
    const one = form(values[0]);
    return one === '' ? NONE : one === values[0] ? values : [one];
  }
  const forms = values.map(form).filter((one) => one !== '');
  return forms.length > 1 ? [...new Set(forms)] : forms;
}
