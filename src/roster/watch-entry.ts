/** What runs in the thread that looks at the files of rosters, and hears what topics say. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Change, Overlay } from './overlay.js';
import { look, type Watching } from './watch.js';

const watching = workerData as Watching;
const overlay = new Overlay(watching.tenants ?? []);
// Whoever waits for messages stays; the pauses between two looks hold nobody.
parentPort?.on('message', (change: Change) => overlay.hear(change));
await look(watching, (found) => parentPort?.postMessage(found), overlay);
