/** The shapes of two packages that come without types: what we use of them, and no more. */

declare module 'lz4js' {
  const lz4: {
    compress(bytes: Uint8Array): Uint8Array;
  };
  export default lz4;
}

declare module 'snappyjs' {
  const snappy: {
    compress(bytes: Buffer): Buffer;
  };
  export default snappy;
}
