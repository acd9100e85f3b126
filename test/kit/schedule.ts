/** Chance by seed, and an order by chance: what the simulator runs on. */

export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Everything that takes time waits here; which one goes on is drawn by lot. */
export class Scheduler {
  private readonly waiting: (() => void)[] = [];
  now = Date.UTC(2026, 0, 15);
  steps = 0;

  constructor(private readonly random: Random) {}

  pause(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Lets one go on. False when nobody waits, even after all that can run has run. */
  async step(): Promise<boolean> {
    for (let i = 0; i < 4 && this.waiting.length === 0; i++) await settle();
    if (this.waiting.length === 0) return false;
    this.steps++;
    this.now += Math.floor(this.random() * 20);
    this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1)[0]();
    await settle();
    return true;
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
