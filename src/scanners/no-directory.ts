/** The directory of those who have none: nobody is known in it, so whatever rests on a fact is denied. */
import type { Directory } from '../directory/directory.js';

export const NO_DIRECTORY: Directory = {
  digest: 'none',
  agent: () => 'unknown',
  tool: () => undefined,
  care: () => 'unknown',
  standing: () => 'unknown',
  verified: () => false,
  secure: () => false,
  consent: () => 'unknown',
};
