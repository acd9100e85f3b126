/**
 * What a roster's columns may be called, in CSV and as members of JSON, and which of a row they are. Several values of one
 * column are separated by `;` or `|`, or stand in a list.
 */
import type { RawRow } from './row.js';

type Column = keyof RawRow;

const CALLED: Readonly<Record<Column, string>> = {
  id: 'id patient_id patient',
  mrn: 'mrn mrns medical_record_number chart chart_number',
  ssn: 'ssn social_security_number',
  member: 'member member_id insurance_id policy_number subscriber_id mbi',
  phone: 'phone phones telephone mobile home_phone cell',
  email: 'email emails mail',
  given: 'given given_name first_name firstname first',
  family: 'family family_name last_name lastname last surname',
  maiden: 'maiden maiden_name previous_name former_name birth_name',
  birth: 'birth dob date_of_birth birth_date birthdate',
  address: 'address street address_line address_line_1',
  zip: 'zip zipcode zip_code postal_code postcode',
  household: 'household household_id',
  related: 'related related_ids relatives',
  contactPhone: 'contact_phone contact_phones emergency_phone emergency_contact_phone',
  contactEmail: 'contact_email contact_emails emergency_email',
  staff: 'staff is_staff',
  deleted: 'deleted is_deleted removed',
};

const COLUMNS: ReadonlyMap<string, Column> = new Map(
  Object.entries(CALLED).flatMap(([column, names]) =>
    names.split(' ').map((name) => [name, column as Column] as const),
  ),
);

export function columnOf(name: string): Column | undefined {
  return COLUMNS.get(
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
}

type Draft = { -readonly [K in Column]?: RawRow[K] };

/** By name, each in a place of its own: a member whose name is only known when it is written costs ten times as much. */
const TEXTS: Readonly<Partial<Record<Column, (row: Draft, text: string) => void>>> = {
  id: (row, text) => {
    row.id ??= text;
  },
  ssn: (row, text) => {
    row.ssn ??= text;
  },
  given: (row, text) => {
    row.given ??= text;
  },
  family: (row, text) => {
    row.family ??= text;
  },
  birth: (row, text) => {
    row.birth ??= text;
  },
  address: (row, text) => {
    row.address ??= text;
  },
  zip: (row, text) => {
    row.zip ??= text;
  },
  household: (row, text) => {
    row.household ??= text;
  },
};

/** Enters one value; false if it is not of a type that the column may have. */
export function enter(row: Draft, column: Column, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (column === 'staff' || column === 'deleted') {
    row[column] = value === true || /^(1|true|yes|y)$/i.test(String(value));
    return typeof value === 'boolean' || typeof value === 'string';
  }
  const text = typeof value === 'number' ? String(value) : value;
  const one = TEXTS[column];
  if (one !== undefined) {
    if (typeof text !== 'string') return false;
    one(row, text);
    return true;
  }
  const list = listOf(text);
  if (list === undefined) return false;
  enterList(row, column as ListColumn, list);
  return true;
}

type ListColumn = 'mrn' | 'member' | 'phone' | 'email' | 'maiden' | 'related' | 'contactPhone' | 'contactEmail';

function enterList(row: Draft, column: ListColumn, list: readonly string[]): void {
  switch (column) {
    case 'mrn':
      row.mrn = joined(row.mrn, list);
      return;
    case 'member':
      row.member = joined(row.member, list);
      return;
    case 'phone':
      row.phone = joined(row.phone, list);
      return;
    case 'email':
      row.email = joined(row.email, list);
      return;
    default:
      row[column] = joined(row[column], list);
  }
}

function joined(before: readonly string[] | undefined, more: readonly string[]): readonly string[] {
  return before === undefined ? more : [...before, ...more];
}

function listOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') {
    if (!value.includes(';') && !value.includes('|')) return [value];
    return value.split(/[;|]/).filter((one) => one.trim() !== '');
  }
  if (!Array.isArray(value)) return undefined;
  const texts = value.map((one) => (typeof one === 'number' ? String(one) : one) as unknown);
  return texts.every((one) => typeof one === 'string') ? texts : undefined;
}
