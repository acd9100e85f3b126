/** Run in a fresh process by the engine bench, which needs the engine alone: milliseconds from process start to the first verdict, then resident memory. */
import { createEngine } from '../src/engine-only.js';

const engine = createEngine();
engine.redact('Pt Maya Ostrow, MRN 00482913, seen 03/14/2024 at Fern Hill Clinic.');
const ms = performance.now();
const { denseNotes } = await import('./workload.js');
for (const text of denseNotes(3, 4_000_000)) engine.redact(text);
console.log(JSON.stringify({ ms, mb: process.memoryUsage().rss / 1e6 }));
