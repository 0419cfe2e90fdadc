/**
 * Gives the memory of these bytes back at once: a garbage collector waits until there is much of it, and a body has a lot. Nobody
 * else may know them; a view on the same memory is empty afterwards.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  // Small ones may lie in a pool with others.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
