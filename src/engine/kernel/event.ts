import type { Message } from '../net/message.ts';

/** Kinds of events. A handler is found by kind; the number goes into the history hash, so never renumber: add. */
export const EventKind = {
  Deliver: 1,
  ConnectionTimeout: 2,
  Reconnect: 3,
  WhenStep: 5,
  ControllerTick: 10,
  ControllerUncleanElection: 11,
  ControllerPreferredElection: 12,
  MetadataFetchWait: 13,
  ControllerBooted: 14,
  BrokerHeartbeat: 20,
  DelayedFetchExpire: 21,
  DelayedProduceExpire: 22,
  IsrShrinkCheck: 23,
  HighWatermarkCheckpoint: 24,
  FetcherRetry: 25,
  AlterPartitionRetry: 26,
  DiskFlush: 27,
  BrokerBooted: 28,
  MetadataFetchRetry: 29,
  BrokerRegister: 30,
  LogFlush: 31,
  BrokerStopped: 32,
  AdminRetry: 33,
  ProducerIdExpiration: 34,
  BrokerStepDown: 35,
  LogRetention: 36,
  LogCleaner: 37,
  ProduceValidated: 38,
  ProducerDue: 40,
  ProducerSend: 41,
  ProducerApplication: 42,
  ConsumerWake: 50,
  ConsumerApplication: 51,
  ConsumerHeartbeat: 52,
  GroupCoordinatorTimer: 60,
  ShareBrokerTimer: 70,
  ShareCoordinatorTimer: 71,
  ShareGroupTimer: 72,
  ShareConnectionEnded: 73,
  ShareClientTimer: 74,
} as const;

export type EventKindId = (typeof EventKind)[keyof typeof EventKind];

/** One shape for all events, so that the queue stays monomorphic. Plain data: nothing in it runs. */
export interface SimEvent {
  readonly atUs: number;
  readonly seq: number;
  readonly kind: number;
  /** Dense node index whose process handles it; -1: the world itself (commands, the network). */
  readonly node: number;
  /** Process incarnation at scheduling; a later incarnation does not see the event. */
  readonly incarnation: number;
  readonly arg: number;
  readonly message: Message | null;
}
