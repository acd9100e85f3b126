/** Labelled documents as the tagger sees them: the keys of each token, and what each is to be taken for. */
import { detectors } from '../../detectors/index.js';
import type { LabelledDocument } from '../../fixtures/corpus/index.js';
import { Arena } from '../../src/engine/arena.js';
import { readDocument } from '../../src/engine/document.js';
import { classify, findLabels } from '../../src/engine/labels.js';
import { readGates } from '../../src/engine/tagger/gate.js';
import { Keys, ownerKeys, PAD, readKeys, readOwner, readSuffix } from '../../src/engine/tagger/keys.js';
import { tokenize } from '../../src/engine/tokens.js';
import { vocabularyOf } from '../../src/engine/vocabulary.js';

export interface Example {
  readonly count: number;
  readonly keys: Keys;
  /** What each token is: 0 nothing, 1 a name, 2 a place, 3 a date; or `IGNORED`. */
  readonly types: Uint8Array;
  /** 1 where a span begins. */
  readonly begins: Uint8Array;
  /** `Gate` bits of each token. */
  readonly gates: Uint8Array;
}

export const IGNORED = 9;
const KEY_ARRAYS = ['word', 'kind', 'rough', 'form', 'suffix', 'owner'] as const;
const TYPES: Readonly<Record<string, number>> = { name: 1, geography: 2, date: 3 };

const vocabulary = vocabularyOf(detectors);
const owners = ownerKeys(vocabulary.labels);
const arena = new Arena(vocabulary.labels);
const scratch = new Keys();

/** The front half of the engine: everything that the tagger may look at. */
function stage(text: string): void {
  arena.year = 2026;
  readDocument(arena, vocabulary.lexicon, text);
  tokenize(arena, vocabulary.lexicon);
  classify(arena, vocabulary.lexicon);
  findLabels(arena, vocabulary);
}

export function exampleOf(document: LabelledDocument): Example {
  stage(document.text);
  const { count, start, end } = arena;
  const written = readKeys(arena, scratch);
  for (let t = 0; t < count; t++) {
    readOwner(arena, owners, scratch, t);
    readSuffix(arena, scratch, t);
  }
  const keys = new Keys();
  const room = count + 2 * PAD + 1;
  for (const field of KEY_ARRAYS) keys[field] = scratch[field].slice(0, room);
  keys.register = scratch.register;
  const types = new Uint8Array(count + 1);
  const begins = new Uint8Array(count + 1);
  const at = (unit: number): number => (arena.mapped ? (arena.from[unit] as number) : unit);
  const behind = (unit: number): number => (arena.mapped ? (arena.to[unit - 1] as number) : unit);
  const mark = (from: number, to: number, type: number): void => {
    let first = true;
    for (let t = 0; t < count; t++) {
      if (behind(end[t]) <= from || at(start[t]) >= to) continue;
      types[t] = type;
      if (first) begins[t] = 1;
      first = false;
    }
  };
  for (const { start: from, end: to, category } of document.spans) {
    const type = TYPES[category];
    if (type === undefined) continue;
    const written = document.text.slice(from, to);
    // Ages, ZIP codes and coordinates have detectors of their own.
    const structured = type === 2 ? !/\p{L}/u.test(written) : type === 3 && /^\d{2,3}\D{0,8}$/.test(written);
    mark(from, to, structured ? IGNORED : type);
  }
  for (const { start: from, end: to } of document.neutral) mark(from, to, IGNORED);
  const gates = new Uint8Array(count);
  readGates(arena, written, gates, new Int32Array(count + 1));
  return { count, keys, types, begins, gates };
}
