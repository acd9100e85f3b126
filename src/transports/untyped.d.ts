/** The shapes of two packages that come without types: what we use of them, and no more. */

declare module 'lz4js' {
  const lz4: {
    makeBuffer(bytes: number): Uint8Array;
    decompressBound(frame: Uint8Array): number;
    decompressFrame(frame: Uint8Array, into: Uint8Array): number;
    compress(bytes: Uint8Array): Uint8Array;
  };
  export default lz4;
}

declare module 'snappyjs' {
  const snappy: {
    uncompress(bytes: Buffer, bytesMax: number): Buffer;
    compress(bytes: Buffer): Buffer;
  };
  export default snappy;
}
