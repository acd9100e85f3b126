/**
 * A TCP proxy that understands the framing of Kafka's protocol: a test can watch requests of one kind pass, and drop,
 * hold or cut them or their responses. Everything else goes through untouched.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Kinds of requests, by their number in the protocol. */
export const API = {
  produce: 0,
  fetch: 1,
  metadata: 3,
  offsetFetch: 9,
  heartbeat: 12,
  initProducerId: 22,
  addPartitionsToTxn: 24,
  addOffsetsToTxn: 25,
  endTxn: 26,
  txnOffsetCommit: 28,
} as const;

export type Direction = 'request' | 'response';

/** `cut` ends the connection instead of passing the frame on; `drop` swallows the frame and leaves the caller waiting. */
export type Fate = 'pass' | 'drop' | 'cut';

export interface Frame {
  readonly api: number;
  readonly version: number;
  readonly direction: Direction;
  /** Of a request of a transactional producer, and of the response to it. */
  readonly transactionalId: string | undefined;
  readonly body: Buffer;
}

/** Decides on one frame; may take its time, which delays it and all that follow it on that connection. */
export type Rule = (frame: Frame) => Fate | Promise<Fate>;

export class KafkaProxy {
  target = 0;
  rule: Rule | undefined;
  /** Passes bytes as they come: for conversations that are encrypted. */
  raw = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (client) => this.#join(client));
  }

  static open(): Promise<KafkaProxy> {
    return new Promise((resolve, reject) => {
      const server = createServer().once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(new KafkaProxy(server)));
      server.unref();
    });
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** Cuts every connection that is open now. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    this.cutAll();
  }

  #join(client: Socket): void {
    const broker = connect(this.target, '127.0.0.1');
    const asked = new Map<number, Pick<Frame, 'api' | 'version' | 'transactionalId'>>();
    for (const socket of [client, broker]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        broker.destroy();
      });
    }
    if (this.raw) {
      client.pipe(broker).pipe(client);
      return;
    }
    this.#pump(client, broker, (frame) => {
      const api = frame.readInt16BE(4);
      const head = { api, version: frame.readInt16BE(6), transactionalId: transactionalIdOf(api, frame) };
      asked.set(frame.readInt32BE(8), head);
      return { ...head, direction: 'request', body: frame };
    });
    this.#pump(broker, client, (frame) => {
      const correlation = frame.readInt32BE(4);
      const head = asked.get(correlation) ?? { api: -1, version: -1, transactionalId: undefined };
      asked.delete(correlation);
      return { ...head, direction: 'response', body: frame };
    });
  }

  #pump(from: Socket, to: Socket, read: (frame: Buffer) => Frame): void {
    let pending: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    let turn = Promise.resolve();
    from.on('data', (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
        const bytes = pending.subarray(0, 4 + pending.readInt32BE(0));
        pending = pending.subarray(bytes.length);
        const frame = read(bytes);
        turn = turn.then(async () => {
          const fate = (await this.rule?.(frame)) ?? 'pass';
          if (fate === 'cut') from.destroy();
          else if (fate === 'pass' && !to.destroyed) to.write(bytes);
        });
      }
    });
  }
}

const TRANSACTIONAL = new Set<number>([
  API.produce,
  API.initProducerId,
  API.addPartitionsToTxn,
  API.addOffsetsToTxn,
  API.endTxn,
  API.txnOffsetCommit,
]);

/** All of these begin with it, behind the client's name. */
function transactionalIdOf(api: number, frame: Buffer): string | undefined {
  if (!TRANSACTIONAL.has(api)) return undefined;
  const at = 14 + Math.max(0, frame.readInt16BE(12));
  const length = frame.readInt16BE(at);
  return length < 0 ? undefined : frame.toString('latin1', at + 2, at + 2 + length);
}
