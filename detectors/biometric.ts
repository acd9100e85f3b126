/**
 * (P) Biometric identifiers, finger and voice prints among them. Text carries them as templates, hashes and record numbers,
 * which have no form of their own: a label says which body part or trait it is, and the value has to look made by a machine.
 */
import { type Detector, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { base64End, isBase64Start } from './kit/base64.js';
import { answerBelow, cellsBelow } from './kit/column.js';
import { hashOf } from './kit/hash.js';
import { phrases, without } from './kit/phrases.js';
import { hasDigit, labelAt } from './kit/read.js';
import { isMade } from './kit/template-value.js';
import { isBase64Unit, isDigitUnit, isPlainUnit } from './kit/units.js';

const LABELLED: Rule = {
  name: 'biometric.label',
  kind: 'template',
  confidence: 0.95,
  about: 'A template, hash or id after a biometric label: fingerprint, voiceprint, iris code',
};
const VECTOR: Rule = {
  name: 'biometric.vector',
  kind: 'vector',
  confidence: 0.93,
  about: 'The numbers of a face or voice embedding',
};
const FILE: Rule = {
  name: 'biometric.file',
  kind: 'file',
  confidence: 0.9,
  about: 'A recording or print file after a biometric label',
};
const HEADER: Rule = {
  name: 'biometric.header',
  kind: 'template',
  confidence: 0.9,
  about: 'A template that begins as ISO/IEC 19794 says (FMR, FIR, FAC, IIR)',
};

const TRAIT =
  '(iris|retina|retinal|face|facial|voice|speaker|palm|palm vein|finger|finger vein|thumb|vein|hand|hand geometry|hand vein|gait|ear|dna|' +
  'keystroke|heartbeat|footprint|fingertip|eye|genetic)';
const MADE =
  '(template|templates|scan|scan id|id|identifier|code|hash|recognition|recognition id|recognition template|signature|biometric|biometrics|' +
  'geometry|minutiae|profile|enrollment|enrolment|print|print id|pattern|sample id|match id|authentication|verification|dynamics|fingerprint|token)';
/** Words for a trait that mean nothing but the trait's record. */
const PRINTS = phrases(
  `(fingerprint|thumbprint|palmprint|handprint|voiceprint|faceprint|irisprint|finger print|thumb print|voice print|palm print|face print|hand print|iris print|biometric) [${MADE.slice(1, -1)}|reference|ref|number|no|data|image|sample|key|record|record id|record number|credential|credential id|template id]`,
  '(fingerprints|thumbprints|palmprints|voiceprints|faceprints|biometrics|finger prints|voice prints)',
  'iriscode',
);
const VALUE_MAX = 4096;
const HANGING_MAX = 128;
const STEPS_MAX = 9;
const STRANGE_MAX = 4;
/** A value of this many letters and digits is a hash, whatever words stand before it. */
const LONG_MIN = 20;

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(hashOf));
/** Words between label and value that say that an identifier comes. */
const IDS = hashes(
  'id ids identifier code hash number no num ref reference token key template record signature sha256 sha1 sha512 md5 credential minutiae',
);
/** Words that may stand there besides. */
const FILLERS = hashes(
  'scan scans print prints enrollment enrolment enrolled profile embedding vector data image images sample capture card verification ' +
    'verified authentication match matched matches registered on file is was are as under with the a of for and in at to string value user patient s ' +
    'base64 hex right left index thumb middle ring little finger hand eye both stored saved recorded created confirmed captured collected ' +
    'biometric biometrics iris retina retinal face facial voice palm vein gait fingerprint voiceprint recording recordings assigned issued db database ' +
    'system reads equals entry used unique digital iso ansi type format version fmr wsq r l',
);
const FILES = hashes(
  'wav mp3 m4a ogg flac aac wsq fmr fir iir an2 nist eft jp2 bmp png jpg jpeg tif tiff raw bin dat tpl',
);

/** Base64 of "FMR", "FIR", "FAC", "IIR" with the zero behind, and the first in hexadecimal. */
const HEADERS = ['Rk1SA', 'RklSA', 'RkFDA', 'SUlSA', '464D52', '464d52'];

export const biometric: Detector<'biometric'> = {
  category: 'biometric',
  citation: '164.514(b)(2)(i)(P)',
  rules: [LABELLED, VECTOR, FILE, HEADER],
  anchors: {
    shapes: (1 << Shape.AlnumLong) | (1 << Shape.DigitsLong),
    labels: {
      vector: phrases(
        '(face|facial|voice|speaker|iris|fingerprint|gait|biometric|palm) (embedding|embeddings|vector|vectors|encoding|encodings|descriptor|descriptors|features|feature vector)',
        'faceprint vector',
        'minutiae',
      ),
      print: PRINTS,
      trait: without(phrases(`${TRAIT} ${MADE}`, 'touch id', 'retina scan', 'iris scans', 'str profile'), PRINTS),
    },
    fields: { field: ['iris', 'retina', 'voice', 'face', 'palm', 'gait', 'footprint', 'dna'] },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.shape[at] === Shape.AlnumLong || doc.shape[at] === Shape.DigitsLong) header(doc, at, emit);
    const label = doc.label[at] === 0 ? null : labelAt(doc, at);
    if (label === null || label.category !== 'biometric') return;
    if (label.kind === 'vector' && vector(doc, doc.value[at], emit)) return;
    value(doc, at, label.field === true, label.kind === 'trait', emit);
    if (label.field === true) return;
    const trait = label.kind === 'trait';
    const below = answerBelow(doc, at);
    if (below >= 0) made(doc, below, true, false, trait, emit);
    cellsBelow(doc, at, (first) => made(doc, first, true, false, trait, emit));
  },
};

