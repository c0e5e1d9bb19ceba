/** What the functions of a share consumer work on: its process's two halves, both to be changed. */
import { tell } from '../../kernel/schedule.ts';
import { own, type World } from '../../kernel/world.ts';
import { groupError } from '../../ledger/group-facts.ts';
import type { ShareClient } from '../../share/client-state.ts';
import { ownShareClient } from '../../share/tables.ts';
import { type ConsumerState, cloneConsumer } from '../consumer-state.ts';

export interface ShareConsumer {
  readonly ref: number;
  /** What every consumer has: metadata, settings, its application's pause. */
  readonly c: ConsumerState;
  readonly s: ShareClient;
}

export function shareConsumer(w: World, ref: number): ShareConsumer {
  return { ref, c: own(w, w.consumers, ref, cloneConsumer), s: ownShareClient(w, ref) };
}

export function about({ c, s }: ShareConsumer): string[] {
  return [`consumer:${c.id}`, `group:${s.groupId}`];
}

/** An exception that the application sees. */
export function countShareError(w: World, x: ShareConsumer, exception: string): void {
  x.c.lastError = exception;
  groupError(w, x.s.groupId, exception);
}

export function sayClient(
  w: World,
  x: ShareConsumer,
  what: string,
  params: Readonly<Record<string, string | number>>,
): void {
  tell(w, `log.share.${what}`, { consumer: x.c.id, group: x.s.groupId, ...params }, about(x));
}

/** A value of the share consumer's own configuration (ShareConsumerConfig), in lower case. */
function shareSetting(c: ConsumerState, key: string, otherwise: string): string {
  for (const [name, value] of c.config) if (name === key) return value.trim().toLowerCase();
  return otherwise;
}

export function isExplicit(c: ConsumerState): boolean {
  return shareSetting(c, 'share.acknowledgement.mode', 'implicit') === 'explicit';
}

export function isRecordLimit(c: ConsumerState): boolean {
  return shareSetting(c, 'share.acquire.mode', 'batch_optimized') === 'record_limit';
}
