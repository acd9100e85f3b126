/**
 * A result that holds several patients (a list, a bundle, a batch of HL7 messages, a table) taken apart into the stretches that
 * belong to one each: by its structure, and by the chart's number in each part. Pure; what is not the subject's is for a rule to
 * take out. What has no number of its own belongs to nobody among several, and so not to the subject.
 */
import type { Finding } from '../engine/finding.js';
import { emptyTable, Node, type NodeTable, parseJson } from '../engine/json-parse.js';
import { patientId } from './canonical.js';

/** Most stretches; what goes past it is one more that belongs to nobody. */
export const segmentsMax = 10_000;

export interface Segment {
  readonly start: number;
  readonly end: number;
  /** The chart's number in it, as it is compared; empty if there is none, or more than one. */
  readonly patient: string;
}

export interface Mixture {
  /** In the order of the text, and only if there are several patients. */
  readonly segments: readonly Segment[];
  /** How many patients: a rule may call many of them a bulk retrieval. */
  readonly patients: number;
}

const NONE: Mixture = { segments: [], patients: 0 };

interface Mark {
  readonly at: number;
  readonly patient: string;
}

/** Findings are in the order of the text. */
export function mixtureOf(findings: readonly Finding[], text: string): Mixture {
  const marks = findings
    .filter(({ category, kind }) => category === 'mrn' || (category === 'other-id' && kind === 'resource'))
    .map(({ start, end }) => ({ at: start, patient: patientId(text.slice(start, end)) }))
    .filter(({ patient }) => patient !== '');
  const patients = new Set(marks.map(({ patient }) => patient)).size;
  if (patients < 2) return { ...NONE, patients };
  const parts = partsOf(text, marks);
  const bounded = parts.slice(0, segmentsMax);
  if (parts.length > segmentsMax) bounded.push([parts[segmentsMax][0], text.length]);
  // Text flows from one paragraph to the next; elements of a list and messages of a batch stand for themselves.
  return { segments: owned(bounded, marks, !/^\s*[[{]/.test(text) && !HL7.test(text)), patients };
}

/** The stretches that are not the subject's: what may not pass in a message about the subject. */
export function notOf({ segments }: Mixture, subject: readonly string[]): readonly Segment[] {
  const own = new Set(subject.map(patientId));
  return segments.filter(({ patient }) => !own.has(patient));
}

type Part = readonly [start: number, end: number];

function partsOf(text: string, marks: readonly Mark[]): readonly Part[] {
  if (/^\s*[[{]/.test(text)) {
    const nodes = parseJson(unitsOf(text), text.length, emptyTable());
    if (nodes !== null) return elements(nodes, marks);
  }
  if (HL7.test(text)) return cutBefore(text, text.includes('MSH|') ? /(?<![^\r\n\v])MSH\|/g : /(?<![^\r\n\v])PID\|/g);
  // Paragraphs; where one of them holds several patients, each line is a row of a table or a list.
  return cutBehind(text, /\n[ \t\r]*\n/g, 0, text.length).flatMap(([start, end]) =>
    patientsIn([start, end], marks).size > 1 ? cutBehind(text, /\n/g, start, end) : [[start, end] as const],
  );
}

const HL7 = /^\v?(?:MSH|FHS|BHS|PID)\|/;

/** Elements of the outermost arrays that hold several patients. */
function elements({ count, kind, start, end, parent }: NodeTable, marks: readonly Mark[]): Part[] {
  const children = new Map<number, Part[]>();
  for (let n = 1; n < count; n++) {
    if (kind[parent[n]] !== Node.Array) continue;
    const known = children.get(parent[n]);
    const part = [start[n], end[n]] as const;
    if (known === undefined) children.set(parent[n], [part]);
    else known.push(part);
  }
  const parts: Part[] = [];
  let reached = 0;
  for (const [array, inside] of [...children].sort(([a], [b]) => a - b)) {
    if (start[array] < reached) continue;
    const patients = new Set(inside.flatMap((part) => [...patientsIn(part, marks)]));
    if (patients.size < 2) continue;
    parts.push(...inside);
    reached = end[array];
  }
  return parts;
}

function cutBefore(text: string, mark: RegExp): Part[] {
  const starts = [...text.matchAll(mark)].map(({ index }) => index);
  return starts.map((start, i) => [start, starts[i + 1] ?? text.length]);
}

function cutBehind(text: string, mark: RegExp, from: number, to: number): Part[] {
  const ends = [...text.slice(from, to).matchAll(mark)].map((found) => from + found.index + found[0].length);
  return [...ends, to].map((end, i) => [ends[i - 1] ?? from, end] as const).filter(([start, end]) => end > start);
}

/** Marks are few beside the text, and in its order: those of a part are found by halving. */
function patientsIn([start, end]: Part, marks: readonly Mark[]): Set<string> {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (marks[middle].at < start) low = middle + 1;
    else high = middle;
  }
  const patients = new Set<string>();
  for (; low < marks.length && marks[low].at < end; low++) patients.add(marks[low].patient);
  return patients;
}

/** What stands in front of the first number, such as a table's head, is everybody's; what follows one is of the one before. */
function owned(parts: readonly Part[], marks: readonly Mark[], flows: boolean): Segment[] {
  const segments: Segment[] = [];
  for (const part of parts) {
    const patients = [...patientsIn(part, marks)];
    const [start, end] = part;
    const before = segments.at(-1);
    if (patients.length > 0) segments.push({ start, end, patient: patients.length === 1 ? patients[0] : '' });
    else if (!flows) segments.push({ start, end, patient: '' });
    else if (before !== undefined) segments[segments.length - 1] = { ...before, end };
  }
  return segments;
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}
