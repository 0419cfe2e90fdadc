/**
 * Gives the memory of these bytes back at once: a garbage collector waits until there is much of it, and a body has a lot. Nobody
 * else may know them; a view on the same memory is empty afterwards.
 */
export function letGo({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
