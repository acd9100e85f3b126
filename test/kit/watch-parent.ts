/**
 * The process of a test file ends with the runner that started it, also if that is killed; its gates and brokers, which
 * hang on a pipe of it, end with it.
 */
const LOOK_MS = 500;

const parent = process.ppid;
if (process.env['NODE_TEST_CONTEXT'] !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, LOOK_MS).unref();
}
