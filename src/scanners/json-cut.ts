/**
 * Takes members and elements out of a JSON text by pointer, without writing the rest anew: numbers keep their digits. A
 * pointer may lead on into a string that holds JSON, as tool arguments do.
 */

import { emptyTable, Node, type NodeTable, parseJson } from '../engine/json-parse.js';

/** Nodes of a text, or undefined if it is no object or array. */
function nodesOf(text: string): NodeTable | undefined {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return parseJson(units, text.length, emptyTable()) ?? undefined;
}

/** The text without what the pointers name; undefined if one of them leads nowhere. */
export function cut(text: string, pointers: readonly string[]): string | undefined {
  const nodes = nodesOf(text);
  if (nodes === undefined) return undefined;
  const gone = new Map<number, Set<number>>();
  const within = new Map<number, string[]>();
  for (const pointer of pointers) {
    const end = follow(text, nodes, pointer.split('/').slice(1));
    if (end === undefined) return undefined;
    if (end.rest === '') setAdd(gone, nodes.parent[end.node], end.node);
    else within.set(end.node, [...(within.get(end.node) ?? []), end.rest]);
  }
  const edits: [from: number, to: number, text: string][] = [];
  for (const [node, rest] of within) {
    const inner = cut(JSON.parse(text.slice(nodes.start[node], nodes.end[node])) as string, rest);
    if (inner === undefined) return undefined;
    edits.push([nodes.start[node], nodes.end[node], JSON.stringify(inner)]);
  }
  for (const [container, children] of gone) {
    const kept = childrenOf(nodes, container).filter((child) => !children.has(child));
    const parts = kept.map((child) => text.slice(nodes.start[nodes.key[child] || child], nodes.end[child]));
    edits.push([nodes.start[container] + 1, nodes.end[container] - 1, parts.join(',')]);
  }
  edits.sort(([a], [b]) => b - a);
  let out = text;
  let before = text.length;
  for (const [from, to, written] of edits) {
    // One within another: whoever asks for both asks for what cannot be told apart.
    if (to > before) return undefined;
    out = out.slice(0, from) + written + out.slice(to);
    before = from;
  }
  return out;
}

interface End {
  readonly node: number;
  /** Of the pointer, within the JSON that the node's string holds. */
  readonly rest: string;
}

function follow(text: string, nodes: NodeTable, steps: readonly string[]): End | undefined {
  let node = 0;
  for (const [i, raw] of steps.entries()) {
    if (nodes.kind[node] === Node.String) return { node, rest: `/${steps.slice(i).join('/')}` };
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    const children = childrenOf(nodes, node);
    const next =
      nodes.kind[node] === Node.Array
        ? children[Number(step)]
        : children.find((child) => nameAt(text, nodes, nodes.key[child]) === step);
    if (next === undefined) return undefined;
    node = next;
  }
  return node === 0 ? undefined : { node, rest: '' };
}

/** Values of an object's members, or elements of an array, in their order. */
function childrenOf(nodes: NodeTable, container: number): number[] {
  const children: number[] = [];
  for (let n = container + 1; n < nodes.count; n++)
    if (nodes.parent[n] === container && nodes.kind[n] !== Node.Key) children.push(n);
  return children;
}

function nameAt(text: string, nodes: NodeTable, key: number): string {
  const raw = text.slice(nodes.start[key], nodes.end[key]);
  return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
}

function setAdd(map: Map<number, Set<number>>, key: number, value: number): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}
