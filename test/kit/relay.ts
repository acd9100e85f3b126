/**
 * The least that can stand in for the pipeline: copies each record to the output of its lane, exactly as the protocol
 * of the port asks. For tests of transports alone.
 */
import type { Batch, InRecord, Lane, OutRecord, Run, Slot, Transport } from '../../src/pipeline/port.js';

/** Says on each copy which input it is the outcome of. */
export const SOURCE = 'sluice-source';

export interface RelayOptions {
  readonly transport: Transport;
  readonly outputOf: (topic: string) => string;
  readonly copy?: (record: InRecord) => Partial<OutRecord>;
  readonly onSlot?: (slot: Slot) => Promise<void> | void;
  readonly onBatch?: (lane: Lane, batch: Batch) => Promise<void> | void;
}

export class Relay {
  readonly #options: RelayOptions;
  readonly #stop = new AbortController();
  readonly ended: Promise<void>;
  /** Committed here, by this member. */
  copied = 0;
  owned = 0;
  lost = 0;
  #waiting: (() => void)[] = [];

  constructor(options: RelayOptions) {
    this.#options = options;
    const run: Run = { own: (slot) => this.#own(slot), stop: this.#stop.signal };
    this.ended = options.transport.run(run);
    this.ended.catch(() => {});
  }

  stop(): Promise<void> {
    this.#stop.abort();
    return this.ended;
  }

  /** Resolves when the condition holds, looked at whenever something happened here; rejects if the run ends first. */
  async until(condition: () => boolean): Promise<void> {
    const over = this.ended.then(() => Promise.reject(new Error('the run ended')));
    over.catch(() => {});
    while (!condition()) await Promise.race([new Promise<void>((resolve) => this.#waiting.push(resolve)), over]);
  }

  async #own(slot: Slot): Promise<void> {
    this.owned += 1;
    await this.#options.onSlot?.(slot);
    this.#happened();
    await Promise.all(slot.lanes.map((lane) => this.#copy(lane)));
  }

  async #copy(lane: Lane): Promise<void> {
    const { outputOf, copy, onBatch } = this.#options;
    let first = lane.position;
    for (let batch = await lane.next(); batch !== null; batch = await lane.next()) {
      await onBatch?.(lane, batch);
      const last = batch.records.at(-1);
      if (last === undefined) throw new Error('a batch without records');
      const records = batch.records.map((record) => ({
        key: record.key,
        value: record.value,
        headers: [[SOURCE, Buffer.from(`${lane.topic}/${lane.partition}/${record.offset}`)] as const],
        ...copy?.(record),
      }));
      const work = {
        first,
        next: last.offset + 1,
        sends: [{ topic: outputOf(lane.topic), partition: lane.partition, records }],
      };
      let outcome = await lane.commit(work);
      while (outcome === 'aborted') outcome = await lane.commit(work);
      if (outcome === 'lost') {
        this.lost += 1;
        return;
      }
      first = work.next;
      this.copied += records.length;
      this.#happened();
    }
  }

  #happened(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
