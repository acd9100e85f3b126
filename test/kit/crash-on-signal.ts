/** Loaded into a gate in front of everything else: at SIGUSR2 something breaks that nobody catches, and quotes a message. */
process.on('SIGUSR2', () => {
  setImmediate(() => {
    throw new Error(`not understood: ${process.env['CRASH_SAYS']}`);
  });
});
