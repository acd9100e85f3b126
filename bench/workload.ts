/**
 * What the benchmarks scan: messages of about 2.4 KB made from both halves of the corpus, in the manner of a chart
 * dense with identifiers, of clinical text without any, and of the mixture that agents send.
 */
import { generate, type Style } from '../fixtures/corpus/index.js';

const MESSAGE_CHARACTERS = 2400;
const CLINICAL: readonly Style[] = ['chart', 'note', 'discharge', 'scan', 'email'];
/** Identifiers per 1,000 characters. */
const DENSITY = 12.5;

/** Clinical notes with ten to fifteen identifiers per 1,000 characters, `bytes` in total. */
export function denseNotes(seed: number, bytes: number): string[] {
  return fill(bytes, MESSAGE_CHARACTERS, dense(seed));
}

/** Clinical text without any identifier. */
export function cleanNotes(seed: number, bytes: number): string[] {
  return fill(bytes, MESSAGE_CHARACTERS, texts(seed, 1, CLINICAL));
}

/** All styles, a third of the documents without identifiers. */
export function mixed(seed: number, bytes: number): string[] {
  return fill(bytes, MESSAGE_CHARACTERS, texts(seed, 1 / 3));
}

/** `count` messages of all styles, each of about the size asked for. */
export function messages(seed: number, count: number, approxBytes: number): string[] {
  const source = texts(seed, 1 / 3);
  return Array.from({ length: count }, () => message(approxBytes, source));
}

function* texts(seed: number, cleanShare: number, styles?: readonly Style[]): Generator<string> {
  for (const { text } of generate({
    seed,
    count: Number.POSITIVE_INFINITY,
    half: 'both',
    cleanShare,
    ...(styles ? { styles } : {}),
  }))
    yield text;
}

/** Documents with identifiers, and as much clinical text without as keeps the density. */
function* dense(seed: number): Generator<string> {
  const clean = texts(seed, 1, CLINICAL);
  let characters = 0;
  let identifiers = 0;
  for (const { text, spans } of generate({
    seed,
    count: Number.POSITIVE_INFINITY,
    half: 'both',
    cleanShare: 0,
    styles: CLINICAL,
  })) {
    characters += text.length;
    identifiers += spans.length;
    yield text;
    while (identifiers > (characters / 1000) * DENSITY) {
      const filler = clean.next().value as string;
      characters += filler.length;
      yield filler;
    }
  }
}

function fill(bytes: number, size: number, source: Generator<string>): string[] {
  const out: string[] = [];
  for (let total = 0; total < bytes; ) {
    const text = message(size, source);
    total += Buffer.byteLength(text);
    out.push(text);
  }
  return out;
}

function message(size: number, source: Generator<string>): string {
  let text = '';
  while (text.length < size) text += (text ? '\n\n' : '') + (source.next().value as string);
  const cut = text.lastIndexOf('\n', size * 1.15);
  return text.length > size * 1.15 ? text.slice(0, cut > size * 0.6 ? cut : text.lastIndexOf(' ', size)) : text;
}

/** Charts with identifiers and notes without, in the share asked for, each of about the size. */
export function messagesOf(
  { bytes, share }: { readonly bytes: number; readonly share: number },
  count: number,
  /** Whose conversations they are from, in turn; of nobody who is named unless said. */
  patients: readonly string[] = [],
): string[] {
  const kinds = 200;
  const cut = (text: string): string => text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes - 60);
  const dense = denseNotes(7, 400_000).map(cut);
  const clean = cleanNotes(7, 400_000).map(cut);
  const contents = Array.from({ length: kinds }, (_, i) => {
    const list = i < kinds * share ? dense : clean;
    return list[i % list.length] as string;
  });
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      id: `m${i}`,
      agent: 'bench',
      session: `s${i % 97}`,
      patient_id: patients[i % 97],
      content: contents[(i * 61) % kinds],
    }),
  );
}
