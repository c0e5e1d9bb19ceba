/**
 * What a broker tells its group coordinator (Kafka: BrokerMetadataPublisher's onElection and onResignation, and the listener of the high
 * watermark). The coordinator is a part that is loaded only where a scenario has groups; without it nobody listens.
 */
import type { MetadataImage } from '../controller/metadata-image.ts';
import type { World } from '../kernel/world.ts';

export interface CoordinatorHooks {
  leadershipChanged(w: World, broker: number, partition: number): void;
  highWatermarkMoved(w: World, broker: number, partition: number): void;
  processEnded(w: World, broker: number): void;
  /** After its partitions have become what the new image says. */
  metadataChanged(w: World, broker: number, before: MetadataImage, after: MetadataImage): void;
  /** For conditions of a scenario: a group as its coordinator has it; null: nobody has it. */
  groupState(w: World, groupId: string): { readonly state: string; readonly members: number } | null;
}

export const coordinatorHooks: CoordinatorHooks = {
  leadershipChanged() {},
  highWatermarkMoved() {},
  processEnded() {},
  metadataChanged() {},
  groupState: () => null,
};

/** Called while modules load. */
export function registerCoordinatorHooks(hooks: CoordinatorHooks): void {
  Object.assign(coordinatorHooks, hooks);
}
