/**
 * The working memory of one engine: typed arrays that hold the document being read, grown when a document needs it and
 * cut back after an unusually large one. An arena is the `Doc` that detectors see; it serves one document at a time.
 */
import type { Doc, Label } from '../../detectors/contract.js';
import { emptyTable } from './json-parse.js';

/** Arrays larger than this many units are given back after use. */
const RETAINED_UNITS_MAX = 1 << 20;
const RETAINED_NODES_MAX = 1 << 16;
const UNITS_MIN = 1 << 14;
/** Powers of two: how many words are remembered, and the numbers kept of each, the last of them for alignment. */
export const RECENT_WORDS = 1 << 14;
export const RECENT_ENTRY = 4;

export class Arena implements Doc {
  text = new Uint16Array(UNITS_MIN);
  /** The memory of `text`, as bytes for native copies and as pairs of units for tests on many at once. */
  bytes = Buffer.from(this.text.buffer);
  pairs = new Int32Array(this.text.buffer);
  length = 0;
  /** Where each unit of `text` begins and ends in the raw input; only valid when `mapped`. */
  from = new Uint32Array(0);
  to = new Uint32Array(0);
  mapped = false;
  /** The nodes of the document, where it is JSON. */
  nodes = emptyTable();

  count = 0;
  start = new Int32Array(0);
  end = new Int32Array(0);
  shape = new Uint8Array(0);
  gap = new Uint8Array(0);
  hash = new Int32Array(0);
  lex = new Int32Array(0);
  /** What the tagger asks of a word: see `roleOf`. */
  role = new Int32Array(0);
  label = new Uint16Array(0);
  owner = new Uint16Array(0);
  value = new Int32Array(0);
  flags = new Uint8Array(0);
  /** How many tokens have each shape. */
  readonly shapes = new Int32Array(32);
  cue = new Uint8Array(0);
  cueStart = new Int32Array(0);
  cueEnd = new Int32Array(0);
  cueProof = new Uint8Array(0);
  tags = new Uint8Array(0);
  sure = new Uint8Array(0);
  /** The tokens that can begin a phrase, in order. */
  heads = new Int32Array(0);
  headCount = 0;
  /**
   * Hash, classes and role of the words looked up last, by the end of the hash. The whole table is far larger than a processor's
   * near memory, and most words of a text come again.
   */
  readonly recent = new Int32Array(RECENT_ENTRY * RECENT_WORDS);

  year = 0;

  constructor(readonly labels: readonly Label[]) {
    this.growTokens(UNITS_MIN / 4);
  }

  /** Makes room for `units` code units and two zeros behind them; what was there is kept. */
  growText(units: number): void {
    if (units + 2 <= this.text.length) return;
    const text = new Uint16Array(roomFor(units + 2));
    text.set(this.text.subarray(0, this.length));
    this.useText(text);
  }

  private useText(text: Uint16Array<ArrayBuffer>): void {
    this.text = text;
    this.bytes = Buffer.from(text.buffer);
    this.pairs = new Int32Array(text.buffer);
  }

  /** Makes room for as many map entries as `text` has units; what was there is kept. */
  growMap(): void {
    if (this.from.length >= this.text.length) return;
    const from = new Uint32Array(this.text.length);
    const to = new Uint32Array(this.text.length);
    from.set(this.from);
    to.set(this.to);
    this.from = from;
    this.to = to;
  }

  growTokens(tokens: number): void {
    if (tokens + 1 < this.start.length) return;
    const room = roomFor(tokens + 1);
    this.start = grown(this.start, new Int32Array(room));
    this.end = grown(this.end, new Int32Array(room));
    this.shape = grown(this.shape, new Uint8Array(room));
    this.gap = grown(this.gap, new Uint8Array(room));
    this.hash = grown(this.hash, new Int32Array(room));
    this.lex = grown(this.lex, new Int32Array(room));
    this.role = grown(this.role, new Int32Array(room));
    this.label = grown(this.label, new Uint16Array(room));
    this.owner = grown(this.owner, new Uint16Array(room));
    this.value = grown(this.value, new Int32Array(room));
    this.flags = grown(this.flags, new Uint8Array(room));
    this.tags = grown(this.tags, new Uint8Array(room));
    this.sure = grown(this.sure, new Uint8Array(room));
    this.cue = grown(this.cue, new Uint8Array(room));
    this.cueStart = grown(this.cueStart, new Int32Array(room));
    this.cueEnd = grown(this.cueEnd, new Int32Array(room));
    this.cueProof = grown(this.cueProof, new Uint8Array(room));
    this.heads = new Int32Array(room);
  }

  /** Forgets the document, and gives memory back that only a very large one needed. */
  release(): void {
    this.length = 0;
    this.count = 0;
    if (this.nodes.kind.length > RETAINED_NODES_MAX) this.nodes = emptyTable();
    if (this.text.length <= RETAINED_UNITS_MAX) return;
    this.useText(new Uint16Array(UNITS_MIN));
    this.from = new Uint32Array(0);
    this.to = new Uint32Array(0);
    this.start = new Int32Array(0);
    this.growTokens(UNITS_MIN / 4);
  }
}

function roomFor(units: number): number {
  let room = UNITS_MIN;
  while (room < units + 1) room *= 2;
  return room;
}

function grown<T extends Uint8Array | Uint16Array | Int32Array>(old: T, fresh: T): T {
  fresh.set(old.subarray(0, Math.min(old.length, fresh.length)));
  return fresh;
}
