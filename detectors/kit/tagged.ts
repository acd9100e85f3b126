/** Spans as the trained tagger sees them: a token where one begins, and those that go on. */
import type { Doc, Tag } from '../contract.js';

/** The last token of the span that begins at `at` with `first`. */
export function tagEnd(doc: Doc, at: number, first: Tag): number {
  let last = at;
  while (doc.tags[last + 1] === first + 1) last++;
  return last;
}

/** How sure the tagger is of a span: as sure as of its surest token. */
export function tagSure(doc: Doc, first: number, last: number): number {
  let sure = 0;
  for (let t = first; t <= last; t++) if (doc.sure[t] > sure) sure = doc.sure[t];
  return sure / 100;
}
