/** How the command ends: every exit code, in one place, with the sentence that the help and the reference page print. */

export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  failed: 3,
  readerGone: 141,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** In the order in which the help lists them. */
export const EXIT_MEANING: { readonly [E in Exit]: string } = {
  0: 'done: all was scanned',
  1: 'all was scanned, something was found, and --fail-on-findings was given',
  2: 'the command line needs another look: nothing was scanned',
  3: 'something could not be scanned: it was not printed, and stderr says why',
  141: 'the reader of the output went away (as in `| head -1`)',
};
