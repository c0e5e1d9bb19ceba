/**
 * Why something that Kafka has does nothing here yet. One word each, so that a parameter, a verb or a scenario's field
 * can say it in a small bundle. The Chinese sentences are in zh.ts, which the page loads when it needs them.
 */
export const NOT_YET = {
  groups: 'Consumer groups are not simulated yet; a consumer reads the partitions that assign names.',
  transactions: 'Transactions are not simulated yet.',
  shareGroups: 'Share groups are not simulated yet.',
  compression: 'Batches are not compressed yet.',
  retention: 'Logs are not rolled or cleaned yet: every record stays.',
  quotas: 'Quotas are not simulated yet.',
  diskFaults: 'Disks do not fill up or break yet; host.powerLoss acts.',
  versions: 'Every node and client runs 4.3 for now.',
  raft: 'The quorum has one controller for now.',
  security: 'Connections are plain: no encryption, no log-in, no access rules.',
  tieredStorage: 'Remote storage is not simulated yet.',
  metrics: 'Metrics reporters and telemetry are not simulated.',
  code: 'It names Java classes, which do not run here.',
  corruption: 'Bytes are not damaged yet, so checking them changes nothing.',
  followerFetching: 'Readers ask the leader; reading from the nearest copy is not simulated yet.',
  fetchers: 'A follower has one fetcher for each leader.',
  idle: 'Idle connections stay open here.',
  rebootstrap:
    'A client that has lost all its brokers keeps trying them; it does not start over from its first list yet.',
  racks: 'The racks of the cluster say in which rack a broker stands.',
  names: 'Clients are called by their id here and know every broker of the cluster.',
  host: 'It sets threads, sockets, files or addresses of a real machine, which have no limit of their own here.',
  other: 'Kafka has it; here it does nothing yet.',
} as const satisfies Readonly<Record<string, string>>;

export type NotYet = keyof typeof NOT_YET;
