/**
 * The second reader of the `strict` profile: compromise, a parser of everyday English, which knows people by grammar where the tagger
 * knows them by what medical text is like. Loaded when it is first asked, since it is slow to load and slow to read.
 */
import { createRequire } from 'node:module';
import type { Rule } from '../../detectors/contract.js';
import { Lex } from '../../detectors/lexicon/classes.js';
import type { Arena } from './arena.js';
import type { Spans } from './spans.js';

export const SECOND: Rule = {
  name: 'name.second-reader',
  kind: 'unknown',
  confidence: 0.5,
  about: 'A person by the grammar of the sentence, seen by a second reader: only in the strict profile',
};

/** It reads so much of a message and no more, at some 20 microseconds a word. */
const UNITS_MAX = 32 * 1024;

/** What is no part of a name, and words that are one only if they are listed as names too. */
const NEVER =
  Lex.Function | Lex.Common | Lex.Month | Lex.Weekday | Lex.Title | Lex.Role | Lex.Relation | Lex.Credential;
const ORDINARY = Lex.Word | Lex.Medical | Lex.Drug | Lex.Eponym;
const NAMED = Lex.GivenTop | Lex.Given | Lex.SurnameTop | Lex.Surname;

interface Person {
  readonly offset: { readonly start: number; readonly length: number };
}
type Read = (text: string) => { people(): { json(options: { offset: true }): readonly Person[] } };

let read: Read | undefined;

export function readAgain(arena: Arena, spans: Spans): void {
  read ??= createRequire(import.meta.url)('compromise/three') as Read;
  const { length, start, end, lex, count } = arena;
  const words = arena.bytes.toString('utf16le', 0, 2 * Math.min(length, UNITS_MAX));
  let t = 0;
  for (const { offset } of read(words).people().json({ offset: true })) {
    const from = offset.start;
    const to = from + offset.length;
    while (t < count && end[t] <= from) t++;
    for (; t < count && start[t] < to; t++) {
      const classes = lex[t];
      if (classes & NEVER || (classes & ORDINARY && (classes & NAMED) === 0)) continue;
      spans.emit(start[t], end[t], SECOND);
    }
  }
}
