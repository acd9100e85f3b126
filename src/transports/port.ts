/** What a transport implements. The pipeline defines it, since imports point down: the protocol stands in pipeline/port.ts. */
export type * from '../pipeline/port.js';
