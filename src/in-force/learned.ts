/**
 * The learned rosters of a gate: what the slots of all its instances have written, put together by tenant, and handed to the
 * threads as one image a moment after it has changed. What is not of ours to read is passed over; what goes past a bound is
 * forgotten, oldest first.
 */
import { createHash } from 'node:crypto';
import { learnedOfTenantMax, rostersMax } from '../limits.js';
import { rosterKeys } from '../roster/keys.js';
import { learnedOf, type Owners, readOwners, together } from '../roster/learned.js';
import type { LearnedImage } from '../roster/learned-roster.js';
import { LearnedTable } from '../roster/learned-table.js';

/** How long what has changed may wait for more, and how much of the time may go into making tables. */
const SETTLE_MS = 500;
const SHARE_OF_TIME = 1 / 20;

/** A record of the topic. */
export interface LearnedRecord {
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** What each partition says of a value. */
type Said = Map<number, Owners>;

interface Tenant {
  readonly prints: Map<string, Said>;
  image: LearnedImage['tenants'][number] | undefined;
  digest: string;
}

export class LearnedInForce {
  private readonly tenants = new Map<string, Tenant>();
  private readonly changed = new Set<string>();
  private current: LearnedImage | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pauseMs = SETTLE_MS;
  /** The topic is being read from its beginning: half of it is in force never. */
  private loading = false;

  constructor(
    private readonly secret: Uint8Array,
    private readonly told: (values: number) => void = () => {},
    private readonly clock: () => number = Date.now,
  ) {}

  /** None before anything was learned. */
  get image(): LearnedImage | undefined {
    return this.current;
  }

  private apply(records: readonly LearnedRecord[]): void {
    for (const { partition, key, value } of records) {
      const owners = value === null ? [] : readOwners(value);
      if (key !== null && owners !== undefined) this.learn(partition, key.toString(), owners);
    }
  }

  /** What one partition says of a value from now on; no owners: nothing any more. */
  learn(partition: number, key: string, owners: Owners): void {
    const learned = learnedOf(key);
    if (learned === undefined) return;
    const { tenant: name, print } = learned;
    const tenant = this.tenants.get(name) ?? { prints: new Map<string, Said>(), image: undefined, digest: '' };
    if (!this.tenants.has(name)) {
      if (owners.length === 0 || this.tenants.size >= rostersMax) return;
      this.tenants.set(name, tenant);
    }
    const { prints } = tenant;
    const said: Said = prints.get(print) ?? new Map<number, Owners>();
    if (owners.length === 0) said.delete(partition);
    else said.set(partition, owners);
    // In the order of their last change.
    prints.delete(print);
    if (said.size > 0) prints.set(print, said);
    if (prints.size > learnedOfTenantMax) prints.delete(prints.keys().next().value as string);
    this.changed.add(name);
    this.later();
  }

  /** What has changed is in force from here on. */
  settle(): void {
    this.close();
    this.loading = false;
    if (this.changed.size === 0) return;
    const begun = performance.now();
    for (const name of this.changed) this.make(name, this.tenants.get(name)!);
    this.changed.clear();
    const all = [...this.tenants.values()].flatMap(({ image, digest }) => (image ? [{ image, digest }] : []));
    const digest = createHash('sha256')
      .update(all.map(({ digest }) => digest).join('\n'))
      .digest('hex');
    const values = [...this.tenants.values()].reduce((sum, { prints }) => sum + prints.size, 0);
    this.current = { digest, values, tenants: all.map(({ image }) => image) };
    this.pauseMs = Math.max(SETTLE_MS, (performance.now() - begun) / SHARE_OF_TIME);
    this.told(values);
  }

  /** For who reads the topic, from its beginning: what it does not say any more is not known any more. */
  begin(): { apply(records: readonly LearnedRecord[]): void; settle(): void } {
    this.close();
    this.loading = true;
    for (const [name, { prints }] of this.tenants) {
      prints.clear();
      this.changed.add(name);
    }
    return {
      apply: (records) => this.apply(records),
      settle: () => {
        if (this.loading) this.settle();
      },
    };
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private later(): void {
    if (this.timer !== undefined || this.loading) return;
    this.timer = setTimeout(() => this.settle(), this.pauseMs);
    this.timer.unref();
  }

  private make(name: string, tenant: Tenant): void {
    const now = this.clock();
    const owners = [...tenant.prints].flatMap(([print, said]) => {
      const all = [...said.values()].reduce((one, other) => together(one, other, now), []);
      return all.length === 0 ? [] : [[print, all] as const];
    });
    const table = LearnedTable.of(new Map(owners));
    tenant.digest = createHash('sha256').update(`${name}\n`).update(new Uint8Array(table)).digest('hex');
    tenant.image = { table, keys: tenant.image?.keys ?? rosterKeys(this.secret, name) };
  }
}
