/**
 * The lexicon at run time: one shared buffer with the tables of code units, the word table and the phrase table, read
 * once from the compiled blob, labels and all. Worker threads attach to the same memory.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { mixHash } from '../kit/hash.js';
import { Lex } from './classes.js';
import {
  checksumOf,
  FILE_NAME,
  HEADER_BYTES,
  Header,
  MAGIC,
  PHRASE_END,
  PHRASE_ENTRY,
  PHRASE_LABEL,
  PHRASE_PREFIX,
  PHRASE_TOKENS_MAX,
  Section,
  slotOf,
  VERSION,
  WORD_ENTRY,
} from './format.js';

export { PHRASE_END, PHRASE_LABEL, PHRASE_PREFIX } from './format.js';

export interface Lexicon {
  /** The folded form of each code unit: see `foldUnit`. */
  readonly fold: Uint16Array;
  /** The plain form of each code unit, `DROP` or `EXPAND`: see `plainUnit`. */
  readonly plain: Uint16Array;
  /** `Char` of each code unit. */
  readonly charClass: Uint8Array;
  /** Open addressing, `[hash, classes]`; hash 0 is an empty slot. First slot: `slotOf(hash, wordShift)`. */
  readonly words: Int32Array;
  readonly wordShift: number;
  /** Open addressing, `[state, flags and label, classes]`; state 0 is an empty slot. */
  readonly phrases: Int32Array;
  readonly phraseShift: number;
  /** Packed weights of the tagger: see `engine/tagger/weights.ts`. */
  readonly tagger: Int32Array;
  readonly buffer: SharedArrayBuffer;
}

/** A probe is short below this load; above it, adding fails. */
const LOAD_MAX = 0.75;

const fail = (why: string): never => {
  throw new Error(`lexicon: ${why}; run the build again`);
};

/** Where the compiled lexicon stands: beside this file. */
export const LEXICON_FILE = new URL(FILE_NAME, import.meta.url);

export function loadLexicon(url: URL = LEXICON_FILE): Lexicon {
  let file: number;
  try {
    file = openSync(url, 'r');
  } catch {
    return fail(`${FILE_NAME} cannot be opened`);
  }
  let buffer: SharedArrayBuffer;
  try {
    const size = fstatSync(file).size;
    if (size < HEADER_BYTES || size % 8 !== 0) fail(`${FILE_NAME} is cut short`);
    buffer = new SharedArrayBuffer(size);
    const bytes = new Uint8Array(buffer);
    for (let read = 0; read < size; ) {
      const got = readSync(file, bytes, read, size - read, read);
      if (got === 0) fail(`${FILE_NAME} is cut short`);
      read += got;
    }
  } finally {
    closeSync(file);
  }
  const lexicon = attachLexicon(buffer);
  if (
    checksumOf(new Int32Array(buffer, HEADER_BYTES)) !== new Uint32Array(buffer, 0, HEADER_BYTES / 4)[Header.Checksum]
  ) {
    fail(`${FILE_NAME} is damaged (checksum)`);
  }
  return lexicon;
}

/** The lexicon in a buffer that another thread has loaded. */
export function attachLexicon(buffer: SharedArrayBuffer): Lexicon {
  if (buffer.byteLength < HEADER_BYTES) fail(`${FILE_NAME} is cut short`);
  const header = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
  if (header[Header.Magic] !== MAGIC) fail(`${FILE_NAME} is not a lexicon`);
  if (header[Header.Version] !== VERSION) fail(`${FILE_NAME} has version ${header[Header.Version]}, not ${VERSION}`);
  if (header[Header.Bytes] !== buffer.byteLength) fail(`${FILE_NAME} is cut short`);
  const offset = (section: Section): number => header[Header.Sections + 2 * section];
  const length = (section: Section): number => header[Header.Sections + 2 * section + 1];
  for (let section: Section = 0; section < Section.Count; section++) {
    if (offset(section) % 8 !== 0 || offset(section) + length(section) > buffer.byteLength) {
      fail(`${FILE_NAME} has a section out of bounds`);
    }
  }
  const words = new Int32Array(buffer, offset(Section.Words), length(Section.Words) / 4);
  const phrases = new Int32Array(buffer, offset(Section.Phrases), length(Section.Phrases) / 4);
  return {
    fold: new Uint16Array(buffer, offset(Section.Fold), length(Section.Fold) / 2),
    plain: new Uint16Array(buffer, offset(Section.Plain), length(Section.Plain) / 2),
    charClass: new Uint8Array(buffer, offset(Section.CharClass), length(Section.CharClass)),
    words,
    wordShift: Math.clz32(words.length / WORD_ENTRY) + 1,
    phrases,
    phraseShift: Math.clz32(phrases.length / PHRASE_ENTRY) + 1,
    tagger: new Int32Array(buffer, offset(Section.Tagger), length(Section.Tagger) / 4),
    buffer,
  };
}

