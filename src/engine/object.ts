/**
 * JSON values handed to the SDK: written out, scanned as text and read back, so that there is one way through the engine;
 * findings then name the leaf by JSON pointer and count from the leaf's beginning.
 */
import { SluiceError } from '../errors.js';
import type { Document } from './document.js';
import type { Finding, Located } from './finding.js';
import { Node, type NodeTable } from './json-parse.js';
import type { Segment } from './layout.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function read(value: Json): string {
  try {
    const text = JSON.stringify(value);
    if (typeof text === 'string') return text;
  } catch (error) {
    if (error instanceof RangeError) throw new SluiceError('JSON_TOO_DEEP');
  }
  throw new SluiceError('OPTION_INVALID', { subject: 'content is not JSON' });
}

export function write(text: string): Json {
  return JSON.parse(text) as Json;
}

/** Findings by pointer, with offsets within the leaf as the program sees it. */
export function pointed(raw: string, document: Document, located: readonly Located[]): Finding[] {
  const { nodes } = document;
  const ordinals = nodes === null ? null : elementOrdinals(nodes);
  return located.map(({ start, end, category, kind, rule, confidence, segment }) => {
    if (nodes === null || ordinals === null || segment === undefined)
      return { start, end, category, kind, rule, confidence };
    const begin = leafBegin(nodes, segment);
    return {
      start: unescapedLength(raw, begin, start),
      end: unescapedLength(raw, begin, end),
      category,
      kind,
      rule,
      confidence,
      pointer: pointerTo(raw, nodes, ordinals, segment.node),
    };
  });
}

function leafBegin(nodes: NodeTable, segment: Segment): number {
  const begin = nodes.start[segment.node];
  return nodes.kind[segment.node] === Node.Number ? begin : begin + 1;
}

function unescapedLength(raw: string, from: number, to: number): number {
  const piece = raw.slice(from, to);
  return piece.includes('\\') ? (JSON.parse(`"${piece}"`) as string).length : piece.length;
}

/** Each element's place in its array. */
function elementOrdinals(nodes: NodeTable): Uint32Array {
  const ordinals = new Uint32Array(nodes.count);
  const seen = new Uint32Array(nodes.count);
  for (let n = 1; n < nodes.count; n++) {
    if (nodes.kind[n] === Node.Key) continue;
    const parent = nodes.parent[n];
    ordinals[n] = seen[parent];
    seen[parent] = seen[parent] + 1;
  }
  return ordinals;
}

function pointerTo(raw: string, nodes: NodeTable, ordinals: Uint32Array, node: number): string {
  const steps: string[] = [];
  for (let n = node; n !== 0; n = nodes.parent[n]) {
    const key = nodes.kind[n] === Node.Key ? n : nodes.key[n];
    if (key === 0) steps.push(String(ordinals[n]));
    else {
      const name = JSON.parse(raw.slice(nodes.start[key], nodes.end[key])) as string;
      steps.push(name.replaceAll('~', '~0').replaceAll('/', '~1'));
    }
  }
  return steps
    .map((step) => `/${step}`)
    .reverse()
    .join('');
}
