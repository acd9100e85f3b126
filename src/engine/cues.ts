/**
 * Whose each code is by the words around it: once for each code, so that a detector is called for the codes of its own
 * category alone. Runs behind the labels, which have their say first, and behind the tagger, since a code may stand beside a name.
 */
import { Cue, Gap, Shape } from '../../detectors/contract.js';
import { claimed } from '../../detectors/kit/code/claimed.js';
import { CUED_SHAPES, cueAt, cueProof, opensRun, PART_SHAPES } from '../../detectors/kit/code/cue.js';
import { Lex } from '../../detectors/lexicon/classes.js';
import type { Arena } from './arena.js';

export function findCues(arena: Arena): void {
  const { count, shape, gap, lex, cue } = arena;
  cue.fill(0, 0, count + 1);
  for (let t = 0; t < count; t++) {
    const bit = 1 << shape[t];
    if ((bit & CUED_SHAPES) === 0) {
      const spoken = lex[t] & Lex.NumberWord || (shape[t] === Shape.Digits1 && shape[t + 1] === Shape.Digits1);
      if (spoken) ask(arena, t);
      continue;
    }
    if (bit & PART_SHAPES && gap[t] !== Gap.Hyphen && shape[t] !== Shape.Digits4 && !opensRun(arena, t)) continue;
    ask(arena, t);
  }
}

/** What the words say is kept, so that the detector that the code belongs to need not ask them again. */
function ask(arena: Arena, t: number): void {
  const cue = cueAt(arena, t);
  if (cue === Cue.None) return;
  arena.cue[t] = cue;
  arena.cueStart[t] = claimed.start;
  arena.cueEnd[t] = claimed.end;
  arena.cueProof[t] = cueProof();
}
