/** A FHIR R4 Patient as a row of a roster: identifiers by their type's code or their system, the official name, telecoms. */
import type { RawRow, RowCode } from './row.js';

type Fields = Readonly<Record<string, unknown>>;

const SSN_SYSTEM = /us-ssn|2\.16\.840\.1\.113883\.4\.1$/;
/** HL7 table 0203. */
const MEMBER_CODES: ReadonlySet<string> = new Set(['MB', 'MC', 'MA', 'SN']);

export function fhirRow(resource: unknown): RawRow | RowCode {
  if (!isFields(resource) || resource.resourceType !== 'Patient') return 'row-resource';
  const names = list(resource.name);
  const name = names.find(({ use }) => use === 'official') ?? names.find(({ use }) => use !== 'maiden') ?? {};
  const others = names.filter((one) => one !== name).map(({ family }) => text(family));
  const identifiers = list(resource.identifier);
  const ofType = (test: (code: string, system: string) => boolean): string[] =>
    identifiers.filter((one) => test(codeOf(one), text(one.system))).map(({ value }) => text(value));
  const telecom = (systems: readonly string[]): string[] =>
    list(resource.telecom)
      .filter(({ system }) => systems.includes(text(system)))
      .map(({ value }) => text(value));
  const address = list(resource.address)[0] ?? {};
  const isSsn = (code: string, system: string): boolean => code === 'SS' || SSN_SYSTEM.test(system);
  const contacts = list(resource.contact).flatMap((contact) => list(contact.telecom));
  const contact = (wanted: string): string[] =>
    contacts.filter(({ system }) => system === wanted).map(({ value }) => text(value));
  return {
    id: text(resource.id),
    mrn: ofType((code, system) => !isSsn(code, system) && (code === 'MR' || code === 'PI' || code === '')),
    ssn: ofType(isSsn)[0] ?? '',
    member: ofType((code) => MEMBER_CODES.has(code)),
    phone: telecom(['phone', 'sms']),
    email: telecom(['email']),
    given: texts(name.given)[0] ?? '',
    family: text(name.family),
    maiden: others.filter((one) => one !== ''),
    birth: text(resource.birthDate),
    address: texts(address.line)[0] ?? '',
    zip: text(address.postalCode),
    related: list(resource.link).map(({ other }) =>
      isFields(other) ? text(other.reference).replace(/^Patient\//, '') : '',
    ),
    contactPhone: contact('phone'),
    contactEmail: contact('email'),
  };
}

/** The resources of a bundle, or the resource itself. */
export function resourcesOf(parsed: unknown): readonly unknown[] {
  if (!isFields(parsed) || parsed.resourceType !== 'Bundle') return [parsed];
  return list(parsed.entry).map(({ resource }) => resource);
}

function codeOf({ type }: Fields): string {
  const [coding] = isFields(type) ? list(type.coding) : [];
  return text(coding?.code);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
