/** The code that answers a question for a label, in dialogues and chats. Looks at a fixed number of tokens. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hasDigit, isDigits, lengthOf } from '../read.js';
import { type Claim, claimed, codeFrom, isAcceptable, startsCode, Trust } from './id-code.js';

/** How far from a label the answer to a question for it may be, and how many words may end the question. */
const ANSWER_REACH = 12;
const QUESTION_WORDS_MAX = 6;
const QUESTION = 0x3f;
const COLON = 0x3a;

/** The code that answers a question for the label: "What is your member ID? Caller: uh, H4420". */
export function answerTo(doc: Doc, at: number): Claim | null {
  let asked = false;
  for (let t = at + 1; t < doc.count && t - at <= ANSWER_REACH; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || doc.shape[t] === Shape.Redacted) return null;
    if (!asked) {
      if (t - at > QUESTION_WORDS_MAX) return null;
      if (gap === Gap.Blank || gap === Gap.Apostrophe) continue;
      // What another speaker says on the next line is an answer also where the question has no mark.
      const answered = gap === Gap.Line && doc.gap[t + 1] === Gap.Colon;
      if (!answered && doc.text[doc.end[t - 1]] !== QUESTION) return null;
      asked = true;
    }
    if (!isClock(doc, t) && startsCode(doc, t, true)) {
      if (!codeFrom(doc, t, true)) return null;
      claimed.direct = false;
      return isAcceptable(doc, Trust.Label) ? claimed : null;
    }
    if (isClock(doc, t)) continue;
    if (hasDigit(doc, t) || (doc.label[t] !== 0 && doc.labels[doc.label[t]].category !== 'name')) return null;
  }
  return null;
}

/** A part of the time that stands before who speaks: "[00:15] Caller: …". */
function isClock(doc: Doc, at: number): boolean {
  return isDigits(doc, at) && lengthOf(doc, at) <= 2 && (doc.gap[at] === Gap.Colon || doc.text[doc.end[at]] === COLON);
}
