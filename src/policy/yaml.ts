/**
 * YAML text to a plain tree in which every key and value knows its place. Strict and linear on hostile text: size and depth
 * are bounded before anything recurses, and anchors, tags, second documents and double keys are refused.
 */
import { isUtf8 } from 'node:buffer';
import { Composer, type CST, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, Parser } from 'yaml';
import { policyBytesMax, policyDepthMax } from '../limits.js';
import type { Place, ProblemCode } from './problem.js';

/** What a value is, without places: objects have no prototype. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export interface Located {
  readonly value: Plain;
  /** The place of the key or value at this path, or of the nearest one above it that is there. */
  placeOf(path: readonly PropertyKey[], of?: 'key' | 'value'): Place;
}

export interface Refusal {
  readonly code: ProblemCode;
  readonly place: Place;
}

interface Spot {
  readonly key: number;
  readonly value: number;
  readonly below: ReadonlyMap<string, Spot>;
}

const START: Place = { line: 1, column: 1 };

/** Either a tree, or what speaks against one. */
export function readYaml(input: string | Uint8Array, bytesMax = policyBytesMax): Located | readonly Refusal[] {
  const refused = (code: ProblemCode, place = START): readonly Refusal[] => [{ code, place }];
  if ((typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength) > bytesMax) return refused('too-large');
  if (typeof input !== 'string' && !isUtf8(input)) return refused('not-utf8');
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('utf8');
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return line === 0 ? START : { line, column: col };
  };
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const early = refusedEarly(tokens);
  if (early !== undefined) return refused(early.code, place(early.at));
  // Double keys are looked for below, in one pass: the library compares each with each.
  const [document] = composed(tokens);
  if (document === undefined) return refused('yaml-invalid');
  const tree = new Tree();
  for (const { pos } of document.errors) tree.refuse('yaml-invalid', pos[0]);
  const value = tree.errors.length > 0 ? null : tree.read(document.contents);
  if (tree.errors.length > 0) return tree.errors.map(({ code, at }) => ({ code, place: place(at) }));
  const root: Spot = { key: 0, value: document.contents?.range?.[0] ?? 0, below: tree.below };
  return {
    value,
    placeOf(path, of = 'value') {
      let spot = root;
      let reached = 0;
      for (const name of path) {
        const next = spot.below.get(String(name));
        if (next === undefined) break;
        spot = next;
        reached++;
      }
      return place(of === 'key' && reached === path.length ? spot.key : spot.value);
    },
  };
}

/** What need not be composed to be refused, and would be dear: errors and documents by the thousand, depth. */
function refusedEarly(tokens: readonly CST.Token[]): { readonly code: ProblemCode; readonly at: number } | undefined {
  let documents = 0;
  for (const { type, offset } of tokens) {
    if (type === 'error') return { code: 'yaml-invalid', at: offset };
    if (type === 'directive') return { code: 'yaml-directive', at: offset };
    if (type === 'document' && ++documents > 1) return { code: 'yaml-many', at: offset };
  }
  const deep = tooDeep(tokens);
  return deep === undefined ? undefined : { code: 'too-deep', at: deep };
}

/** The library makes an error for each thing that is wrong, and the trace of each would cost more than all the rest. */
function composed(tokens: readonly CST.Token[]) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return [...new Composer({ uniqueKeys: false, merge: false, version: '1.2' }).compose(tokens)];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

class Tree {
  readonly errors: { readonly code: ProblemCode; readonly at: number }[] = [];
  /** Of what was read last. */
  below: ReadonlyMap<string, Spot> = new Map();

  refuse(code: ProblemCode, at: number): null {
    this.errors.push({ code, at });
    return null;
  }

  /** Recursion is bounded: the depth was looked at before. */
  read(node: unknown): Plain {
    this.below = new Map();
    if (node === null || node === undefined) return null;
    const at = (node as Node).range?.[0] ?? 0;
    if (isAlias(node)) return this.refuse('yaml-anchor', at);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return this.refuse('yaml-invalid', at);
    if (node.anchor !== undefined) return this.refuse('yaml-anchor', at);
    if (node.tag !== undefined) return this.refuse('yaml-tag', at);
    if (isScalar(node)) return this.scalar(node.value, at);
    const below = new Map<string, Spot>();
    const value = isSeq(node) ? this.list(node.items, below) : this.map(node.items, below);
    this.below = below;
    return value;
  }

  private scalar(value: unknown, at: number): Plain {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    return typeof value === 'number' && Number.isFinite(value) ? value : this.refuse('type-wrong', at);
  }

  private list(items: readonly unknown[], below: Map<string, Spot>): Plain {
    return items.map((item, i) => {
      const at = (item as Node | null)?.range?.[0] ?? 0;
      const value = this.read(item);
      below.set(String(i), { key: at, value: at, below: this.below });
      return value;
    });
  }

  private map(pairs: readonly { readonly key: unknown; readonly value: unknown }[], below: Map<string, Spot>): Plain {
    const object: Record<string, Plain> = Object.create(null);
    for (const { key, value } of pairs) {
      const at = (key as Node | null)?.range?.[0] ?? 0;
      const name = this.read(key);
      if (typeof name !== 'string') this.refuse('type-wrong', at);
      else if (name === '__proto__') this.refuse('key-unknown', at);
      else if (below.has(name)) this.refuse('key-duplicate', at);
      else {
        object[name] = this.read(value);
        below.set(name, { key: at, value: (value as Node | null)?.range?.[0] ?? at, below: this.below });
      }
    }
    return object;
  }
}

/** Where it nests deeper than the bound; the walk keeps its own stack. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const stack: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { token, depth } = next;
    if (depth > policyDepthMax) return token.offset;
    if (token.type === 'document') {
      if (token.value !== undefined) stack.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const { key, value } of token.items) {
        if (key) stack.push({ token: key, depth: depth + 1 });
        if (value) stack.push({ token: value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}
