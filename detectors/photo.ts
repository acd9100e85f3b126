/**
 * (Q) Full-face photographs and comparable images: the bytes themselves (data URIs, base64), names of picture files, the
 * unique identifiers of DICOM images, and record numbers of photographs. Drawings of programs (logo.png) are nobody's.
 */
import { type Detector, DIGITS, type Doc, type Emit, Gap, LETTERS, type Rule, Shape } from './contract.js';
import { codeAtToken } from './kit/code/id-code.js';
import { hashOf } from './kit/hash.js';
import { base64End, isBase64Start } from './kit/photo/base64.js';
import { FILMS, isPictureMagic, PICTURES } from './kit/photo/image.js';
import { isInstanceOid, isSharedOid, oidEnd } from './kit/photo/oid.js';
import { isYear, judgeName, nameStart, Picture } from './kit/photo/picture-name.js';
import { phrases } from './kit/phrases.js';
import { hasDigit, isDigits, labelAt, lengthOf, saidBefore } from './kit/read.js';
import { isPlainUnit, isWordUnit } from './kit/units.js';
import { words } from './kit/word-set.js';

const DATA: Rule = {
  name: 'photo.data-uri',
  kind: 'image',
  confidence: 0.98,
  about: 'data:image/…;base64,… as a whole',
};
const BYTES: Rule = {
  name: 'photo.base64',
  kind: 'image',
  confidence: 0.95,
  about: 'Base64 that begins as a JPEG, PNG, GIF, WebP, TIFF or HEIF does, or stands behind an image label',
};
const FILE: Rule = {
  name: 'photo.file',
  kind: 'file',
  confidence: 0.9,
  about: 'A picture file of a camera or with a name that speaks of a person',
};
const NEAR: Rule = {
  name: 'photo.file-near',
  kind: 'file',
  confidence: 0.75,
  about: 'A picture file that the words around it call a photograph',
};
const UID: Rule = {
  name: 'photo.uid',
  kind: 'dicom-uid',
  confidence: 0.9,
  about: 'The unique identifier of a DICOM study, series or image',
};
const NUMBER: Rule = {
  name: 'photo.number',
  kind: 'photo-id',
  confidence: 0.9,
  about: 'A code after a label for a photograph: photo id, image number',
};

const PHOTO =
  '(photo|photograph|picture|headshot|selfie|portrait|mugshot|mug shot|facial photo|face photo|face image|facial image|clinical photo|patient photo|patient image)';
const MEDIA_TYPE_MAX = 80;
const PAYLOAD_MIN = 64;
const STEPS_MAX = 6;

const REFERENCES = words('id ids no num number ref reference code file key');
const LEADS = words(
  'on file is was as saved stored under at the in see a of frontal face full uploaded taken attached record chart',
);
const OID = hashOf('oid');
const SYSTEM = hashOf('system');
export const photo: Detector<'photo'> = {
  category: 'photo',
  citation: '164.514(b)(2)(i)(Q)',
  rules: [DATA, BYTES, FILE, NEAR, UID, NUMBER],
  anchors: {
    shapes: 1 << Shape.AlnumLong,
    gaps: 1 << Gap.Dot,
    labels: {
      // Not labels that anybody writes, but rare words at which to look: ";base64," and the "9j" of JPEG's "/9j/".
      base64: ['base64'],
      jpeg: ['9j'],
      uid: phrases(
        '(study|series|sop|instance|dicom|image|frame of reference|media storage) (instance uid|uid)',
        'dicom (id|identifier)',
        'frame of reference uid',
        '(study|series) instance (id|identifier)',
      ),
      number: phrases(
        `${PHOTO} (id|ids|no|num|number|ref|reference|code|file|filename|file name|record|record number|key|asset id)`,
        '(image|media|picture) (id|no|number|ref|reference|file|filename|file name|identifier)',
        'imageid',
      ),
      photo: phrases(
        '(photo|photos|photograph|photographs|picture|pictures|selfie|portrait|headshot|mugshot|avatar)',
        '(profile|patient|face|facial|full face|id|frontal|clinical|wound|client|member) (photo|photos|photograph|photographs|picture|pictures|pic|image|images)',
        '(photo|image|picture) (data|bytes|base64|content|blob|url|path)',
      ),
    },
    fields: { photo: ['image', 'images', 'thumbnail', 'scan', 'pic'] },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const { shape, gap, text, start } = doc;
    if (gap[at] === Gap.Dot) {
      if ((1 << shape[at]) & DIGITS) uid(doc, at, emit);
      else if (PICTURES.has(doc.hash[at]) || FILMS.has(doc.hash[at])) file(doc, at, emit);
    }
    if (shape[at] === Shape.AlnumLong && isPictureMagic(text, start[at]) && isBase64Start(text, start[at]))
      emit(start[at], base64End(text, start[at], doc.length), BYTES);
    const label = doc.label[at] === 0 ? null : labelAt(doc, at);
    if (label === null || label.category !== 'photo') return;
    if (label.kind === 'base64') dataUri(doc, at, emit);
    else if (label.kind === 'jpeg') jpeg(doc, at, emit);
    else if (label.kind === 'uid') labelledUid(doc, at, emit);
    else labelled(doc, at, label.kind === 'number', label.field === true, emit);
  },
};

