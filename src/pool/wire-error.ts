/** A frame that is not what it should be. The word says which check failed, for tests and logs; nothing of the frame is in it. */
export class WireError extends Error {
  override readonly name = 'WireError';
}
