/** Whether a recipient may have what concerns the subject: by its address, in the channel that it is reached by. */
import type { Channel } from '../directory/directory.js';
import { addressesOf } from './addresses.js';
import { type Case, Question, type Recipient } from './scanner.js';
import { isChannel } from './subject.js';

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const NUMBER = /^\+?[\d\s().-]{7,24}$/;
/** Three, three and four digits, with something between: nobody writes a chart's number so. */
const DIALLED = /^(\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}$/;

/** Codes of what speaks against a recipient; undefined where nothing does. */
export interface Refused {
  /** As one who may hear of this patient. */
  readonly contact: string | undefined;
  /** As one whose address is known to be right. */
  readonly verified: string | undefined;
}

const FINE: Refused = { contact: undefined, verified: undefined };

export function standingOf(one: Case, recipient: Recipient): Refused {
  const address = (recipient.address ?? recipient.id ?? '').trim();
  const channel = channelOf(recipient);
  if (address === '') return both('recipient-unstated');
  if (channel === undefined) return both('channel-unknown');
  const known = one.ask(addressesOf).of(channel, address);
  const { standing } = known;
  if (standing === 'self' || standing === 'authorized') return FINE;
  if (standing === 'withdrawn') return both('contact-withdrawn');
  if (known.verified) return FINE;
  const contact = one.claims.patient === undefined ? 'patient-unstated' : `contact-${standing}`;
  return { contact, verified: 'recipient-unverified' };
}

/** Of the one that the message is said to go to. */
export const statedStanding = new Question((one): Refused | undefined =>
  one.claims.recipient === undefined ? undefined : standingOf(one, one.claims.recipient),
);

function both(code: string): Refused {
  return { contact: code, verified: code };
}

export function isDialled(text: string): boolean {
  return DIALLED.test(text);
}

/** Whether a text is an address and nothing else, whatever it is called. */
export function isAddress(text: string): boolean {
  return text.includes('@') ? EMAIL.test(text.trim()) : DIALLED.test(text.trim());
}

/** The channel that is stated, or that the address gives away; a word that is no channel is none. */
export function channelOf({ channel, address, id }: Recipient): Channel | undefined {
  const word = channel?.trim().toLowerCase();
  if (word !== undefined && word !== '') return isChannel(word) ? word : undefined;
  const written = (address ?? id ?? '').trim();
  if (EMAIL.test(written)) return 'email';
  if (NUMBER.test(written)) return 'phone';
  return address === undefined ? 'portal' : undefined;
}
