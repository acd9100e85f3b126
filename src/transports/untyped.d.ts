/** The shapes of two packages that come without types: what we use of them, and no more. */

declare module 'lz4js' {
  const lz4: {
    compressBlock(from: Uint8Array, into: Uint8Array, at: number, bytes: number, table: Uint32Array): number;
  };
  export default lz4;
}

declare module 'snappyjs' {
  const snappy: {
    compress(bytes: Buffer): Buffer;
  };
  export default snappy;
}