/** Classes of a word, or 0. */
export function lookup(lexicon: Lexicon, hash: number): number {
  const { words } = lexicon;
  const last = words.length - WORD_ENTRY;
  let at = slotOf(hash, lexicon.wordShift) * WORD_ENTRY;
  for (;;) {
    if (words[at] === hash) return hash === 0 ? 0 : words[at + 1];
    if (words[at] === 0) return 0;
    at = at === last ? 0 : at + WORD_ENTRY;
  }
}

/** Where a phrase state stands in `lexicon.phrases`, or -1; its flags and its classes are the next two words there. */
export function findPhrase(lexicon: Lexicon, state: number): number {
  const { phrases } = lexicon;
  const last = phrases.length - PHRASE_ENTRY;
  let at = slotOf(state, lexicon.phraseShift) * PHRASE_ENTRY;
  for (;;) {
    if (phrases[at] === 0) return -1;
    if (phrases[at] === state) return at;
    at = at === last ? 0 : at + PHRASE_ENTRY;
  }
}

/** Gives a word more classes. */
export function addWord(lexicon: Lexicon, hash: number, classes: number): void {
  const at = claim(lexicon, lexicon.words, WORD_ENTRY, lexicon.wordShift, Header.Words, hash);
  lexicon.words[at + 1] |= classes;
}

/** Makes a label out of a sequence of token hashes. A label that was there before gives way. */
export function addPhrase(lexicon: Lexicon, hashes: readonly number[], label: number): void {
  if (!(label > 0 && label <= PHRASE_LABEL)) throw new Error(`lexicon: no label id: ${label}`);
  const at = addChain(lexicon, hashes);
  lexicon.phrases[at + 1] = (lexicon.phrases[at + 1] & ~PHRASE_LABEL) | PHRASE_END | label;
}

/** The digest of the labels that a lexicon holds, 0 for none. */
export function labelsIn(lexicon: Lexicon): number {
  return new Uint32Array(lexicon.buffer, 0, HEADER_BYTES / 4)[Header.Labels];
}

/** Says which labels were entered. */
export function signLabels(lexicon: Lexicon, digest: number): void {
  new Uint32Array(lexicon.buffer, 0, HEADER_BYTES / 4)[Header.Labels] = digest;
}

/** Takes all labels out again; entries that have classes keep them. */
export function forgetLabels(lexicon: Lexicon): void {
  const { phrases } = lexicon;
  for (let at = 0; at < phrases.length; at += PHRASE_ENTRY) {
    phrases[at + 1] &= phrases[at + 2] === 0 ? ~(PHRASE_LABEL | PHRASE_END) : ~PHRASE_LABEL;
  }
  signLabels(lexicon, 0);
}

/** Gives a multi-word entry classes, which then hold for all of its tokens. */
export function addEntry(lexicon: Lexicon, hashes: readonly number[], classes: number): void {
  const at = addChain(lexicon, hashes);
  lexicon.phrases[at + 1] |= PHRASE_END;
  lexicon.phrases[at + 2] |= classes;
}

/** Enters a phrase's states, those before the last as prefixes; returns where the last stands. */
function addChain(lexicon: Lexicon, hashes: readonly number[]): number {
  const { phrases } = lexicon;
  if (hashes.length === 0 || hashes.length > PHRASE_TOKENS_MAX) {
    throw new Error(`lexicon: a phrase has 1 to ${PHRASE_TOKENS_MAX} tokens, not ${hashes.length}`);
  }
  addWord(lexicon, hashes[0], Lex.PhraseHead);
  let state = hashes[0];
  for (let k = 1; k < hashes.length; k++) {
    // The first token is marked in the word table; states are entered from the second on.
    if (k > 1) phrases[claimState(lexicon, state) + 1] |= PHRASE_PREFIX;
    state = mixHash(state, hashes[k]);
  }
  return claimState(lexicon, state);
}

const claimState = (lexicon: Lexicon, state: number): number =>
  claim(lexicon, lexicon.phrases, PHRASE_ENTRY, lexicon.phraseShift, Header.Phrases, state);

/** The entry of a key in one of the two tables, made if it is not there. */
function claim(
  lexicon: Lexicon,
  table: Int32Array,
  width: number,
  shift: number,
  count: Header.Words | Header.Phrases,
  key: number,
): number {
  if (key === 0) throw new Error('lexicon: a word hashes to 0, which means empty');
  const last = table.length - width;
  let at = slotOf(key, shift) * width;
  while (table[at] !== 0) {
    if (table[at] === key) return at;
    at = at === last ? 0 : at + width;
  }
  const header = new Uint32Array(lexicon.buffer, 0, HEADER_BYTES / 4);
  if ((header[count] + 1) * width > table.length * LOAD_MAX) throw new Error('lexicon: table is full');
  header[count]++;
  table[at] = key;
  return at;
}
