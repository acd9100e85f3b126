/** Whether a recipient may have what concerns the subject: by its address, in the channel that it is reached by. */
import type { Channel } from '../directory/directory.js';
import type { Case, Recipient } from './scanner.js';
import { isChannel } from './subject.js';

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const NUMBER = /^\+?[\d\s().-]{7,24}$/;

/** The code of the refusal, or undefined. */
export function recipientRefused(one: Case, recipient: Recipient): string | undefined {
  const { claims, directory, now } = one;
  const { tenant, patient } = claims;
  const address = recipient.address ?? recipient.id;
  const channel = channelOf(recipient);
  if (address === undefined || address.trim() === '') return 'recipient-unstated';
  if (channel === undefined) return 'channel-unknown';
  const standing = patient === undefined ? 'unknown' : directory.standing(tenant, patient, channel, address, now);
  if (standing === 'self' || standing === 'authorized') return undefined;
  if (standing === 'withdrawn') return 'contact-withdrawn';
  return directory.verified(tenant, channel, address, now) ? undefined : 'recipient-unverified';
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
