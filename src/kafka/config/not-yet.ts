/**
 * Why something that Kafka has does nothing here yet. One word each, so that a parameter, a verb or a scenario's field
 * can say it in a small bundle. The Chinese sentences are in zh.ts, which the page loads when it needs them.
 */
export const NOT_YET = {
  groups: 'Groups run here, of the classic and of the new protocol; this changes nothing of them yet.',
  transactions: 'Transactions are not simulated yet.',
  shareGroups: 'Share groups do without it here.',
  retention: 'A deleted segment’s file is gone at once.',
  quotas: 'Quotas are not simulated yet.',
  diskFaults: 'Disks do not fill up or break yet; host.powerLoss acts.',
  versions: 'Every node and client runs 4.3 for now.',
  raft: 'The quorum has one controller for now.',
  security: 'Connections are plain: no encryption, no log-in, no access rules.',
  tieredStorage: 'Remote storage is not simulated yet.',
  metrics: 'Metrics reporters and telemetry are not simulated.',
  code: 'It names Java classes, which do not run here.',
  corruption: 'Bytes of the running cluster are not damaged yet, so checking them changes nothing.',
  followerFetching: 'Readers ask the leader; reading from the nearest copy is not simulated yet.',
  fetchers: 'A follower has one fetcher for each leader.',
  idle: 'Idle connections stay open here.',
  rebootstrap:
    'A client that has lost all its brokers keeps trying them; it does not start over from its first list yet.',
  racks: 'The racks of the cluster say in which rack a broker stands.',
  noNotes: 'Members here commit without a note of their own, so its length never matters.',
  names: 'Clients are called by their id here and know every broker of the cluster.',
  host: 'It belongs to a real machine and its Java process; there is none here.',
  addresses: 'Nodes find each other by their id here: there are no hosts, ports, listeners or DNS.',
  threads:
    'Apart from compression, handling a request takes no time of its own here, so there are no threads or queues to size.',
  buffers: 'The network here has a delay and a rate for each link (network.set), no socket buffers.',
  connectionLimits: 'A broker takes any number of connections here.',
  folders: 'A broker has one disk here, without folders.',
  identity: 'The scenario itself says which nodes there are and what each of them is.',
  files: 'It changes how files lie on a real disk; no record goes another way.',
  compaction: 'The cleaner here takes no time and no memory, so nothing limits it.',
  streams: 'Streams groups are not simulated yet.',
  metadataLog: 'The metadata log is one list here, without segments, snapshots and empty records.',
  tidying: 'It says when memory of finished requests is freed; no request goes another way.',
  serverLog: 'It changes what Kafka writes into its own log file, nothing else.',
  admin: 'The tools here ask once and wait for the answer; they have no configuration of their own yet.',
  policies: 'It names a Java class that judges requests, and such classes do not run here.',
  experiments: 'It opens what is not released yet; every node here runs 4.3 as it was released.',
  recovery: 'A broker here starts in 3 s, whatever it has to read again from its disk.',
  notAsked: 'Nobody here sends the request that it limits.',
  other: 'Kafka has it; here it does nothing yet.',
} as const satisfies Readonly<Record<string, string>>;

export type NotYet = keyof typeof NOT_YET;
