/**
 * Every sentence that the engine's projection makes: it names a key and raw parameters, never prose.
 *
 * Parameters, the same names everywhere:
 * - ids as numbers: `broker`, `leader`, `follower`, `from`, `to`, `controller`; `from`/`to` are brokers.
 * - names as strings: `partition` ("orders-0"), `topic`, `producer`, `consumer`, `error` (Kafka's own name), `key`, `value`.
 * - times as whole microseconds, the name ends in `Us`: `forUs` (how long so far), `remainingUs`, `silentUs`,
 *   `sessionUs`, `behindUs`, `afterUs`, `latencyUs`. The moment itself (`atUs`) stands beside the phrase, not in it.
 * - counts and offsets as numbers: `records`, `offset`, `fromOffset`, `toOffset` (exclusive where it says "before"), `leo`, `hw`,
 *   `epoch`, `attempt`, `atRisk`, `minIsr`, `inSync` (a count), `bytes`.
 * - lists as ready strings, comma and space between, never empty (another key says "nobody"): `isr`, `elr`, `brokers`.
 *
 * Where a part may be missing there are two keys (`wait.session` with `producer`, `wait.session.idle` without).
 */
export const engine = {
  // ---- wait.*: the caption. One sentence (or two): what the cluster waits for, and why. ------------------------
  'wait.starting': 'Clients connect and ask who leads. Nothing has been sent yet.',
  'wait.flow': 'Records flow: written to the leader, fetched by the followers, read left of the teal line.',
  'wait.flow.alone':
    'Records flow: written to the leader, and read left of the teal line. No partition has a second copy: what its broker loses is lost.',
  // partition, leader, follower, latencyUs (one way), atRisk
  'wait.flow.slow-copy':
    'Records flow. Broker {follower} copies {partition} over a slow link ({latencyUs|ms} one way): {atRisk} acknowledged {atRisk|plural|record waits|records wait} for its copy.',
  // partition, follower, leader, records, behindUs
  'wait.follower-behind':
    'Broker {follower} is {records} {records|plural|record|records} behind its leader, broker {leader}, in {partition}. It asks again as soon as an answer arrives.',
  // producer, topic
  'wait.metadata.first': '{producer} does not know {topic} yet: send() waits for the first answer.',
  // partition, producer, broker (leader), brokers (who still lacks it), remainingUs
  'wait.copy':
    'Broker {broker} has stored {producer}’s records in {partition}. With acks=all it answers when broker {brokers} has them too.',
  // consumer, broker, partition, remainingUs
  'wait.parked.consumer':
    '{consumer} asked broker {broker} for more of {partition}; nothing new is readable, so the question waits there, at most {remainingUs|ms} more.',
  // follower, leader, partition, remainingUs
  'wait.parked.follower':
    'Broker {follower} asked broker {leader} for more of {partition}; there is nothing new, so the question waits there, at most {remainingUs|ms} more.',
  // producer, broker, partition, records, remainingUs: what is in the air while one looks closely
  'wait.flight.produce':
    '{producer}’s {records} {records|plural|record|records} for {partition} reach broker {broker} in {remainingUs|ms}.',
  'wait.flight.produce-answer': 'Broker {broker}’s answer reaches {producer} in {remainingUs|ms}.',
  // follower, leader, partition, remainingUs
  'wait.flight.fetch':
    'Broker {follower}’s question for more of {partition} reaches broker {leader} in {remainingUs|ms}.',
  // follower, leader, partition, records, remainingUs
  'wait.flight.fetch-answer':
    'Broker {leader}’s answer with {records} {records|plural|record|records} of {partition} reaches broker {follower} in {remainingUs|ms}.',
  // consumer, broker, partition, records, remainingUs
  'wait.flight.read-answer':
    '{records} {records|plural|record|records} of {partition} reach {consumer} in {remainingUs|ms}.',
  'wait.quiet': 'All quiet: every record sent is answered, copied and read.',
  // atUs
  'wait.ended': 'The scenario ends here, at {atUs|s}.',
} as const satisfies Record<string, string>;
