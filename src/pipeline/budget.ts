/** A bound on the bytes that are fetched and not committed, over all lanes: who finds it spent waits before it fetches. */
export class Budget {
  private used = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly max: number) {}

  get spent(): number {
    return this.used;
  }

  /** Resolves as soon as anything is left, or `signal` is set. The fetch that follows may overdraw once. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.used >= this.max && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.waiting.push(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    }
  }

  take(bytes: number): void {
    this.used += bytes;
  }

  give(bytes: number): void {
    this.used -= bytes;
    if (this.used < this.max) for (const wake of this.waiting.splice(0)) wake();
  }
}
