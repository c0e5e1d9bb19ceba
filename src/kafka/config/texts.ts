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
  'at-least': '{key} = {value} is below {other} = {limit}: raise it to that, or lower {other}.',
  'at-most': '{key} = {value} is above {other} = {limit}: lower it to that, or raise {other}.',
  below: '{key} = {value} must be below {other} = {limit}: lower it, or raise {other}.',
  'retention-zero': '{key} = 0 would keep nothing: it is -1 (keep for ever) or 1 and more.',
  'no-cleaner-threads': 'log.cleaner.threads = 0: Kafka divides the buffer by it and does not start. Set 1 or more.',
  'dedupe-buffer':
    'log.cleaner.dedupe.buffer.size = {value} is too small for {threads} cleaner threads: each needs more than 1 MiB, so at least {least}.',
  'no-connections':
    'max.connections.per.ip = 0 lets nobody in: only with addresses in max.connections.per.ip.overrides is 0 taken.',
  'only-one-of': 'Both {key} and {other} are set: Kafka takes only one of them.',
  'auto-join-broker':
    'controller.quorum.auto.join.enable = true is for controllers; a broker alone does not start with it.',
  'sasl-mechanism':
    'sasl.mechanism.inter.broker.protocol = {value} is not among sasl.enabled.mechanisms: brokers could not log in to each other.',
  'one-assignor': 'group.share.assignors names {count} assignors: share groups take exactly one.',
  'no-remote-storage':
    'remote.storage.enable = true needs remote.log.storage.system.enable = true on the brokers first.',
  'remote-needs-delete': 'cleanup.policy = {value} does not go with remote storage: set delete, or nothing.',
  'local-unlimited':
    '{key} = -1 keeps here without limit what {other} = {limit} limits: set at most that, or -2 for the same.',
  'copy-off-differs':
    '{key} = {value} must equal {other} = {limit} while remote.log.copy.disable is true: nothing more is copied away.',
  'heartbeat-not-below-session':
    'heartbeat.interval.ms = {value} is not below session.timeout.ms = {limit}: lower it to a third of that.',
  'empty-group': 'group.id is empty: give the group a name, or leave the key out.',
  'bad-instance-id':
    'group.instance.id = {value} is no name: letters, digits, dot, _ and - alone, at most 249, and not . or ..',
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
  'api-timeout-raised':
    'default.api.timeout.ms went from {from} to {to} by itself, to be no shorter than request.timeout.ms.',
  'sessions-crossed':
    'group.min.session.timeout.ms = {from} is above group.max.session.timeout.ms = {to}: every member of the classic protocol is refused.',
  'wait-outlasts-request':
    'fetch.max.wait.ms = {from} is not below request.timeout.ms = {to}: a question that waits for records ends as a time-out.',
  'batch-of-one': 'batch.size = 0 means that every record goes alone.',
} as const satisfies Readonly<Record<string, string>>;

export type NoteCode = keyof typeof NOTES;

export function refusalMessage(code: RefusalCode, params: PhraseParams): string {
  return fillPhrase(REFUSALS[code], params);
}

export function noteMessage(code: NoteCode, params: PhraseParams): string {
  return fillPhrase(NOTES[code], params);
}
