/** Small hand-made frames for the tests of lessons. */
import type { BrokerView, Frame, LedgerTotals, PartitionView, ProducerView } from '../protocol/frame.ts';
import type { LessonWorld } from '../scenario/lesson-view.ts';

export const TOTALS: LedgerTotals = {
  sent: 1600,
  acked: 1598,
  failed: 0,
  failedButWritten: 0,
  pending: 2,
  lost: 0,
  atRisk: 7,
  unavailable: 0,
  duplicated: 0,
  reordered: 0,
  delivered: 1580,
  behind: 18,
};

export function makeBroker(id: number, change: Partial<BrokerView> = {}): BrokerView {
  return {
    id,
    isController: false,
    rack: null,
    version: '4.3',
    state: 'up',
    sinceUs: 0,
    fenced: false,
    shuttingDown: false,
    leads: 1,
    lastHeartbeatUs: 8_000_000,
    sessionEndsUs: 17_000_000,
    unflushedBytes: 52_000,
    ...change,
  };
}

export function makePartition(change: Partial<PartitionView> = {}): PartitionView {
  return {
    name: 'orders-0',
    topic: 'orders',
    index: 0,
    leader: 1,
    lastLeader: 1,
    leaderEpoch: 0,
    partitionEpoch: 0,
    isr: [1, 2, 3],
    elr: [],
    minIsr: 1,
    hw: 1000,
    leo: 1007,
    logStart: 0,
    atRisk: 7,
    available: true,
    sinceUs: 0,
    replicas: [1, 2, 3].map((broker) => ({
      broker,
      role: broker === 1 ? 'leader' : 'follower',
      wasLeader: false,
      inIsr: true,
      inElr: false,
      logStart: 0,
      leo: 1007,
      hw: 1000,
      leaderEpoch: 0,
      lastCaughtUpUs: null,
      sizeBytes: 0,
      unflushedFrom: 0,
      log: { base: 0, keys: [], ids: [], flags: [] },
    })),
    ...change,
  };
}

export function makeProducer(change: Partial<ProducerView> = {}): ProducerView {
  return {
    id: 'checkout',
    state: 'up',
    acks: '1',
    idempotent: false,
    producerId: -1,
    producerEpoch: -1,
    topic: 'orders',
    batches: [],
    bufferUsedBytes: 0,
    bufferBytes: 1,
    inFlight: 0,
    blocked: null,
    sent: 0,
    acked: 0,
    failed: 0,
    retries: 0,
    workloadEnded: false,
    ...change,
  };
}

export function makeFrame(change: Partial<Frame> = {}): Frame {
  return {
    world: 1,
    branch: 0,
    jump: 0,
    atUs: 8_000_000,
    endUs: 120_000_000,
    events: 0,
    brokers: [1, 2, 3].map((id) => makeBroker(id)),
    controllers: [],
    partitions: [makePartition()],
    producers: [makeProducer()],
    consumers: [],
    groups: [],
    flights: [],
    rings: [],
    links: [{ from: 'broker:1', to: 'broker:2', latencyUs: 40_000, slow: true, cut: false }],
    totals: TOTALS,
    waiting: { phrase: { key: 'wait.flow', params: {} }, kind: 'flow', sinceUs: 0, untilUs: null },
    detail: null,
    ...change,
  };
}

export function makeWorld(frame: Partial<Frame> = {}, change: Partial<LessonWorld> = {}): LessonWorld {
  return {
    title: 'A shop at work',
    language: 'en',
    frame: makeFrame(frame),
    lines: [],
    commands: [],
    branches: [
      {
        id: 0,
        parent: null,
        forkUs: 0,
        title: { key: 'branch.first', params: {} },
        what: null,
        name: null,
        note: '',
        current: true,
      },
    ],
    ...change,
  };
}
