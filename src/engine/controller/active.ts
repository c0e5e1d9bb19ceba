import type { MetadataImage } from './metadata-image.ts';

/** Registered, unfenced and not about to stop. */
export function isActive(image: MetadataImage, brokerId: number): boolean {
  const b = image.brokers[brokerId];
  return b !== null && b !== undefined && !b.fenced && !b.inControlledShutdown;
}
