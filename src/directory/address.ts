/**
 * Addresses in one form, so that they can be compared: a telephone or fax number as its digits with the country, an e-mail
 * address in lower case with its host in ASCII, a portal's user by name. What cannot be read as one address has no form and is
 * nobody's. Assumes nothing about its input: agents write these.
 */
import { domainToASCII } from 'node:url';
import type { Channel } from './directory.js';

/** What addresses are kept by: texts go to telephone numbers. */
export const ADDRESS_CHANNELS = ['phone', 'fax', 'email', 'portal'] as const;
export type AddressChannel = (typeof ADDRESS_CHANNELS)[number];

export const addressUnitsMax = 320;

/** ASCII that is its own normal form. */
const PRINTABLE = /^[ -~]*$/;
/** A number as most are written, with nothing in it to be understood. */
const WITHIN_COUNTRY = /^[\d ().-]+$/;
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;
const LOCAL_DIGITS = 7;
const NATIONAL_DIGITS = 10;
/** What is dialled from the United States before the code of another country. */
const ABROAD = '011';

export function keptBy(channel: Channel): AddressChannel {
  return channel === 'sms' ? 'phone' : channel;
}

/** The one form of an address, or `undefined` if it is none. */
export function normalAddress(channel: AddressChannel, written: string): string | undefined {
  if (written.length > addressUnitsMax) return undefined;
  const text = plain(written).trim();
  if (text === '' || text.length > addressUnitsMax) return undefined;
  switch (channel) {
    case 'phone':
    case 'fax':
      return number(text);
    case 'email':
      return mailbox(text);
    case 'portal':
      return (
        text
          .replace(/^portal:/i, '')
          .trim()
          .toLowerCase() || undefined
      );
  }
}

function plain(written: string): string {
  return PRINTABLE.test(written) ? written : written.normalize('NFKC').replace(/[\p{Cf}\p{Cc}]/gu, '');
}

/** `+15550142001`, `+15550142001;12` with an extension, `5550142` without an area. */
function number(written: string): string | undefined {
  if (WITHIN_COUNTRY.test(written)) return withCountry(written.replace(/\D/g, ''), false);
  const text = written.replace(/^(tel|phone|fax|sms):/i, '');
  const parts = /^([^a-z#;]*)(?:[;,]?\s*(?:extension|ext|x|#)[.:=\s]*(\d{1,8}))?$/i.exec(text);
  if (parts === null || !/^[-+().\s\p{Pd}/\d]+$/u.test(parts[1])) return undefined;
  const extension = parts[2] === undefined ? '' : `;${parts[2]}`;
  const plus = /^[\s(]*\+/.test(parts[1]);
  if (parts[1].lastIndexOf('+') > (plus ? parts[1].indexOf('+') : -1)) return undefined;
  // (0) is dialled at home only: +44 (0)20 7946 0123.
  const digits = (plus ? parts[1].replace('(0)', '') : parts[1]).replace(/\D/g, '');
  const whole = withCountry(digits, plus);
  return whole === undefined ? undefined : whole + extension;
}

function withCountry(digits: string, plus: boolean): string | undefined {
  if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX + ABROAD.length) return undefined;
  if (!plus && digits.startsWith(ABROAD)) return withCountry(digits.slice(ABROAD.length), true);
  if (plus) return digits.length <= DIGITS_MAX && digits[0] !== '0' ? `+${digits}` : undefined;
  if (digits.length === LOCAL_DIGITS) return digits;
  if (digits.length === NATIONAL_DIGITS) return `+1${digits}`;
  return digits.length === NATIONAL_DIGITS + 1 && digits[0] === '1' ? `+${digits}` : undefined;
}

function mailbox(written: string): string | undefined {
  const framed = /^[^<>]*<([^<>]+)>$/.exec(written);
  const text = (framed?.[1] ?? written).trim().replace(/^mailto:/i, '');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  // Two addresses are no address: who would it be compared with?
  if (at < 1 || /[\s,;<>@"()?&]/.test(local)) return undefined;
  const host = domainToASCII(text.slice(at + 1).replace(/\.$/, ''));
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) ? `${local.toLowerCase()}@${host}` : undefined;
}
