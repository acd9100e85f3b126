/** The page that machines read: /metrics, /livez (the event loop turns) and /readyz (joined, not paused, not stopping). */
import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';
import { SluiceError } from '../errors.js';

export interface Probes {
  /** In our own words what is not ready; empty when all is. */
  readonly unready: () => readonly string[];
}

export async function openEndpoint(host: string, port: number, registry: Registry, probes: Probes): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
    };
    if (request.method !== 'GET') return answer(405, '');
    const path = (request.url ?? '').split('?', 1)[0];
    if (path === '/livez') return answer(200, 'ok\n');
    if (path === '/readyz') {
      const unready = probes.unready();
      return unready.length === 0 ? answer(200, 'ok\n') : answer(503, `${unready.join('\n')}\n`);
    }
    if (path !== '/metrics') return answer(404, '');
    registry.metrics().then(
      (text) => answer(200, text, registry.contentType),
      () => answer(500, ''),
    );
  });
  server.keepAliveTimeout = 5_000;
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new SluiceError('SETTING_INVALID', { subject: 'metricsPort is taken' })));
    server.listen(port, host, resolve);
  });
  server.unref();
  return server;
}
