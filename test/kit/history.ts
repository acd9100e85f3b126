/**
 * Judges a run by what went in and what readers of committed records see: nothing lost, nothing twice, one outcome for
 * each offset, order kept, and no canary in clear.
 */
import type { ReadRecord } from './kafka-io.js';

export interface History {
  readonly inputs: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[];
  /** Every record of every topic that the gate writes. */
  readonly outputs: readonly ReadRecord[];
  /** The input that a record is the outcome of, as `topic/partition/offset`; `undefined` for records of other kinds. */
  readonly outcomeOf: (record: ReadRecord) => string | undefined;
  readonly canaries?: readonly string[];
}

export interface Verdict {
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
  /** Outcomes of what nobody sent. */
  readonly invented: readonly string[];
  /** Outcomes that stand behind the outcome of a later input of the same partition. */
  readonly disordered: readonly string[];
  /** Where a canary was seen, and never the canary. */
  readonly leaked: readonly string[];
}

export function judge({ inputs, outputs, outcomeOf, canaries = [] }: History): Verdict {
  const expected = new Set(inputs.map(({ topic, partition, offset }) => `${topic}/${partition}/${offset}`));
  const seen = new Map<string, number>();
  const latest = new Map<string, number>();
  const disordered: string[] = [];
  for (const record of outputs) {
    const input = outcomeOf(record);
    if (input === undefined) continue;
    seen.set(input, (seen.get(input) ?? 0) + 1);
    const at = input.lastIndexOf('/');
    const lane = `${record.topic}/${record.partition} of ${input.slice(0, at)}`;
    const offset = Number(input.slice(at + 1));
    if (offset < (latest.get(lane) ?? -1)) disordered.push(input);
    latest.set(lane, offset);
  }
  return {
    lost: [...expected].filter((input) => !seen.has(input)),
    duplicated: [...seen].filter(([, times]) => times > 1).map(([input]) => input),
    invented: [...seen.keys()].filter((input) => !expected.has(input)),
    disordered,
    leaked: outputs.flatMap((record) => leaksOf(record, canaries)),
  };
}

export const CLEAN: Verdict = { lost: [], duplicated: [], invented: [], disordered: [], leaked: [] };

function leaksOf({ topic, partition, offset, key, value, headers }: ReadRecord, canaries: readonly string[]): string[] {
  const parts: [string, Buffer | null][] = [
    ['key', key],
    ['value', value],
    ...headers.flatMap(([name, content], i): [string, Buffer | null][] => [
      [`name of header ${i}`, Buffer.from(name)],
      [`header ${i}`, content],
    ]),
  ];
  return parts
    .filter(([, bytes]) => bytes !== null && holdsAny(bytes, canaries))
    .map(([part]) => `${topic}/${partition}/${offset} ${part}`);
}

/** In clear, in base64 at any alignment, in hexadecimal, and in both byte orders of UTF-16. */
export function holdsAny(bytes: Buffer, canaries: readonly string[]): boolean {
  return canaries.some((canary) => encodingsOf(canary).some((needle) => bytes.includes(needle)));
}

const encodings = new Map<string, readonly Buffer[]>();

function encodingsOf(canary: string): readonly Buffer[] {
  const known = encodings.get(canary);
  if (known !== undefined) return known;
  const plain = Buffer.from(canary);
  const wide = Buffer.from(canary, 'utf16le');
  // The characters that depend on the canary alone, whatever stands around it.
  const base64 = [0, 1, 2].map((pad) => {
    const text = Buffer.concat([Buffer.alloc(pad), plain])
      .toString('base64')
      .replace(/=+$/, '');
    return Buffer.from(text.slice(Math.ceil((pad * 8) / 6), -1));
  });
  const all = [plain, wide, Buffer.from(wide).swap16(), ...base64, Buffer.from(plain.toString('hex'))];
  encodings.set(canary, all);
  return all;
}
