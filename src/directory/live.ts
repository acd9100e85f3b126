/**
 * The directory in force: what its sources say, put together anew whenever one of them has changed. What cannot be put
 * together is told, and the last good one stays in force; nothing is in force before there is a good one.
 */
import type { DirectoryTold } from '../telemetry/events.js';
import { DirectoryRefused, type Fault, faultLine } from './fault.js';
import { compose, type DirectoryImage } from './image.js';
import { type Counts, noCounts, type Part } from './part.js';
import { KINDS } from './rows.js';

export interface LiveOptions {
  /** Of the fingerprints. */
  readonly key: Uint8Array;
  /** Whose rows those are that do not say. */
  readonly tenant: string;
  readonly told?: (event: DirectoryTold) => void;
}

export type SourceName = 'files' | 'topic';

/** What a source of parts talks to. */
export interface Sink {
  /**
   * All parts of the source from now on. Those that were there before stay in force if these do not fit. `faults`: what
   * else the source says that is in none of them.
   */
  parts(source: SourceName, parts: readonly Part[], faults?: readonly Fault[]): void;
  /** The source has something that is no part of a directory. */
  refuse(source: SourceName, faults: readonly Fault[]): void;
}

export class LiveDirectory implements Sink {
  private readonly sources = new Map<SourceName, readonly Part[]>();
  /** What is wrong with each source. */
  private readonly faults = new Map<SourceName, string>();
  /** What the topic says that is in none of its parts. */
  private left: readonly Fault[] = [];
  private readonly listeners: ((image: DirectoryImage) => void)[] = [];
  private current: DirectoryImage | undefined;

  constructor(private readonly options: LiveOptions) {}

  /** The one in force; there is none before the first good one. */
  get image(): DirectoryImage | undefined {
    return this.current;
  }

  /** Rows by kind, and whether any source says something else than what is in force. */
  status(): { readonly rows: Counts; readonly stale: boolean } {
    const rows = noCounts();
    for (const { counts } of [...this.sources.values()].flat()) {
      for (const kind of KINDS) rows[kind] += counts[kind];
    }
    return { rows, stale: this.faults.size > 0 };
  }

  onChange(listener: (image: DirectoryImage) => void): void {
    this.listeners.push(listener);
  }

  parts(source: SourceName, parts: readonly Part[], left: readonly Fault[] = []): void {
    const { key, tenant, told } = this.options;
    const sources = new Map([...this.sources, [source, parts] as const]);
    // What stands in files goes before what a topic says of the same.
    const all = [...(sources.get('files') ?? []), ...(sources.get('topic') ?? [])];
    const { image, faults, refused } = compose(all, key, tenant);
    const inFiles = refused.some(({ place: { file } }) => file !== undefined);
    if (inFiles) {
      this.refuse(source, faults);
      return;
    }
    this.sources.set(source, parts);
    if (source === 'topic') this.left = left;
    const before = this.current;
    this.current = image;
    if (before?.digest !== image.digest) {
      for (const listener of this.listeners) listener(image);
      told?.({ outcome: 'in-force', source, digest: image.digest });
    }
    if (source === 'files') this.tell('files', []);
    // A row of a topic that does not fit is left out by itself: it must not hold up a withdrawal behind it.
    this.tell('topic', [...this.left, ...faults]);
  }

  refuse(source: SourceName, faults: readonly Fault[]): void {
    // Nothing is in force yet: whoever starts hears of it by the error.
    if (this.current === undefined) throw new DirectoryRefused(faults);
    this.tell(source, faults);
  }

  /** What is wrong with a source from now on; the same again is no news, and nothing any more is. */
  private tell(source: SourceName, faults: readonly Fault[]): void {
    const lines = faults.map(faultLine);
    const before = this.faults.get(source);
    const now = lines.join('\n');
    if (lines.length > 0) this.faults.set(source, now);
    else this.faults.delete(source);
    if (this.current === undefined || (before ?? '') === now) return;
    const about = { source, digest: this.current.digest };
    const [first] = lines;
    const event: DirectoryTold =
      first === undefined
        ? { outcome: 'in-force', ...about }
        : { outcome: 'refused', ...about, faults: lines.length, first };
    this.options.told?.(event);
  }
}
