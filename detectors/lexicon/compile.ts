/**
 * Turns the word lists and the detectors' labels into the blob that `load.ts` reads. Runs after the TypeScript compiler:
 * `node dist/detectors/lexicon/compile.js`. Deterministic: the same lists give the same bytes.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { detectors } from '../index.js';
import { Char, classOfUnit, DROP, EXPAND, foldUnit, plainUnit } from '../kit/fold.js';
import { hashUnits } from '../kit/hash.js';
import { Lex } from './classes.js';
import {
  checksumOf,
  FILE_NAME,
  HEADER_BYTES,
  Header,
  MAGIC,
  PHRASE_ENTRY,
  PHRASE_TOKENS_MAX,
  Section,
  VERSION,
  WORD_ENTRY,
} from './format.js';
import { enterLabels, labelSet } from './labels.js';
import { addEntry, addWord, attachLexicon, signLabels } from './load.js';
import { unpack } from './sparse.js';

/** Names that a section's header may use. */
const CLASSES: Readonly<Record<string, number>> = {
  GivenTop: Lex.GivenTop,
  Given: Lex.Given,
  SurnameTop: Lex.SurnameTop,
  Surname: Lex.Surname,
  Word: Lex.Word,
  Common: Lex.Common,
  Medical: Lex.Medical,
  Drug: Lex.Drug,
  Eponym: Lex.Eponym,
  City: Lex.City,
  CityTop: Lex.CityTop,
  State: Lex.State,
  StateCode: Lex.StateCode,
  Country: Lex.Country,
  County: Lex.County,
  Street: Lex.Street,
  Facility: Lex.Facility,
  Hospital: Lex.Hospital,
  Month: Lex.Month,
  Weekday: Lex.Weekday,
  Title: Lex.Title,
  Credential: Lex.Credential,
  Relation: Lex.Relation,
  Role: Lex.Role,
  Org: Lex.Org,
  NumberWord: Lex.NumberWord,
  Particle: Lex.Particle,
  Function: Lex.Function,
  NameRare: Lex.NameRare,
  Demonym: Lex.Demonym,
  PlaceWord: Lex.PlaceWord,
  PersonCue: Lex.PersonCue,
};

const WORDS = new URL('../../../detectors/lexicon/words/', import.meta.url);
const OUTPUT = new URL(FILE_NAME, import.meta.url);

/** Loads after compiling. The word table leaves room for the label words that are added at start-up. */
const WORD_LOAD_MAX = 0.6;
const PHRASE_LOAD_MAX = 0.6;
/** Room for the phrases of the detectors' labels. */
const LABEL_ROOM = 64_000;
const UNITS = 0x10000;
const WEIGHTS = new URL('../../../detectors/tagger/weights.bin', import.meta.url);
const weights = unpack(readFileSync(WEIGHTS));

const fold = Uint16Array.from({ length: UNITS }, (_, code) => foldUnit(code));
const plain = Uint16Array.from({ length: UNITS }, (_, code) => plainUnit(code));
const charClass = Uint8Array.from({ length: UNITS }, (_, code) => classOfUnit(code));

interface Entry {
  readonly hashes: readonly number[];
  /** Folded text, to tell a collision from a repetition. */
  readonly text: string;
  readonly classes: number;
}

/** Cuts an entry as the engine cuts a text: runs of letters and digits. */
function tokensOf(entry: string): string[] {
  const tokens: string[] = [];
  let token = '';
  for (const char of entry.normalize('NFC')) {
    const expanded = plain[char.charCodeAt(0)] === EXPAND ? char.normalize('NFKC') : char;
    for (let i = 0; i < expanded.length; i++) {
      const unit = plain[expanded.charCodeAt(i)];
      if (unit === DROP) continue;
      const kind: Char = charClass[unit];
      if (kind >= Char.Lower && kind <= Char.Digit) {
        token += String.fromCharCode(fold[unit]);
      } else if (token !== '') {
        tokens.push(token);
        token = '';
      }
    }
  }
  if (token !== '') tokens.push(token);
  return tokens;
}

function hashOfToken(token: string): number {
  const units = Uint16Array.from(token, (char) => char.charCodeAt(0));
  return hashUnits(units, 0, units.length);
}

