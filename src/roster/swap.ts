/**
 * How a new roster reaches threads at work: it is posted to each, with a number in shared memory that says there is one. A thread
 * looks at the number between two messages and never waits; until it has looked, it goes on with the roster it has.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { RosterKeys } from './keys.js';
import { Roster, type RosterImage } from './roster.js';

/** What a thread is given at its start: crosses by `workerData`, with the port in its transfer list. */
export interface RosterSeat {
  readonly version: SharedArrayBuffer;
  readonly port: MessagePort;
}

interface Posted {
  readonly version: number;
  readonly image: RosterImage;
}

/** Of the thread that loads rosters. */
export class RosterPublisher {
  readonly #version = new SharedArrayBuffer(4);
  readonly #ports: MessagePort[] = [];
  #latest: Posted | undefined;

  /** A place for one thread more; it finds the roster of the day there. */
  seat(): RosterSeat {
    const { port1, port2 } = new MessageChannel();
    port1.unref();
    this.#ports.push(port1);
    if (this.#latest !== undefined) port1.postMessage(this.#latest);
    return { version: this.#version, port: port2 };
  }

  publish(image: RosterImage): void {
    const version = Atomics.load(new Int32Array(this.#version), 0) + 1;
    this.#latest = { version, image };
    for (const port of this.#ports) port.postMessage(this.#latest);
    Atomics.store(new Int32Array(this.#version), 0, version);
  }

  close(): void {
    for (const port of this.#ports) port.close();
  }
}

/** Of a thread at work. */
export class RosterHolder {
  readonly #version: Int32Array;
  #held = 0;
  #roster: Roster | undefined;

  constructor(
    private readonly seat: RosterSeat,
    private readonly keys: RosterKeys,
  ) {
    this.#version = new Int32Array(seat.version);
  }

  /** The newest roster that was published, or none if there never was one. Throws if it cannot be attached: no verdict then. */
  current(): Roster | undefined {
    if (Atomics.load(this.#version, 0) === this.#held) return this.#roster;
    for (
      let got = receiveMessageOnPort(this.seat.port);
      got !== undefined;
      got = receiveMessageOnPort(this.seat.port)
    ) {
      const { version, image } = got.message as Posted;
      this.#roster = undefined;
      this.#roster = new Roster(image, this.keys);
      this.#held = version;
    }
    return this.#roster;
  }
}
