/**
 * What a builder gathers while patients come: fingerprints of their values, and a draft of each row. Hashes are made in one
 * place, so that whoever has a value as a text, and whoever has it as bytes, files it alike.
 */
import { SipHash } from '../fingerprint/siphash.js';
import { Births } from './births.js';
import { Domain, type LookedUp, STAFF } from './domain.js';
import { Lengths } from './frequency.js';
import { Pile, Words } from './pile.js';
import {
  ALIAS_BIT,
  type FamilyCode,
  type GivenCode,
  householdBits,
  SignatureCoder,
  signatureWords,
} from './signature.js';

/** Most rows: patients, and other names of patients. */
export const rowsMax = 60_000_000;

/** Words of a row before the rows are in order: its signature, and which date it belongs to. */
export const draftWords = signatureWords + 1;
/** Beside a draft: whoever else of the household has the value need not be listed. */
export const FOR_HOUSEHOLD = 0x80000000;

export class Drafts {
  patients = 0;
  readonly hash: SipHash;
  readonly coder: SignatureCoder;
  readonly pile = new Pile();
  readonly words = new Words();
  readonly births = new Births();
  readonly lengths = new Lengths();
  /** How many values there are of each domain, those of staff apart. */
  readonly kinds = new Uint32Array(STAFF * 2);

  constructor(key: Uint8Array) {
    this.hash = new SipHash(key);
    this.coder = new SignatureCoder(key);
  }

  /** How many there are. */
  get count(): number {
    return this.words.length / draftWords;
  }

  /** A row for the name, and one for each other family name. `home` is what `household` made, or 0. */
  name(given: GivenCode, families: readonly FamilyCode[], birth: number, home: number): void {
    const date = this.births.numberOf(birth);
    const { word0, word1, word2 } = given;
    for (let i = 0; i < families.length; i++) {
      const code = families[i];
      this.words.push4(code.word0 | word0, code.word1 | word1, word2 | home | (i === 0 ? 0 : ALIAS_BIT), date);
    }
  }

  /** What stands for a household whose hash was made last. */
  get home(): number {
    return householdBits(this.hash.low);
  }

  household(text: string): number {
    this.hash.text(text, Domain.Household);
    return this.home;
  }

  /** A value for a draft. */
  key(domain: number, value: string, draft: number, how = 0): void {
    this.hash.text(value, domain);
    this.file(domain, draft, how);
  }

  /** The same, of a number that opens a chart. */
  counted(domain: LookedUp, value: string, draft: number, how = 0): void {
    this.lengths.count(domain, value);
    this.key(domain, value, draft, how);
  }

  /** The value that was hashed last. */
  file(domain: number, draft: number, how = 0): void {
    this.pile.push(this.hash.high, this.hash.low, (draft | how) >>> 0);
    this.kinds[domain]++;
  }
}
