import type { Vector } from '../../base/vector.ts';
import { vectorShare } from '../../base/vector.ts';
import type { BrokerConfig } from '../../kafka/config/effective-broker.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { Owned } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import type { MetadataImage } from './metadata-image.ts';
import type { MetadataEntry } from './metadata-records.ts';

/** What the active controller remembers of a broker between heartbeats (Kafka: BrokerHeartbeatManager.BrokerHeartbeatState). */
export interface HeartbeatState {
  readonly brokerId: number;
  /** Last contact; the session runs from here. -1: no session. */
  readonly lastContactUs: number;
  readonly metadataOffset: number;
  readonly fenced: boolean;
  /** Offset at which its controlled shutdown began; -1: it is not shutting down. */
  readonly controlledShutdownOffset: number;
}

/** An observer's fetch of the metadata log that waits for records. */
export interface ParkedMetadataFetch {
  readonly request: Message;
  readonly brokerId: number;
  readonly fetchOffset: number;
  readonly deadlineUs: number;
}

/** The one active controller (the quorum of several comes with its own issue: `controller/` is its place). */
export interface ControllerState extends Owned {
  node: number;
  nodeId: number;
  epoch: number;
  /** Its process starts: nobody can connect yet. */
  booting: boolean;
  log: Vector<MetadataEntry>;
  image: MetadataImage;
  /** By broker id. */
  heartbeats: (HeartbeatState | null)[];
  parked: ParkedMetadataFetch[];
  nextProducerId: number;
  nextTopicId: number;
  elrEnabled: boolean;
  /** The controller's own properties file: what topics inherit when it decides (min ISR, unclean elections). */
  entries: ConfigEntries;
  settings: BrokerConfig;
}

export function cloneController(c: ControllerState): ControllerState {
  return { ...c, log: vectorShare(c.log), heartbeats: c.heartbeats.slice(), parked: c.parked.slice() };
}
