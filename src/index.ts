/** The SDK: what an application imports. */
export type { AuditEntry } from './audit/entry.js';
export * from './engine-only.js';
export type { Decided } from './message.js';
export type { Incident } from './pipeline/incident.js';
export { PolicyError } from './policy/problem.js';
export type { ShieldContext, ShieldRecipient, SnakeContext } from './shield/context.js';
export { journalSink } from './shield/journal-sink.js';
export { type KafkaSinkOptions, kafkaSink } from './shield/kafka-sink.js';
export type { DirectoryTopicOptions, ShieldOptions } from './shield/options.js';
export type { Allowed, Blocked, Pending, Redacted, ShieldResult, Unscannable } from './shield/result.js';
export {
  type InputToScan,
  type Scanned,
  Shield,
  type ToolCall,
  type ToolCallToScan,
  type ToScan,
} from './shield/shield.js';
export { functionSink, type Sink, type SinkFunction, type SinkRecords } from './shield/sink.js';
export type { Reason } from './verdict.js';
