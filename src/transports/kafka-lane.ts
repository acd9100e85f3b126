/**
 * One input partition while it is ours: what was fetched and not taken yet, in order and without holes, and the way to
 * commit. Fetching is paused while enough is waiting.
 */
import { SluiceError } from '../errors.js';
import type { Batch, Headers, InRecord, Lane, Outcome, Work } from '../pipeline/port.js';
import { UNREADABLE_HEADER, unreadableReason } from './codecs.js';
import { batchBytesMax, partitionFetchBytesMax, readyBytesMax } from './kafka-bounds.js';
import type { IHeaders, KafkaMessage } from './kafka-client.js';

/** How a lane's offsets move: exactly once, or at least once. */
export interface Committer {
  /** Takes ownership, then reads the committed offset: `undefined` if there is none. */
  own(): Promise<number | undefined>;
  /** Commits an offset alone, where there was none before. */
  begin(offset: number): Promise<void>;
  commit(work: Work): Promise<Outcome>;
  close(): Promise<void>;
}

export interface Fetching {
  pause(lane: KafkaLane): void;
  resume(lane: KafkaLane): void;
  seek(lane: KafkaLane, offset: number): void;
}

const SENT_BACK_MAX = 3;

export class KafkaLane implements Lane {
  readonly topic: string;
  readonly partition: number;
  readonly #committer: Committer;
  readonly #fetching: Fetching;
  #position = -1;
  #gap: { readonly from: number; readonly to: number } | undefined;
  /** The offset that the next record from the broker may have, or more. */
  #expected = -1;
  /** How often the client came from beyond what we expect, and was sent back. */
  #sentBack = 0;
  /** Past the last record that the broker gave, and where the commits have got to. */
  #given = -1;
  #committed = -1;
  #committing = false;
  #open = false;
  #paused = false;
  readonly #ready: Batch[] = [];
  #readyBytes = 0;
  #taker: ((batch: Batch | null) => void) | undefined;

  constructor(topic: string, partition: number, committer: Committer, fetching: Fetching) {
    this.topic = topic;
    this.partition = partition;
    this.#committer = committer;
    this.#fetching = fetching;
  }

  get position(): number {
    return this.#position;
  }

  get expected(): number {
    return this.#expected;
  }

  /** Records were given and are not committed: waiting here, or in the owner's hands. */
  get owing(): boolean {
    return this.#given > this.#committed;
  }

  get committed(): number {
    return this.#committed;
  }

