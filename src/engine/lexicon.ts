/** The shared lexicon as the engine uses it: one copy per process, in shared memory, found by token hash. */
export {
  PHRASE_END,
  PHRASE_ENTRY,
  PHRASE_LABEL,
  PHRASE_PREFIX,
  PHRASE_TOKENS_MAX,
} from '../../detectors/lexicon/format.js';
export {
  attachLexicon,
  findPhrase,
  forgetLabels,
  LEXICON_FILE,
  type Lexicon,
  labelsIn,
  loadLexicon,
  lookup,
} from '../../detectors/lexicon/load.js';
