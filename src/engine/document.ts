/**
 * Turns an input into the one text that is scanned: plain text as it is; JSON, HL7 and tables laid out leaf by leaf behind the
 * words that say what each leaf is; then evasion is folded away. Positions always lead back to the raw input.
 */
import type { Arena } from './arena.js';
import { isHl7, layoutHl7 } from './hl7.js';
import { layoutJson } from './json.js';
import type { NodeTable } from './json-parse.js';
import type { Layout } from './layout.js';
import type { Lexicon } from './lexicon.js';
import { copyText, normalize } from './normalize.js';
import { layoutTable } from './table.js';

export interface Document {
  readonly format: 'text' | 'json' | 'hl7' | 'table';
  readonly layout: Layout | null;
  readonly nodes: NodeTable | null;
}

const TEXT: Document = { format: 'text', layout: null, nodes: null };

export function readDocument(arena: Arena, lexicon: Lexicon, raw: string): Document {
  const ascii = copyText(arena, raw);
  const document = layOut(arena, raw);
  const laidOut = document.layout !== null;
  if (!ascii || laidOut) normalize(arena, lexicon, laidOut);
  // Whoever looks one unit ahead must not see what an earlier document has left there.
  arena.text[arena.length] = 0;
  arena.text[arena.length + 1] = 0;
  return document;
}

function layOut(arena: Arena, raw: string): Document {
  const json = layoutJson(arena, raw);
  if (json !== null) return { format: 'json', ...json };
  if (isHl7(arena.text, arena.length)) return { format: 'hl7', layout: layoutHl7(arena), nodes: null };
  const table = layoutTable(arena, raw);
  return table === null ? TEXT : { format: 'table', layout: table, nodes: null };
}
