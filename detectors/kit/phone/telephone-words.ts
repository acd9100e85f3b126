/**
 * The words that speak of telephones and fax machines, and what each of them says about a number beside it. A closed
 * vocabulary for English charts, chats, forms and payloads, with the commonest words of Spanish and French.
 */
import type { Doc } from '../../contract.js';
import { WordTable } from '../words.js';

export const enum Say {
  Phone = 1,
  Fax = 2,
  /** One letter or a place, which counts only as a field or behind the number: P:, (o), office. */
  PhoneField = 4,
  FaxField = 8,
  Extension = 16,
  /** Of a number abroad or of seven digits this is too little, unless it stands right before. */
  Weak = 32,
  Unit = 64,
  Join = 128,
  /** Between a number and what it is: "555-0142 is the number for …". */
  Link = 256,
  /** Before a number to which something goes: to, at. */
  To = 512,
}

const WORDS = new WordTable([
  [
    Say.Phone,
    `phone phones telephone telephones tel tele telefono telefon téléphone ph phn fon cell cellphone cellular mobile mobil handy pager pagers beeper paged pg pgd call calls
    called calling callback callbacks text texts texted sms voicemail voicemails vm dial dials dialed rang ring rings ringing reach reached reachable landline
    hotline helpline msisdn whatsapp telephoned phoned phoning answering answer texting phonecall teléfono móvil celular cb tty tdd caller dialing dialled
    signal facetime telehealth cel numero número número imessage`,
  ],
  [
    Say.Phone | Say.Weak,
    `contact contacts number numbers message messages messaged channels communication communications telecare line best digits lines
    answers picks disconnected emergency`,
  ],
  [
    Say.Fax,
    'fax faxes faxed faxing facsimile telefax efax faxnumber télécopieur faxback autofax autofaxed efaxed rightfax',
  ],
  [
    Say.PhoneField,
    `p t c m h o w d ph tel voice office home work desk main direct day evening daytime cell mobile clinic hm wk cl ofc eve nights weekends
    switchboard frontdesk reception`,
  ],
  [Say.FaxField, 'f fx'],
  [Say.Extension, 'x ext extn extension xt poste'],
  [Say.Unit, 'mg mcg ml mmol units kcal patients people cells iu steps miles dollars usd grams calories rpm'],
  [Say.Join, 'and or'],
  [Say.Link, 'is was the his her their my our a best new old right good correct work home cell rings goes'],
  [Say.To, 'to at'],
]);

/** The bits of a word; a redacted token, whose hash is 0, says nothing. */
export const says = (doc: Doc, t: number): number => (t >= 0 && t < doc.count ? WORDS.get(doc.hash[t] | 0) : 0);
