/** A world at its moment, as the page sees it: only what is looked at, and nothing that the page could not show. */
import type { ViewRequest } from '../../protocol/engine-client.ts';
import type { Detail, Frame, WorldInfo } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { lateCodecs } from '../slots.ts';
import { consumerViews, producerViews } from './frame-clients.ts';
import { flightViews } from './frame-flights.ts';
import { brokerViews, controllerViews, linkViews } from './frame-nodes.ts';
import { partitionViews } from './frame-partitions.ts';
import { ringViews } from './frame-rings.ts';
import { groupProjection } from './group-hooks.ts';
import { growKeys, type KeyTable } from './key-table.ts';
import { totalsOf } from './totals.ts';
import { waitingOf } from './waiting.ts';

export const DEFAULT_VIEW: ViewRequest = { selection: null, tab: 'parameters', windowRecords: 12, scroll: {} };

/** What a frame needs beside the world. */
export interface FrameContext {
  readonly world: number;
  readonly branch: number;
  readonly jump: number;
  readonly view: ViewRequest;
  readonly keys: KeyTable;
  /** The selected thing, decoded. Handed in: the page's first picture needs none, so it is no part of the first load. */
  readonly detail: (w: World, view: ViewRequest) => Detail | null;
}

export function frameOf(w: World, context: FrameContext): Frame {
  const { keys, view } = context;
  growKeys(keys, w);
  return {
    world: context.world,
    branch: context.branch,
    jump: context.jump,
    atUs: w.nowUs,
    endUs: w.scenario.untilUs,
    events: w.eventCount,
    brokers: brokerViews(w),
    controllers: controllerViews(w),
    partitions: partitionViews(w, keys, view),
    ...(w.brokers.some((b) => b.work !== null) && { compressed: lateCodecs.compressedLogs(w) }),
    producers: producerViews(w, keys),
    consumers: consumerViews(w),
    groups: groupProjection.views(w),
    flights: flightViews(w, keys),
    rings: ringViews(w),
    links: linkViews(w),
    totals: totalsOf(w),
    waiting: waitingOf(w),
    detail: view.selection === null ? null : context.detail(w, view),
  };
}

export function worldInfo(w: World, world: number, keys: KeyTable): WorldInfo {
  growKeys(keys, w);
  const topics: WorldInfo['topics'][number][] = [];
  for (const { name, partitions } of w.controller.image.topics.values()) {
    if (name.startsWith('__')) continue;
    const first = w.controller.image.partitions[partitions[0] ?? -1];
    topics.push({ name, partitions: partitions.length, replicationFactor: first?.replicas.length ?? 0 });
  }
  return {
    world,
    title: w.scenario.title,
    version: w.scenario.cluster.version,
    seed: w.scenario.seed,
    endUs: w.scenario.untilUs,
    keys: keys.keys.slice(),
    topics,
  };
}
