/**
 * The words that JSON keys and siblings say about a value: keys split into words, the key that governs an array's elements,
 * and what an object's own strings call its values.
 */
import { IDENTIFIER_TYPES } from '../../detectors/kit/hl7.js';
import { Node, type NodeTable } from './json-parse.js';
import { splitWords } from './layout.js';

/** Keys whose string says what a sibling value is, most telling first. */
const DESIGNATING = (
  'text display type idtype id_type documenttype document_type label name title kind field attribute property param parameter element modality ' +
  'method question prompt key k system code url use resourcetype payer insurer carrier'
).split(' ');
/** Keys whose value names who pays: beside them an id is the member's. */
const PAYING = ['payer', 'insurer', 'carrier'];
/** Those that say a type rather than a name. */
const TYPING = new Set([
  'type',
  'idtype',
  'id_type',
  'documenttype',
  'document_type',
  'kind',
  'modality',
  'system',
  'code',
  'use',
  'label',
  'resourcetype',
  ...PAYING,
]);
const DESIGNATION_RANK = new Map(DESIGNATING.map((key, rank) => [key, rank]));
/** Objects under these keys describe their parent: `{"type": {"text": "MRN"}, "value": "…"}`. */
const DESCRIBING = new Set(['type', 'code', 'coding', 'identifiertype', 'valuecodeableconcept', 'question', 'kind']);
/** Designations kept per object; more would let one object cost quadratic time. */
const DESIGNATIONS_MAX = 6;
/** Arrays within arrays through which a key still names the elements. */
const ARRAYS_MAX = 4;

/** JSON text as it is read: the input itself, or a string within it. */
export interface Source {
  /** The text itself. */
  text: string;
  units: Uint16Array;
  length: number;
  /** Raw positions of the units; null where they are the raw input itself. */
  from: Uint32Array | null;
  to: Uint32Array | null;
  nest: number;
}

/** The words of keys, split once per key, and the key that governs an array's elements. */
export class KeyWords {
  private readonly cache = new Map<number, string>();

  constructor(
    private readonly source: Source,
    private readonly nodes: NodeTable,
  ) {}

  raw(n: number): string {
    const begin = this.nodes.start[n] + 1;
    const finish = Math.min(this.nodes.end[n] - 1, begin + 64);
    return this.source.text.slice(begin, finish);
  }

  of(key: number): string {
    let words = this.cache.get(key);
    if (words === undefined) {
      words = splitWords(this.raw(key));
      this.cache.set(key, words);
    }
    return words;
  }

  folded(key: number): string {
    return this.raw(key).toLowerCase();
  }

  /** The nearest enclosing array's owner that has a key, for an element without one. */
  holderNode(n: number): number {
    const { key, kind, parent } = this.nodes;
    let at = n;
    for (let climb = 0; climb < ARRAYS_MAX && key[at] === 0 && kind[parent[at]] === Node.Array; climb++)
      at = parent[at];
    return at;
  }

  holder(n: number): number {
    return this.nodes.key[this.holderNode(n)];
  }
}

export interface Designation {
  rank: number;
  words: string;
}

/** For each object, what its own strings (or those of a describing child) say that its values are. */
export function designate(nodes: NodeTable, words: KeyWords): Map<number, Designation[]> {
  const found = new Map<number, Designation[]>();
  for (let n = 0; n < nodes.count; n++) {
    if (nodes.kind[n] !== Node.String) continue;
    const key = nodes.key[n];
    if (key === 0) continue;
    const rank = DESIGNATION_RANK.get(words.folded(key));
    if (rank === undefined) continue;
    const said = sayable(words.raw(n), rank);
    if (said === '') continue;
    let object = nodes.parent[n];
    for (let climb = 0; climb < 4; climb++) {
      const list = found.get(object);
      if (list === undefined) found.set(object, [{ rank, words: said }]);
      else if (list.length < DESIGNATIONS_MAX) list.push({ rank, words: said });
      const holder = words.holderNode(object);
      const above = nodes.key[holder];
      if (above === 0 || !DESCRIBING.has(words.folded(above))) break;
      object = nodes.parent[holder];
    }
  }
  for (const list of found.values()) list.sort((a, b) => b.rank - a.rank || (a.words < b.words ? -1 : 1));
  return found;
}

/** The words of a designating string: the last part of a URL, the meaning of a known type code. */
function sayable(raw: string, rank: number): string {
  const key = DESIGNATING[rank];
  if (PAYING.includes(key)) return 'insurance';
  if (key === 'url' || key === 'system') {
    const last = raw.slice(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf(':'), raw.lastIndexOf('#')) + 1);
    return /\d{2}/.test(last) ? '' : splitWords(last);
  }
  return IDENTIFIER_TYPES.get(raw) ?? splitWords(raw);
}

/** Whether a designation says a type rather than a name. */
export function isTyping({ rank }: Designation): boolean {
  return TYPING.has(DESIGNATING[rank]);
}

/** Whether a designation says what FHIR resource the object is. */
export function isResource({ rank }: Designation): boolean {
  return DESIGNATING[rank] === 'resourcetype';
}

/** Whether a designation is what a key itself says: `{"label": "MRN", "text": "…"}`. */
export function isFrom({ rank }: Designation, key: string): boolean {
  return DESIGNATING[rank] === key;
}
