/**
 * Gives the memory of these bytes back at once: a garbage collector waits until there is much of it, and a body has a lot. Nobody
 * else may know them; a view on the same memory is empty afterwards.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  // Small ones may lie in a pool with others; nothing is gained by an empty one, which many may share.
  if (byteLength > 0 && buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
