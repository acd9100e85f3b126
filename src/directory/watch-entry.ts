/** What runs in the thread that looks at the directory's files. */
import { parentPort, workerData } from 'node:worker_threads';
import { look, type Watching } from './watch.js';

// Whoever waits for messages stays; the pauses between two looks hold nobody.
parentPort?.on('message', () => {});
await look(workerData as Watching, (found) => parentPort?.postMessage(found), new AbortController().signal);
