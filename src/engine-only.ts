/** What finds and redacts, without the shield around it: a third of the files to load, for programs that need no more. */
export { CATEGORIES, type Category } from '../detectors/contract.js';
export {
  createEngine,
  type Engine,
  type EngineOptions,
  type RedactResult,
  type ScanContext,
  type ScanResult,
} from './engine/engine.js';
export type { Finding } from './engine/finding.js';
export type { Json } from './engine/object.js';
export { type OperatingPoint, PROFILES, type Profile } from './engine/profile.js';
export { STYLES, type Style } from './engine/styles.js';
export { ERRORS, type ErrorCode, SluiceError } from './errors.js';
