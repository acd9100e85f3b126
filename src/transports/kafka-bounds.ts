/** The bounds of the Kafka transport, each with its reason. The pipeline's own stand in limits.ts. */

/** Most that one compressed batch may inflate to: 32 times what a broker takes by default. */
export const inflatedBytesMax = 32 * 1024 * 1024;

/** Most that the batches of one response may inflate to together. */
export const inflatedResponseBytesMax = 256 * 1024 * 1024;

/** What a record costs beside its bytes once it is decoded: a million of them in one response are as much as it may take. */
export const recordCostBytes = 256;

/** Most records that are written in place of a batch that cannot be read; past it the process ends. */
export const unreadableRecordsMax = 100_000;

/** Bytes of one partition, and of all, in one response to a fetch. */
export const partitionFetchBytesMax = 1024 * 1024;
export const fetchBytesMax = 10 * 1024 * 1024;

/** How long a broker holds a fetch that finds nothing; a lane that was paused waits as long until it is read again. */
export const fetchWaitMsMax = 100;

/**
 * Most that goes on as one batch, which is at least one transaction: more than a fetch brings with what its records cost beside,
 * or each fetch would end in a batch of what little is left of it.
 */
export const batchBytesMax = 2 * partitionFetchBytesMax;

/** A lane with this much waiting to be taken is paused. */
export const readyBytesMax = 2 * 1024 * 1024;

/** Most bytes of one partition in one produce request, unless the topics take less. */
export const sendBytesMax = 900 * 1024;

/** What the format adds to the records of a request at most, beyond what is counted: the head of the batch, lengths. */
export const batchOverheadBytes = 2 * 1024;

/** How long a member may be silent before the group goes on without it, unless set. */
export const sessionMs = 20_000;
export const heartbeatsPerSession = 6;

/** How long the group waits for its members to join again. */
export const rebalanceMsMax = 60_000;

/** How long the broker keeps a transaction open that is not ended; less than that we wait for one to commit. */
export const transactionMsMax = 60_000;
export const commitMsMax = 40_000;

/** How long a broker may take to answer one request. */
export const requestMsMax = 15_000;

/** How long taking ownership of a lane may take, attempts and waiting included: leaders fail over in less. */
export const ownMsMax = 120_000;
export const attemptMsMax = 30_000;
export const retryPauseMs = 250;

/** How long a slot that was lost waits for the group's word before we ask. */
export const lostPauseMs = 1_000;

/** How long the group may be without a sign of life, or a lane without a record that is known to be there. */
export const silenceMsMax = 60_000;

/** The same for a lane whose owner has a reason: the breaker, memory, or a poison that the pool closes in on. */
export const waitMsMax = 600_000;

/** How often we look whether all of it moves. */
export const lookMs = 1_000;

/** How often the brokers are asked where the lanes end, and how long their answer holds. */
export const endPollMs = 10_000;
export const endMsMax = 30_000;

/** How long leaving the group and closing connections may take. */
export const closeMsMax = 5_000;

/** How long reading the state of a slot may take. */
export const stateMsMax = 60_000;
