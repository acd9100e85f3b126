/**
 * The bounds within which Sluice gives a verdict. Each is one named constant with its unit last; what goes past one
 * ends in a coded error (errors.ts), never in a partial answer.
 */

/** Longest text that is scanned, in UTF-16 code units: 16 Mi. */
export const textUnitsMax = 16 * 1024 * 1024;

/** Most bytes read from a file or a pipe before decoding: a code unit takes at most three bytes of UTF-8. */
export const inputBytesMax = 3 * textUnitsMax;

/** Deepest nesting of arrays and objects: far above any real message, and still linear, since the reader does not recurse. */
export const jsonDepthMax = 200_000;

/** How often JSON inside a string of JSON (tool arguments, tool results) is opened in turn. */
export const nestedJsonDepthMax = 4;

/** Most findings in one input: bounds the memory that a verdict takes. */
export const findingsMax = 1_000_000;

/** Fewest bytes in a key for hashes: with 128 bits nobody finds the key by trying. */
export const keyBytesMin = 16;
