import type { ProducerState } from './producer-state.ts';

export function isIdempotent(p: ProducerState): boolean {
  return p.settings.enableIdempotence;
}
