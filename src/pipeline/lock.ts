/** A turn that is taken one after the other, and a bell that wakes who waits for a change. */

export class Lock {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => {});
    return turn;
  }
}

export class Bell {
  private waiting: (() => void)[] = [];

  notify(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Resolves at the next `notify`, or at once if `signal` is set. */
  wait(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return new Promise(setImmediate);
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
