/**
 * Lays a JSON document out for scanning: every string, number and key, each behind the words that say what it is (the
 * keys above it, and what its siblings call it), whatever the order of keys. JSON within a string is opened in turn.
 */
import { nestedJsonDepthMax } from '../limits.js';
import type { Arena } from './arena.js';
import { emptyTable, Node, type NodeTable, parseJson } from './json-parse.js';
import { type Designation, designate, isFrom, isResource, isTyping, KeyWords, type Source } from './json-words.js';
import { Layout, type Segment } from './layout.js';

/** Keys that say nothing by themselves. `value…` does not either. */
const GENERIC = new Set(
  (
    'answer content number id identifier val v data text input response result template hash sample embedding vector scan ' +
    'idvalue id_value idnumber id_number documentnumber document_number reading'
  ).split(' '),
);
/** Keys above a leaf that are said. */
const ANCESTORS_MAX = 2;

/** Lays the arena's text out anew if it is JSON; null (and the arena as it was) if it is not. */
export function layoutJson(arena: Arena, raw: string): { layout: Layout; nodes: NodeTable } | null {
  const first = firstSign(arena.text, arena.length);
  if (first !== 0x7b && first !== 0x5b) return null;
  const nodes = parseJson(arena.text, arena.length, arena.nodes);
  if (nodes === null) return null;
  const units = arena.text.slice(0, arena.length);
  const layout = new Layout(arena);
  layOut(layout, { text: raw, units, length: units.length, from: null, to: null, nest: 0 }, nodes, -1);
  layout.finish();
  return { layout, nodes };
}

function firstSign(units: Uint16Array, length: number): number {
  let i = 0;
  while (i < length && (units[i] === 0x20 || (units[i] >= 9 && units[i] <= 13))) i++;
  return i < length ? units[i] : 0;
}

/** `node` is the outermost node that nested JSON stands in, or -1 at the outside. */
function layOut(layout: Layout, source: Source, nodes: NodeTable, node: number): void {
  const words = new KeyWords(source, nodes);
  const designations = designate(nodes, words);
  const quote = `${'\\'.repeat(2 ** source.nest - 1)}"`;
  for (let n = 0; n < nodes.count; n++) {
    const kind = nodes.kind[n];
    if (kind === Node.Key) continue;
    const key = nodes.key[n];
    // Objects, arrays, true, false and null have no text of their own, but their key has.
    const bare = kind !== Node.String && kind !== Node.Number;
    if (bare && key === 0) continue;
    layout.mark();
    ancestors(layout, nodes, words, designations, n);
    if (key > 0) {
      if (!bare) describe(layout, designations.get(nodes.parent[n]), words.folded(key));
      leaf(layout, source, nodes, key, 'key', node, quote);
      // The words of patientName after the key itself, so that labels are found in them.
      const split = words.of(key);
      if (split.includes(' ') && !words.raw(key).includes(' ')) {
        layout.space();
        layout.context(split);
      }
    } else {
      const holder = words.holder(n);
      if (holder > 0) layout.context(words.of(holder));
    }
    if (bare) continue;
    layout.key();
    const begin = layout.arena.length;
    leaf(layout, source, nodes, n, kind === Node.Number ? 'number' : 'string', node, quote);
    if (kind === Node.String && source.nest < nestedJsonDepthMax)
      openNested(layout, begin, source.nest, node < 0 ? n : node);
  }
}

/** What the siblings of a value under a general key say that it is. An `id` is told by types, not by names and texts. */
function describe(layout: Layout, designations: readonly Designation[] | undefined, key: string): void {
  if (designations === undefined || !isGeneric(key)) return;
  for (const designation of designations)
    if (!isFrom(designation, key) && (key !== 'id' || isTyping(designation))) layout.context(designation.words);
}

/** Up to two keys above a leaf, farthest first. */
function ancestors(
  layout: Layout,
  nodes: NodeTable,
  words: KeyWords,
  designations: ReadonlyMap<number, readonly Designation[]>,
  n: number,
): void {
  const above: string[] = [];
  const generic = nodes.key[n] > 0 && isGeneric(words.folded(nodes.key[n]));
  let at = nodes.key[n] === 0 ? words.holderNode(n) : n;
  for (let steps = 0; above.length < ANCESTORS_MAX && steps < 2 * ANCESTORS_MAX + 2; steps++) {
    const parent = nodes.parent[at];
    if (parent === at) break;
    at = parent;
    const key = nodes.key[at];
    if (key > 0) above.unshift(words.of(key));
    // The identifiers of a FHIR resource are those of its kind: a Coverage's, an Account's.
    if (generic && above[0] === 'identifier')
      above.unshift(...(designations.get(nodes.parent[at]) ?? []).filter(isResource).map(said));
  }
  for (const key of above) layout.context(key);
}

/** Writes one key, string or number with its positions, escapes resolved. */
function leaf(
  layout: Layout,
  source: Source,
  nodes: NodeTable,
  n: number,
  kind: Segment['kind'],
  outer: number,
  quote: string,
): void {
  const quoted = kind === 'number' ? 0 : 1;
  const begin = nodes.start[n] + quoted;
  const finish = nodes.end[n] - quoted;
  layout.reserve(finish - begin + 1);
  const { units, from, to } = source;
  if (finish > begin)
    layout.segments.push({
      from: from === null ? begin : from[begin],
      to: to === null ? finish : to[finish - 1],
      kind,
      node: outer < 0 ? n : outer,
      quote,
    });
  for (let i = begin; i < finish; ) {
    let unit = units[i];
    let next = i + 1;
    if (unit === 0x5c && quoted === 1) {
      next = i + 2;
      unit = units[i + 1];
      if (unit === 0x75) {
        unit = Number.parseInt(source.text.slice(i + 2, i + 6), 16);
        next = i + 6;
      } else unit = ESCAPED.get(unit) ?? unit;
    }
    layout.copy(unit, from === null ? i : from[i], to === null ? next : to[next - 1]);
    i = next;
  }
}

const ESCAPED = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

/** The string that was just laid out from `begin` on is laid out anew if it is itself JSON. */
function openNested(layout: Layout, begin: number, nest: number, node: number): void {
  const { arena } = layout;
  const first = firstSign(arena.text.subarray(begin), arena.length - begin);
  if (first !== 0x7b && first !== 0x5b) return;
  const units = arena.text.slice(begin, arena.length);
  const nodes = parseJson(units, units.length, emptyTable());
  if (nodes === null) return;
  const from = arena.from.slice(begin, arena.length);
  const to = arena.to.slice(begin, arena.length);
  arena.length = begin;
  layout.segments.pop();
  layOut(layout, { text: textOf(units), units, length: units.length, from, to, nest: nest + 1 }, nodes, node);
}

const CHUNK_UNITS = 1 << 13;

function textOf(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK_UNITS)
    text += String.fromCharCode(...units.subarray(at, at + CHUNK_UNITS));
  return text;
}

const said = ({ words }: Designation): string => words;

function isGeneric(key: string): boolean {
  return key.startsWith('value') || GENERIC.has(key);
}
