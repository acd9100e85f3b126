/**
 * Turns an input into the one text that is scanned: plain text as it is, JSON and HL7 laid out leaf by leaf behind the
 * words that say what each leaf is; then evasion is folded away. Positions always lead back to the raw input.
 */
import type { Arena } from './arena.js';
import { isHl7, layoutHl7 } from './hl7.js';
import { layoutJson } from './json.js';
import type { NodeTable } from './json-parse.js';
import type { Layout } from './layout.js';
import type { Lexicon } from './lexicon.js';
import { copyText, normalize } from './normalize.js';

export interface Document {
  readonly format: 'text' | 'json' | 'hl7';
  readonly layout: Layout | null;
  readonly nodes: NodeTable | null;
}

const TEXT: Document = { format: 'text', layout: null, nodes: null };

export function readDocument(arena: Arena, lexicon: Lexicon, raw: string): Document {
  const ascii = copyText(arena, raw);
  const json = layoutJson(arena);
  const document: Document =
    json !== null
      ? { format: 'json', layout: json.layout, nodes: json.nodes }
      : isHl7(arena.text, arena.length)
        ? { format: 'hl7', layout: layoutHl7(arena), nodes: null }
        : TEXT;
  if (!ascii || document.format !== 'text') normalize(arena, lexicon, document.format !== 'text');
  return document;
}