/** The first token behind the label that looks made by a machine, with nothing but words for such things before it. */
function value(doc: Doc, at: number, field: boolean, trait: boolean, emit: Emit): void {
  const { gap, hash, shape, start, end, text } = doc;
  let id = IDS.has(hash[at]);
  // Words that say nothing of the sort, such as a name: a value must then be introduced by a colon, or be long.
  let strange = 0;
  for (let t = at + 1; t < doc.count && t - at <= STEPS_MAX; t++) {
    if (gap[t] === Gap.Leaf || shape[t] === Shape.Redacted) return;
    if (t > at + 1 && (gap[t] === Gap.Stop || (gap[t] === Gap.Line && !IDS.has(hash[t - 1])))) return;
    if (IDS.has(hash[t]) && !isJoined(doc, t)) {
      id = true;
      continue;
    }
    const filler = FILLERS.has(hash[t]) && !isJoined(doc, t);
    if (filler && text[end[t]] !== 0x2f) continue;
    const sure = strange === 0 || gap[t] === Gap.Colon || end[t] - start[t] >= LONG_MIN;
    if (sure && made(doc, t, id, field, trait, emit)) return;
    if (hasDigit(doc, t)) return;
    if (++strange > STRANGE_MAX || field) return;
  }
}

/** Emits the value that begins at a token, if it is one. */
function made(doc: Doc, t: number, id: boolean, field: boolean, trait: boolean, emit: Emit): boolean {
  const { start, text } = doc;
  // A value that hangs on to its label is an id; only behind a blank or sign of its own can a long template begin.
  const before = text[start[t] - 1];
  const hangs = isBase64Unit(before) && before !== 0x3d;
  const to = valueEnd(text, start[t], hangs ? Math.min(doc.length, start[t] + HANGING_MAX) : doc.length);
  if (isFile(doc, t, to, emit)) return true;
  if (!isMade(text, start[t], to, id, field, trait) && !isPrefixed(doc, t, to)) return false;
  emit(start[t], to, LABELLED);
  return true;
}

/** ID-4471: the word is the first part of the value. */
function isJoined(doc: Doc, t: number): boolean {
  const sign = doc.text[doc.end[t]];
  return (sign === 0x2d || sign === 0x5f) && isPlainUnit(doc.text[doc.end[t] + 1]);
}

function valueEnd(text: Uint16Array, from: number, length: number): number {
  const edge = Math.min(length, from + VALUE_MAX);
  let to = from;
  while (to < edge && isBase64Unit(text[to]) && text[to] !== 0x3d) to++;
  // Padding ends it: what follows an equals sign is another value.
  while (to < edge && text[to] === 0x3d) to++;
  while (to > from && !isPlainUnit(text[to - 1]) && text[to - 1] !== 0x3d) to--;
  return to;
}

/** BIO-FP-zirisxq: short capitals, then something that is no word. */
function isPrefixed(doc: Doc, at: number, to: number): boolean {
  if (doc.shape[at] !== Shape.Upper || doc.end[at] - doc.start[at] > 5) return false;
  for (let t = at + 1; t < doc.count && t - at < 5 && doc.end[t] <= to && doc.gap[t] === Gap.Hyphen; t++)
    if (doc.end[t] - doc.start[t] > 4 && doc.lex[t] === 0) return true;
  return false;
}

/** voice_sample_12.wav behind the label. */
function isFile(doc: Doc, t: number, to: number, emit: Emit): boolean {
  const { text, gap, hash, end } = doc;
  if (text[to] !== 0x2e || !isPlainUnit(text[to + 1])) return false;
  for (let k = t + 1; k < doc.count && k - t < 12; k++) {
    if (doc.start[k] <= to) continue;
    if (gap[k] !== Gap.Dot || !FILES.has(hash[k])) return false;
    emit(doc.start[t], end[k], FILE);
    return true;
  }
  return false;
}

/** Numbers of an embedding from a token on, with what separates them; in JSON each number is a leaf. */
function vector(doc: Doc, at: number, emit: Emit): boolean {
  if (at < 0) return false;
  const { text, start } = doc;
  const from = start[at];
  const edge = Math.min(doc.length, from + VALUE_MAX);
  let to = from;
  let dots = 0;
  for (let i = from; i < edge; i++) {
    const c = text[i];
    if (isDigitUnit(c)) to = i + 1;
    else if (c === 0x2e) dots++;
    else if (c !== 0x2c && c !== 0x20 && c !== 0x2d && c !== 0x2b && (c | 0x20) !== 0x65) break;
  }
  if (dots === 0 || to === from) return false;
  emit(from, to, VECTOR);
  return true;
}

function header(doc: Doc, at: number, emit: Emit): void {
  const { text, start, end } = doc;
  const from = start[at];
  const first = text[from];
  if (first !== 0x52 && first !== 0x53 && first !== 0x34) return;
  const known = HEADERS.some((head) => {
    for (let i = 0; i < head.length; i++) if (text[from + i] !== head.charCodeAt(i)) return false;
    return true;
  });
  if (known && isBase64Start(text, from)) emit(from, Math.max(end[at], base64End(text, from, doc.length)), HEADER);
}