/** The whole of `data:image/…;base64,…`, called at "base64". Vector drawings are no photographs. */
function dataUri(doc: Doc, at: number, emit: Emit): void {
  const { text, start, end } = doc;
  if (text[start[at] - 1] !== 0x3b || text[end[at]] !== 0x2c) return;
  let from = start[at] - 1;
  const edge = Math.max(0, from - MEDIA_TYPE_MAX);
  while (
    from > edge &&
    text[from - 1] > 0x20 &&
    text[from - 1] !== 0x22 &&
    text[from - 1] !== 0x28 &&
    text[from - 1] !== 0x2c &&
    text[from - 1] !== 0x27
  )
    from--;
  let head = '';
  for (let i = from; i < start[at]; i++) head += String.fromCharCode(text[i]);
  const found = /data:(image\/(?!svg)|video\/|application\/dicom)[^,]*$/i.exec(head);
  if (found === null) return;
  let to = base64End(text, end[at] + 1, doc.length);
  // Padding and signs as forms encode them.
  while (text[to] === 0x25 && isPlainUnit(text[to + 1])) to = Math.max(to + 3, base64End(text, to + 3, doc.length));
  emit(from + found.index, to, DATA);
}

/** `/9j/…`, called at "9j". */
function jpeg(doc: Doc, at: number, emit: Emit): void {
  const { text, start, end } = doc;
  const from = start[at] - 1;
  if (
    from < 0 ||
    text[from] !== 0x2f ||
    text[end[at]] !== 0x2f ||
    text[from + 2] !== 0x6a ||
    !isBase64Start(text, from)
  )
    return;
  const to = base64End(text, from, doc.length);
  if (to - from >= 8) emit(from, to, BYTES);
}

/** A dotted number at its second component; most are decimals and stop at the first test. */
function uid(doc: Doc, at: number, emit: Emit): void {
  const { gap, text, start, hash } = doc;
  if (
    gap[at + 1] !== Gap.Dot ||
    at === 0 ||
    gap[at - 1] === Gap.Dot ||
    lengthOf(doc, at - 1) !== 1 ||
    !isDigits(doc, at - 1)
  )
    return;
  const from = start[at - 1];
  const to = oidEnd(text, from, doc.length);
  if (to < 0 || isWordUnit(text[to]) || !isInstanceOid(text, from, to) || isSharedOid(text, from, to)) return;
  // A FHIR system names a list of numbers, not one of them.
  if (at > 1 && hash[at - 2] === OID && saidBefore(doc, at - 2, 3, SYSTEMS)) return;
  emit(from, to, UID);
}

const SYSTEMS = new Set([SYSTEM]);

function labelledUid(doc: Doc, at: number, emit: Emit): void {
  const value = doc.value[at];
  if (value < 0 || !isDigits(doc, value)) return;
  const from = doc.start[value];
  const to = oidEnd(doc.text, from, doc.length);
  if (to - from >= 8 && !isSharedOid(doc.text, from, to)) emit(from, to, UID, 0.95);
}

/** A file name at its ending, with its folders. */
function file(doc: Doc, at: number, emit: Emit): void {
  const from = nameStart(doc, at);
  const picture = from < 0 ? Picture.None : judgeName(doc, at, from);
  if (picture !== Picture.None) emit(from, doc.end[at], picture === Picture.Person ? FILE : NEAR);
}

/** What a label for a photograph claims: a code, or base64 without a beginning that is known. */
function labelled(doc: Doc, at: number, number: boolean, field: boolean, emit: Emit): void {
  const { gap, hash, shape, start, text } = doc;
  let referred = number;
  for (let t = at + 1; t < doc.count && t - at <= STEPS_MAX; t++) {
    if (gap[t] === Gap.Leaf || shape[t] === Shape.Redacted || (gap[t] === Gap.Stop && t > at + 1)) return;
    if (gap[t] === Gap.Line && t > at + 1) return;
    if (lengthOf(doc, t) > 15 && isBase64Start(text, start[t])) {
      const to = base64End(text, start[t], doc.length);
      if (to - start[t] >= PAYLOAD_MIN) {
        emit(start[t], to, BYTES);
        return;
      }
    }
    if (hasDigit(doc, t) || startsCode(doc, t)) {
      if (field || !(referred || gap[t] === Gap.Hash || (gap[t] === Gap.Colon && !isDigits(doc, t)))) return;
      const claim =
        codeAtToken(doc, t) ?? (referred && isDigits(doc, t) && lengthOf(doc, t) >= 3 && !isYear(doc, t) ? t : null);
      if (claim === null) return;
      if (typeof claim === 'number') {
        if (gap[t + 1] !== Gap.Dot && gap[t + 1] !== Gap.Slash && gap[t + 1] !== Gap.Colon)
          emit(start[t], doc.end[t], NUMBER);
      } else if (text[claim.end] !== 0x2e || !isPlainUnit(text[claim.end + 1])) emit(claim.start, claim.end, NUMBER);
      return;
    }
    if (REFERENCES.has(hash[t])) referred = true;
    else if (!LEADS.has(hash[t])) return;
  }
}

/** Letters that a hyphen or underscore ties to digits: PH-88231. */
function startsCode(doc: Doc, t: number): boolean {
  const gap = doc.gap[t + 1];
  return (
    t + 1 < doc.count &&
    (gap === Gap.Hyphen || gap === Gap.Underscore) &&
    hasDigit(doc, t + 1) &&
    ((1 << doc.shape[t]) & LETTERS) !== 0
  );
}
