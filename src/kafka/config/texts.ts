import { fillPhrase, type PhraseParams } from './phrase.ts';

/**
 * Why a value is refused. Each says what was given, what would be right, and the page adds what stays in force. The
 * Chinese sentences are in zh.ts.
 */
export const REFUSALS = {
  'unknown-key': '{key} is not a {scope} parameter of Kafka 4.3.',
  'not-whole': '{key} = {value} is not a whole number.',
  'not-number': '{key} = {value} is not a number.',
  'too-big-for-type': '{key} = {value} does not fit: a Java {type} holds {min} to {max}.',
  'below-min': '{key} = {value} is too small: the least is {min}.',
  'above-max': '{key} = {value} is too large: the most is {max}.',
  'out-of-range': '{key} = {value} is out of range: {min} to {max}, or {or}.',
  'not-boolean': '{key} = {value}: it is true or false.',
  'not-one-of': '{key} = {value}: it is one of {values}.',
  'wrong-case': '{key} = {value}: capital letters count here; write {right}.',
  empty: '{key} is empty: it needs a value.',
  'empty-item': '{key} = {value} has an empty item between its commas.',
  'not-offset-reset': '{key} = {value}: it is one of {values}, or by_duration: and a duration such as PT1H.',
  'not-throttled-replicas': '{key} = {value}: it is * or partition:broker pairs such as 0:1,1:2.',
  'not-voters': '{key} = {value}: it is a list of id@host:port.',
  'not-host-ports': '{key} = {value}: it is a list of host:port.',
  'idempotence-needs-acks':
    'enable.idempotence is true and acks is {acks}: the idempotent producer needs acks = all. Set one or the other.',
  'idempotence-needs-retries':
    'enable.idempotence is true and retries is 0: the idempotent producer must be able to send again.',
  'idempotence-in-flight':
    'max.in.flight.requests.per.connection = {value}: an idempotent producer has at most 5. Lower it, or set enable.idempotence to false.',
  'transactional-needs-idempotence':
    'transactional.id is set and idempotence is off: transactions need enable.idempotence, with acks = all and retries.',
  'two-phase-no-timeout':
    'transaction.timeout.ms does not go with transaction.two.phase.commit.enable: such transactions do not expire.',
  'delivery-too-short':
    'delivery.timeout.ms = {value} is shorter than linger.ms + request.timeout.ms = {least}: raise it to that, or lower one of them.',
  'auto-commit-without-group': 'enable.auto.commit is true without a group.id: there is nowhere to commit to.',
  'not-with-protocol': '{key} does not go with group.protocol = {protocol}.',
  'fetch-wait-above-socket':
    'replica.fetch.wait.max.ms = {value} is longer than replica.socket.timeout.ms = {limit}: every waiting fetch would time out.',
  'fetch-wait-above-lag':
    'replica.fetch.wait.max.ms = {value} is longer than replica.lag.time.max.ms = {limit}: idle followers would leave the in-sync set.',
  'compaction-lags': 'min.compaction.lag.ms = {value} is longer than max.compaction.lag.ms = {limit}.',
  'min-isr-with-elr':
    'min.insync.replicas of one broker cannot be set while eligible leader replicas are on. Set it for the cluster or for a topic.',
} as const satisfies Readonly<Record<string, string>>;

export type RefusalCode = keyof typeof REFUSALS;

/** What Kafka changes by itself and only tells its log. */
export const NOTES = {
  'idempotence-off-acks': 'Idempotence switched itself off, because acks is {acks} and not all.',
  'idempotence-off-retries': 'Idempotence switched itself off, because retries is 0.',
  'delivery-raised': 'delivery.timeout.ms went from {from} to {to} by itself, to hold linger.ms + request.timeout.ms.',
  'reconnect-constant': 'reconnect.backoff.max.ms follows reconnect.backoff.ms = {to}, since only that one was set.',
  'retry-constant': 'Every retry waits {to} ms: retry.backoff.ms = {from} is above retry.backoff.max.ms.',
  'setup-constant':
    'Every connection attempt may take {to} ms: socket.connection.setup.timeout.ms = {from} is above its maximum.',
  'auto-commit-off': 'enable.auto.commit switched itself off: there is no group.id to commit for.',
  'duplicates-dropped': '{key}: repeated items were dropped; {to} is left.',
  'heartbeat-too-slow':
    'broker.heartbeat.interval.ms = {from} is more than half of broker.session.timeout.ms = {to}: one late heartbeat can fence the broker.',
  'batch-of-one': 'batch.size = 0 means that every record goes alone.',
} as const satisfies Readonly<Record<string, string>>;

export type NoteCode = keyof typeof NOTES;

export function refusalMessage(code: RefusalCode, params: PhraseParams): string {
  return fillPhrase(REFUSALS[code], params);
}

export function noteMessage(code: NoteCode, params: PhraseParams): string {
  return fillPhrase(NOTES[code], params);
}
