/** The SDK: what an application imports. */
export { CATEGORIES, type Category } from '../detectors/contract.js';
export type { AuditEntry } from './audit/entry.js';
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
export type { Decided } from './message.js';
export type { Incident } from './pipeline/incident.js';
export { PolicyError } from './policy/problem.js';
export type { ShieldContext, ShieldRecipient, SnakeContext } from './shield/context.js';
export { journalSink } from './shield/journal-sink.js';
export { type KafkaSinkOptions, kafkaSink } from './shield/kafka-sink.js';
export type { Allowed, Blocked, Redacted, ShieldResult, Unscannable } from './shield/result.js';
export {
  type InputToScan,
  type Scanned,
  Shield,
  type ShieldOptions,
  type ToolCall,
  type ToolCallToScan,
  type ToScan,
} from './shield/shield.js';
export { functionSink, type Sink, type SinkFunction, type SinkRecords } from './shield/sink.js';
export type { Reason } from './verdict.js';
