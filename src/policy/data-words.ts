/**
 * The words for kinds of data in a policy. A call's words are read without regard to case and signs, so two words of
 * a policy that read alike are one: which of them a call means, and so what a rule allows, would hang on the other rules.
 */
import { folded } from '../nearest.js';
import type { RuleDocument } from './schema.js';

export class DataWords {
  /** By what they read as. */
  private readonly known: Map<string, string>;

  /** With those of the policy that a tenant adds to. */
  constructor(base?: DataWords) {
    this.known = new Map(base?.known);
  }

  /** Where a word reads as another one does that stands there already, and which. */
  *take(document: RuleDocument): Generator<{ readonly path: readonly PropertyKey[]; readonly other: string }> {
    if (document.scanner !== 'tool_call') return;
    for (const [task, words] of Object.entries(document.config.scope_by_task ?? {})) {
      for (const [i, word] of words.entries()) {
        const read = folded(word);
        const other = this.known.get(read) ?? word;
        this.known.set(read, other);
        if (other !== word) yield { path: ['config', 'scope_by_task', task, i], other };
      }
    }
  }
}
