/**
 * The block that says who pays: "Aetna PPO / ID: W482913345 / Group: 77201". There "ID" alone is the member's. Looks at a
 * fixed number of tokens before and behind, over a few lines.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { words } from '../word-set.js';
import { CUE_WORDS, NUMBER } from './cue-words.js';

/** What stands behind a member's number. */
const BEHIND = words('group grp grpid rxbin rxgrp rxgroup rxpcn bin pcn');
/** What heads such a block, besides the names of payers. */
const HEADS = words('insurance insurer payer payor carrier medicaid medicare coverage');
const BACK_MAX = 14;
const LINES_MAX = 3;

/** Whether the code from `first` to `last` stands behind "ID" or "number" alone, in such a block. */
export function inPlanBlock(doc: Doc, first: number, last: number): boolean {
  if (first === 0 || (CUE_WORDS.get(doc.hash[first - 1]) & NUMBER) === 0) return false;
  const next = last + 1;
  if (next < doc.count && doc.gap[next] !== Gap.Leaf && BEHIND.has(doc.hash[next])) return true;
  let lines = 0;
  for (let t = first - 1; t > 0 && first - t < BACK_MAX; t--) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || (gap === Gap.Stop && t < first - 1) || doc.shape[t - 1] === Shape.Redacted) return false;
    if (gap === Gap.Line && ++lines > LINES_MAX) return false;
    if (HEADS.has(doc.hash[t - 1])) return true;
    const id = doc.label[t - 1];
    if (id !== 0) {
      const { category, kind } = doc.labels[id];
      if (kind === 'payer' && category === 'health-plan') return true;
      if (category !== 'name' && category !== 'health-plan') return false;
    }
  }
  return false;
}