/** One list: `#` comments, `[Class Class]` headers, one entry a line under the header whose classes it gets. */
function* entriesOf(name: string): Generator<Entry> {
  let classes = 0;
  let number = 0;
  for (const line of readFileSync(new URL(name, WORDS), 'utf8').split('\n')) {
    number++;
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const where = `${name}:${number}`;
    if (text.startsWith('[')) {
      classes = 0;
      for (const part of text.slice(1, -1).split(' ')) {
        const bit = CLASSES[part];
        if (bit === undefined) throw new Error(`${where}: no such class: ${part}`);
        classes |= bit;
      }
      continue;
    }
    if (classes === 0) throw new Error(`${where}: an entry before the first [Class] header`);
    const tokens = tokensOf(text);
    if (tokens.length === 0 || tokens.length > PHRASE_TOKENS_MAX) {
      throw new Error(`${where}: an entry has 1 to ${PHRASE_TOKENS_MAX} tokens, not ${tokens.length}`);
    }
    yield { hashes: tokens.map(hashOfToken), text: tokens.join(' '), classes };
  }
}

const capacityFor = (count: number, load: number): number => 2 ** Math.ceil(Math.log2(count / load));
const align = (bytes: number): number => (bytes + 7) & ~7;

/** A buffer with header and empty tables. */
function layOut(words: number, phrases: number): SharedArrayBuffer {
  const sizes: Record<Exclude<Section, Section.Count>, number> = {
    [Section.Fold]: fold.byteLength,
    [Section.Plain]: plain.byteLength,
    [Section.CharClass]: charClass.byteLength,
    [Section.Words]: words * WORD_ENTRY * 4,
    [Section.Phrases]: phrases * PHRASE_ENTRY * 4,
    [Section.Tagger]: weights.byteLength,
  };
  const header = new Uint32Array(HEADER_BYTES / 4);
  let end = HEADER_BYTES;
  for (const [section, size] of Object.entries(sizes)) {
    header[Header.Sections + 2 * Number(section)] = end;
    header[Header.Sections + 2 * Number(section) + 1] = size;
    end = align(end + size);
  }
  header[Header.Magic] = MAGIC;
  header[Header.Version] = VERSION;
  header[Header.Bytes] = end;
  const buffer = new SharedArrayBuffer(end);
  new Uint32Array(buffer).set(header);
  return buffer;
}

function compile(): void {
  const words = new Map<string, Entry>();
  const phrases = new Map<string, Entry>();
  const heads = new Set<string>();
  let prefixes = 0;
  for (const name of readdirSync(WORDS)
    .filter((file) => file.endsWith('.txt'))
    .sort()) {
    for (const entry of entriesOf(name)) {
      const entries = entry.hashes.length === 1 ? words : phrases;
      const before = entries.get(entry.text);
      entries.set(entry.text, before ? { ...before, classes: before.classes | entry.classes } : entry);
      if (entries === phrases) heads.add(entry.text.slice(0, entry.text.indexOf(' ')));
      prefixes += Math.max(0, entry.hashes.length - 2);
    }
  }
  const buffer = layOut(
    capacityFor(words.size + heads.size, WORD_LOAD_MAX),
    capacityFor(phrases.size + prefixes + LABEL_ROOM, PHRASE_LOAD_MAX),
  );
  const lexicon = attachLexicon(buffer);
  lexicon.fold.set(fold);
  lexicon.plain.set(plain);
  lexicon.charClass.set(charClass);
  new Uint8Array(buffer, lexicon.tagger.byteOffset, weights.length).set(weights);
  for (const { hashes, classes } of words.values()) addWord(lexicon, hashes[0], classes);
  for (const { hashes, classes } of phrases.values()) addEntry(lexicon, hashes, classes);

  const conflicts = enterLabels(lexicon, detectors);
  if (conflicts.length > 0) process.stderr.write(`labels claimed twice:\n${conflicts.join('\n')}\n`);
  signLabels(lexicon, labelSet(detectors).digest);

  const header = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
  header[Header.Checksum] = checksumOf(new Int32Array(buffer, HEADER_BYTES));
  writeFileSync(OUTPUT, new Uint8Array(buffer));
  report(words, phrases, header);
}

/** Says what went in, so that a list that was cut or doubled by mistake is seen. */
function report(words: Map<string, Entry>, phrases: Map<string, Entry>, header: Uint32Array): void {
  const hashes = new Set([...words.values()].map((entry) => entry.hashes[0]));
  const counts = Object.entries(CLASSES).map(([name, bit]) => {
    let count = 0;
    for (const entries of [words, phrases]) for (const entry of entries.values()) if (entry.classes & bit) count++;
    return `${name} ${count}`;
  });
  const size = (header[Header.Bytes] / 1e6).toFixed(1);
  process.stdout.write(
    `lexicon: ${words.size} words (${words.size - hashes.size} collide), ${phrases.size} phrases, ${size} MB\n${counts.join(', ')}\n`,
  );
}

compile();