  /** A commit is under way; it has bounds of its own. */
  get committing(): boolean {
    return this.#committing;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Begins to fetch. `to` is past `position` where a gap was accepted. */
  start(position: number, to: number): void {
    this.#position = position;
    this.#committed = position;
    this.#given = position;
    this.#expected = to;
    if (to > position) this.#gap = { from: position, to };
    this.#open = true;
    this.rejoined();
    this.#fetching.resume(this);
  }

  /** After a rebalance that left the lane with us, the client has forgotten where it was. */
  rejoined(): void {
    this.#fetching.seek(this, this.#expected);
  }

  stop(): void {
    this.#open = false;
    this.#fetching.pause(this);
    this.#ready.length = 0;
    this.#readyBytes = 0;
    this.#taker?.(null);
    this.#taker = undefined;
  }

  /** What has come in the meantime is one batch: the slower we are, the more a transaction holds. */
  next(): Promise<Batch | null> {
    if (!this.#open) return Promise.resolve(null);
    const first = this.#ready.shift();
    if (first === undefined) return new Promise((resolve) => (this.#taker = resolve));
    const taken = [first];
    let bytes = bytesOf(first);
    for (let one = this.#ready[0]; one !== undefined; one = this.#ready[0]) {
      // A gap stands before the first record of a batch.
      if (one.gap !== undefined || bytes + bytesOf(one) > partitionFetchBytesMax) break;
      bytes += bytesOf(one);
      taken.push(one);
      this.#ready.shift();
    }
    this.#readyBytes -= bytes;
    if (this.#paused && this.#readyBytes < readyBytesMax / 2) {
      this.#paused = false;
      this.#fetching.resume(this);
    }
    const records = taken.length === 1 ? first.records : taken.flatMap((batch) => batch.records);
    const { highWatermark } = taken.at(-1) ?? first;
    return Promise.resolve({ ...first, records, highWatermark });
  }

  async commit(work: Work): Promise<Outcome> {
    this.#committing = true;
    try {
      const outcome = await this.#committer.commit(work);
      if (outcome === 'committed') this.#committed = work.next;
      return outcome;
    } finally {
      this.#committing = false;
    }
  }

  close(): Promise<void> {
    return this.#committer.close();
  }

  /** Answers whether the client may go on behind these messages; it reads them again otherwise. */
  offer(fetchedOffset: number, highWatermark: number, messages: readonly KafkaMessage[]): boolean {
    if (!this.#open || this.#isStale(fetchedOffset)) return false;
    const records = messages.map(recordOf).filter(({ offset }) => offset >= this.#expected);
    const last = records.at(-1);
    if (last === undefined) return true;
    if (fetchedOffset > this.#expected) this.#gap = { from: this.#gap?.from ?? this.#expected, to: fetchedOffset };
    this.#expected = last.offset + 1;
    this.#given = this.#expected;
    this.#sentBack = 0;
    const gap = this.#gap;
    this.#gap = undefined;
    for (const [i, piece] of piecesOf(records).entries())
      this.#put({ records: piece, highWatermark, ...(i === 0 && gap && { gap }) });
    return true;
  }

  /** The client has passed over records that nobody may see: aborted ones, and the ends of transactions. */
  skip(first: number, last: number): void {
    if (this.#open && first <= this.#expected && last >= this.#expected) this.#expected = last + 1;
  }

  /**
   * A fetch from beyond what we expect is one from before we sought, and what lies between must be read first. If the
   * client keeps coming from there, the broker has nothing between, and the offsets are told as a gap, not passed over
   * in silence.
   */
  #isStale(fetchedOffset: number): boolean {
    if (fetchedOffset <= this.#expected || this.#sentBack >= SENT_BACK_MAX) return false;
    this.#sentBack += 1;
    this.rejoined();
    return true;
  }

  #put(batch: Batch): void {
    if (this.#taker !== undefined) {
      this.#taker(batch);
      this.#taker = undefined;
      return;
    }
    this.#ready.push(batch);
    this.#readyBytes += bytesOf(batch);
    if (this.#readyBytes < readyBytesMax) return;
    this.#paused = true;
    this.#fetching.pause(this);
  }
}

function bytesOf({ records }: Batch): number {
  return records.reduce((sum, record) => sum + sizeOf(record), 0);
}

/** With what a record costs that holds nothing. */
function sizeOf({ key, value }: InRecord): number {
  return 100 + (key?.length ?? 0) + (value?.length ?? 0);
}

/** What a compressed batch inflates to may be much, in bytes or in records: nobody takes on more than this at once. */
function piecesOf(records: readonly InRecord[]): InRecord[][] {
  const pieces: InRecord[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = sizeOf(record);
    if (bytes + size > batchBytesMax) {
      pieces.push([]);
      bytes = 0;
    }
    pieces.at(-1)?.push(record);
    bytes += size;
  }
  return pieces;
}

export function recordOf(message: KafkaMessage): InRecord {
  const offset = Number(message.offset);
  if (!Number.isSafeInteger(offset)) throw new SluiceError('KAFKA_FAILED', { subject: 'an offset beyond 2^53' });
  const headers = headersOf(message.headers);
  const mark = headers.find(([name]) => name === UNREADABLE_HEADER)?.[1];
  const unreadable = unreadableReason(mark ?? undefined);
  return {
    offset,
    timestamp: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: unreadable === undefined ? headers : [],
    ...(unreadable && { unreadable }),
  };
}

/** The client makes an object of them, into which names like "constructor" put more than was sent. */
function headersOf(headers: IHeaders | undefined): Headers {
  return Object.entries(headers ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one): one is Buffer => one === null || Buffer.isBuffer(one))
      .map((one) => [name, one] as const),
  );
}
