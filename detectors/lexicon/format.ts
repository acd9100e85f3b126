/**
 * Layout of the compiled lexicon, shared by the one that writes it and the one that reads it. A header of 32-bit words,
 * then the sections, each aligned to eight bytes. Little-endian: elsewhere the magic does not match and loading fails.
 */

/** "SLEX" */
export const MAGIC = 0x58454c53;
/** Raise it with every change of the layout, of the folding or of the hash. */
export const VERSION = 3;
export const FILE_NAME = 'lexicon.bin';

/** Words of the header. After `Sections` come offset and length in bytes of each section, in the order of `Section`. */
export const enum Header {
  Magic = 0,
  Version = 1,
  /** Over everything after the header. */
  Checksum = 2,
  Bytes = 3,
  /** Entries in use in the two hash tables; they grow when labels are added. */
  Words = 4,
  Phrases = 5,
  /** Digest of the labels that were compiled in, 0 for none. */
  Labels = 6,
  Sections = 7,
}

export const enum Section {
  Fold = 0,
  Plain = 1,
  CharClass = 2,
  Words = 3,
  Phrases = 4,
  /** Weights of the tagger: see `engine/tagger/weights.ts`. */
  Tagger = 5,
  Count = 6,
}

export const HEADER_BYTES = 80;

/** Words of one entry: `[hash, classes]` and `[state, flags and label, classes]`. */
export const WORD_ENTRY = 2;
export const PHRASE_ENTRY = 3;

/** Second word of a phrase entry: the label's id, and whether longer phrases go on from here or one ends here. */
export const PHRASE_LABEL = 0xffff;
export const PHRASE_PREFIX = 1 << 16;
export const PHRASE_END = 1 << 17;

/** Longest phrase, in tokens. */
export const PHRASE_TOKENS_MAX = 6;

/** First slot to look at in a table with `1 << (32 - shift)` slots; the next ones follow, round the end. */
export const slotOf = (hash: number, shift: number): number => Math.imul(hash, 0x9e3779b1) >>> shift;

/** FNV-1a over 32-bit words. Signed, because code that is not yet compiled boxes every unsigned word above 2^31. */
export function checksumOf(words: Int32Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash >>> 0;
}
