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

/** Largest message that is scanned, in bytes of its value, unless set otherwise: 512 KiB. */
export const messageBytesMax = 512 * 1024;

/** Largest message that may be set: the pool's buffers and Kafka's requests are sized by it. */
export const messageBytesMaxMax = 8 * 1024 * 1024;

/** Most headers of one record, and most bytes in them together. */
export const headersMax = 100;
export const headerBytesMax = 64 * 1024;

/** Longest record key that is scanned; a longer one is replaced by its keyed hash. */
export const keyScanBytesMax = 1024;

/** Longest id, tenant, agent or session that is kept as it is. */
export const handleUnitsMax = 200;

/** Bytes of messages that travel to a worker thread together. A message larger than that travels alone. */
export const packBytesMax = 256 * 1024;

/** Messages that travel to a worker thread together. */
export const packRecordsMax = 512;

/** How long a worker thread may take over one pack, from the moment it begins. */
export const deadlineMs = 5_000;

/** How long worker threads warm up before the gate takes messages: a cold one is ten times slower. */
export const warmUpMs = 2_000;

/** Bytes of records that are fetched and not committed yet, in all lanes together. */
export const inFlightBytesMax = 64 * 1024 * 1024;

/** Batches of one lane that are judged ahead of the one that is being committed. */
export const batchesAheadMax = 4;

/** Records, and bytes of outcome records, in one transaction. A single record may exceed the bytes. */
export const transactionRecordsMax = 2_000;
export const transactionBytesMax = 4 * 1024 * 1024;

/**
 * How far a record's own time may lie from ours to be that of its outcome too: brokers refuse what is an hour ahead by
 * default, and retention takes at once what is older than it keeps.
 */
export const timestampBehindMsMax = 60 * 60 * 1000;
export const timestampAheadMsMax = 10 * 60 * 1000;

/** A record of more bytes than this is given a transaction of its own. */
export const recordBytesAlone = 900 * 1024;

/** What may be added to a record's bytes on its way to quarantine: headers, nonce, tag. */
export const quarantineOverheadBytes = 64 * 1024;

/** How long a held message waits for somebody to approve it, and how long that is then good for: a day. */
export const approvalMs = 24 * 60 * 60 * 1000;

/** How often a slot looks for held messages whose time is over. */
export const approvalLookMs = 1_000;

/** Approvals of one slot that are waited for or were used, and have not ended: past it a message is held without one. */
export const approvalsMax = 10_000;

/** Longest token of an approval, below what headers may have. */
export const approvalTokenUnitsMax = 32 * 1024;

/** Longest name of who approves, and longest reason. */
export const approverUnitsMax = 200;
export const approvalReasonUnitsMax = 1_000;
/** Fewest letters and digits in it: somebody will read it. */
export const approvalReasonUnitsMin = 10;

/** Records over which the share of those that could not be scanned is taken, and how many of them there must be at least. */
export const breakerWindow = 1_000;
export const breakerRecordsMin = 100;

/** Calls of the SDK that are in hand together, in one process and for one sink; and bytes of their messages. */
export const shieldCallsMax = 10_000;
export const shieldBytesMax = 64 * 1024 * 1024;

/** How long a sink of the SDK may take to keep what it is given, unless set. */
export const sinkMs = 10_000;

/** Sessions that one slot remembers; the one that was silent longest is forgotten first. */
export const sessionsMax = 50_000;

/** Values that one slot teaches the learned rosters, and that one process knows of one tenant; the oldest are forgotten first. */
export const learnedOfSlotMax = 50_000;
export const learnedOfTenantMax = 200_000;

/** How long the pipeline may take to settle what is in hand after it was told to stop. */
export const drainMs = 25_000;

/** Longest line of a journal: what a message takes in JSON or base64, with room. */
export const journalLineBytesMax = 16 * 1024 * 1024;

/** Largest policy that is read, in bytes, how deep it may nest, and how many rules it may have with those of a tenant. */
export const policyBytesMax = 256 * 1024;
export const policyDepthMax = 32;
export const policyRulesMax = 500;

/** Most tenants that have rules of their own. */
export const policyTenantsMax = 1_000;

/** How often a policy's files are looked at. What stands there has to stand for two looks: half a file is a policy too. */
export const policyLookMs = 500;

/** Most problems of a policy that are told at once. */
export const policyProblemsMax = 20;

/** Most decisions about one message that its facts name, the most severe first. */
export const decisionsMax = 100;

/** How deep parameters of a tool call are read, and how many values of them: what has more cannot be judged. */
export const callDepthMax = 32;
export const callLeavesMax = 5_000;

/** Within what time the same call of a conversation is one too many, and how many calls of a session are remembered for it. */
export const callRepeatMs = 30_000;
export const callsRemembered = 32;

/** Fewest letters and digits in a reason to break the glass: a person gave it, and somebody will read it. */
export const breakGlassUnitsMin = 10;

/** Largest file of the directory that is read as a whole, and longest line of one that is read line by line. */
export const directoryFileBytesMax = 1024 * 1024;
export const directoryLineBytesMax = 64 * 1024;

/** Files of one directory, and rows in one file or topic. */
export const directoryFilesMax = 64;
export const directoryRowsMax = 20_000_000;

/** Faults that are collected before reading is given up. */
export const directoryFaultsMax = 100;

/** How often the directory's files are looked at. */
export const directoryWatchMs = 250;

/** Tenants whose rosters one process holds, and how often their files are looked at. */
export const rostersMax = 64;
export const rosterWatchMs = 500;

/** Patients that the topics of one tenant may change before its snapshot has to be built anew. */
export const rosterChangesMax = 100_000;
