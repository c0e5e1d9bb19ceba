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
  'wait.flow': 'Records flow: written to the leader, fetched by the followers, read below the teal line.',
  // partition, leader, follower, latencyUs (one way), atRisk
  'wait.flow.slow-copy':
    'Records flow. Broker {follower} copies {partition} over a slow link ({latencyUs|ms} one way): {atRisk} acknowledged {atRisk|plural|record waits|records wait} for its copy.',
  // partition, follower, leader, records, behindUs
  'wait.follower-behind':
    'Broker {follower} is {records} {records|plural|record|records} behind its leader, broker {leader}, in {partition}. It asks again as soon as an answer arrives.',
  // partition, follower, leader, records
  'wait.catch-up':
    'Broker {follower} is back and copies {partition} from broker {leader}: {records} {records|plural|record|records} to go before it counts as in sync again.',
  // broker, silentUs, sessionUs, remainingUs, partition, producer
  'wait.session':
    'Broker {broker} has been silent for {silentUs|s1}. The controller waits {sessionUs|dur} from its last heartbeat; until then {partition} has no living leader, and {producer} waits.',
  // broker, silentUs, sessionUs, remainingUs, partition
  'wait.session.idle':
    'Broker {broker} has been silent for {silentUs|s1}. The controller waits {sessionUs|dur} from its last heartbeat; until then {partition} has no living leader.',
  // broker, silentUs, sessionUs, remainingUs: a broker that leads nothing
  'wait.session.follower':
    'Broker {broker} has been silent for {silentUs|s1}. Until {sessionUs|dur} after its last heartbeat it still counts as in sync, and acks=all waits for its copy.',
  // broker, remainingUs: the session is over, the controller looks only now and then
  'wait.session.check': 'Broker {broker}’s session is over. The controller looks again within {remainingUs|dur}.',
  // broker, partition, remainingUs: elected, the brokers have not heard yet
  'wait.news':
    'The controller chose broker {broker} to lead {partition}. The brokers learn it with their next fetch of the metadata log.',
  // partition, forUs, elr
  'wait.no-leader.elr':
    '{partition} has had no leader for {forUs|s1}. Only broker {elr} may lead it again: nobody else surely has every acknowledged record.',
  // partition, forUs, broker
  'wait.no-leader.last-known':
    '{partition} has had no leader for {forUs|s1}. Broker {broker} led last; the partition waits for it.',
  // partition, forUs, isr (without ELR: the last member stays in the ISR)
  'wait.no-leader.isr':
    '{partition} has had no leader for {forUs|s1}. It waits for the last in-sync copy: broker {isr}.',
  // partition, forUs
  'wait.no-leader': '{partition} has had no leader for {forUs|s1}, and no copy that may lead is alive.',
  // partition, broker, producer, forUs (since the election)
  'wait.metadata':
    'Broker {broker} leads {partition} since {forUs|s1}. {producer} has not heard yet: its next send will be refused, and it will ask who leads.',
  // producer, topic
  'wait.metadata.asking': '{producer} asks a broker who leads {topic} now.',
  // producer, topic
  'wait.metadata.first': '{producer} does not know {topic} yet: send() waits for the first answer.',
  // producer, partition, error, remainingUs, attempt
  'wait.retry': '{producer} was told {error} for {partition} and tries again in {remainingUs|ms} (attempt {attempt}).',
  // producer, broker, remainingUs
  'wait.request-timeout':
    '{producer} still waits for an answer from broker {broker}, which is silent; it gives up on this request in {remainingUs|dur}.',
  // producer, broker, remainingUs
  'wait.connect': '{producer} cannot reach broker {broker}; it tries to connect again in {remainingUs|ms}.',
  // producer, remainingUs
  'wait.buffer': '{producer}’s buffer is full: send() waits, at most {remainingUs|dur} more.',
  // producer, remainingUs
  'wait.delivery': '{producer} keeps trying; in {remainingUs|dur} it gives up on its oldest batch.',
  // partition, producer, inSync, minIsr
  'wait.min-isr':
    '{partition} has {inSync} in-sync {inSync|plural|copy|copies}; min.insync.replicas asks for {minIsr}. The leader refuses {producer}’s records with acks=all.',
  // partition, hw, records, inSync, minIsr
  'wait.unreadable':
    '{records} {records|plural|record is|records are} stored in {partition} and unreadable for now: {inSync} in-sync {inSync|plural|copy|copies}, min.insync.replicas={minIsr}. The high watermark stands at {hw}.',
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
  // broker, remainingUs
  'wait.register':
    'Broker {broker} runs again, but the controller still knows its old process until {sessionUs|dur} after that one’s last heartbeat. It asks again in {remainingUs|dur}.',
  // broker
  'wait.start': 'Broker {broker} starts: it reads its logs, then registers with the controller.',
  // broker
  'wait.unfence': 'Broker {broker} has registered and catches up on the metadata; then it may serve again.',
  // broker, leads (partitions it still leads)
  'wait.shutdown':
    'Broker {broker} shuts down in order: {leads} {leads|plural|partition still needs|partitions still need} another leader.',
  // broker, forUs
  'wait.paused': 'Broker {broker} has stood still for {forUs|s1}. Its connections live; what arrives waits in them.',
  // controller, forUs
  'wait.controller-down':
    'The controller is down for {forUs|s1}. Leaders go on serving; nothing can be elected, and nobody enters or leaves the in-sync set.',
  // forUs
  'wait.all-down': 'Every broker is down.',
  // from, to (ids or names), records
  'wait.cut':
    'The link between {from} and {to} is cut: what was sent waits until it heals or the connection times out.',
  'wait.quiet': 'All quiet: every record sent is answered, copied and read.',
  // atUs
  'wait.ended': 'The scenario ends here, at {atUs|s}.',

  // ---- log.*: one line of the event list. The time stands beside it. --------------------------------------------
  // broker (also a controller's id)
  'log.broker.killed': 'Broker {broker} was killed. What it wrote is still on its host.',
  'log.broker.power-lost':
    'Broker {broker}’s host lost power: {records} {records|plural|record was|records were} not on the disk yet and {records|plural|is|are} gone there.',
  'log.broker.started': 'Broker {broker} was started.',
  'log.broker.recovered': 'Broker {broker} checked its log of {partition} after the crash: it ends at {leo}.',
  'log.broker.recovered-cut':
    'Broker {broker} checked its log of {partition} after the crash and cut it from {fromOffset} to {toOffset}.',
  'log.broker.paused': 'Broker {broker} was paused. Its connections stay open.',
  'log.broker.resumed': 'Broker {broker} goes on; it handles what had waited.',
  'log.broker.stopping': 'Broker {broker} was told to stop and asks the controller to move its leaders.',
  'log.broker.stopped': 'Broker {broker} has stopped in order.',
  'log.broker.registered': 'Broker {broker} registered with the controller (broker epoch {epoch}).',
  'log.broker.registered-unclean':
    'Broker {broker} registered after a crash. The controller no longer trusts its log to be whole: out of the in-sync set and the eligible ones.',
  'log.broker.register-refused':
    'Broker {broker} was refused: DUPLICATE_BROKER_REGISTRATION, its old process may still live. It asks again in {remainingUs|dur}.',
  'log.broker.fenced': 'The controller fenced broker {broker}: no heartbeat for {silentUs|s1}.',
  'log.broker.fenced-shutdown': 'The controller fenced broker {broker}: it shuts down.',
  'log.broker.unfenced': 'Broker {broker} is unfenced: it may lead and count as in sync again.',
  'log.controller.killed': 'Controller {controller} was killed.',
  'log.controller.started': 'Controller {controller} was started.',
  'log.controller.paused': 'Controller {controller} was paused.',
  'log.controller.resumed': 'Controller {controller} goes on.',
  'log.controller.active': 'Controller {controller} is active. Every unfenced broker gets a fresh session.',
  // partition, broker (new leader), from (old leader), epoch, leo (end of the new leader's log)
  'log.elected.fenced':
    'Broker {broker} became leader of {partition} (epoch {epoch}): broker {from} was fenced, and it is the first in order among those in sync.',
  'log.elected.shutdown': 'Broker {broker} became leader of {partition} (epoch {epoch}): broker {from} shuts down.',
  'log.elected.unfenced':
    'Broker {broker} became leader of {partition} (epoch {epoch}): it came back, and it is in sync.',
  'log.elected.elr':
    'Broker {broker} became leader of {partition} (epoch {epoch}): nobody is in sync, and it surely has every acknowledged record.',
  'log.elected.last-known':
    'Broker {broker} became leader of {partition} (epoch {epoch}): nobody is in sync or eligible, and it led last. Its log may have lost records (unclean).',
  'log.elected.unclean':
    'Broker {broker} became leader of {partition} (epoch {epoch}) though not in sync: unclean election. What only others had is lost.',
  'log.elected.preferred': 'Broker {broker} leads {partition} again (epoch {epoch}): it is the preferred replica.',
  'log.elected.asked': 'Broker {broker} became leader of {partition} (epoch {epoch}): ElectLeaders asked for it.',
  'log.elected.reassigned':
    'Broker {broker} became leader of {partition} (epoch {epoch}): the replicas were reassigned.',
  // partition, from
  'log.leaderless.fenced': '{partition} has no leader: broker {from} was fenced, and no other copy may lead.',
  'log.leaderless.shutdown': '{partition} has no leader: broker {from} stopped, and no other copy may lead.',
  'log.leaderless.unclean-registration':
    '{partition} has no leader: broker {from} came back from a crash, and its log is no longer trusted.',
  'log.leaderless.elect-refused': 'ElectLeaders for {partition} was refused: {error}.',
  // partition, broker (who took note), epoch
  'log.leader.took-over':
    'Broker {broker} heard that it leads {partition} (epoch {epoch}); its log starts that epoch at {leo}.',
  'log.leader.stepped-down': 'Broker {broker} heard that it no longer leads {partition}; broker {to} does.',
  // partition, broker (who left), isr (those who stay)
  'log.isr.shrunk.fenced': '{partition}: broker {broker} left the in-sync set, it was fenced. In sync: {isr}.',
  'log.isr.shrunk.lag':
    '{partition}: broker {broker} left the in-sync set, it did not catch up for {behindUs|s1}. In sync: {isr}.',
  'log.isr.shrunk.shutdown': '{partition}: broker {broker} left the in-sync set, it shuts down. In sync: {isr}.',
  'log.isr.shrunk.unclean-registration':
    '{partition}: broker {broker} left the in-sync set, it came back from a crash. In sync: {isr}.',
  'log.isr.shrunk.elected': '{partition}: the new leader starts alone in the in-sync set. In sync: {isr}.',
  'log.isr.empty': '{partition}: broker {broker} left the in-sync set. Nobody is in sync.',
  'log.isr.grew': '{partition}: broker {broker} has caught up and joined the in-sync set. In sync: {isr}.',
  'log.isr.refused': 'Broker {broker} asked to change the in-sync set of {partition} and was refused: {error}.',
  // partition, elr, minIsr
  'log.elr.changed':
    '{partition}: broker {elr} may still lead though not in sync: when it left, fewer than {minIsr} were in sync, so nothing was acknowledged by all without it.',
  'log.elr.cleared': '{partition}: enough copies are in sync; nobody out of sync may lead any more.',
  'log.elr.dropped':
    '{partition}: broker {broker} may no longer lead: it came back from a crash and may have lost records.',
  'log.elr.cleared-by-config': '{partition}: min.insync.replicas changed, so nobody out of sync may lead any more.',
  // broker, partition, fromOffset, toOffset (its old end), records, leader
  'log.truncated':
    'Broker {broker} cut its log of {partition} from {toOffset} back to {fromOffset}: {records} {records|plural|record|records} that leader {leader} does not have.',
  'log.truncated-none': 'Broker {broker} compared its log of {partition} with leader {leader}: nothing to cut.',
  // partition, hw, inSync, minIsr
  'log.hw.stands':
    '{partition}: the high watermark stands still at {hw}: {inSync} in sync, min.insync.replicas={minIsr}.',
  'log.hw.moves': '{partition}: the high watermark moves again.',
  'log.hw.fell': '{partition}: the high watermark fell from {fromOffset} to {toOffset} under leader {broker}.',
  // producer, error, records, partition
  'log.producer.failed': '{producer}: {records} {records|plural|record|records} for {partition} failed with {error}.',
  'log.producer.expired':
    '{producer}: {records} {records|plural|record|records} for {partition} failed with TimeoutException: not delivered within {afterUs|dur}.',
  'log.producer.retries': '{producer} was told {error} for {partition} and sends again in {remainingUs|ms}.',
  'log.producer.learnt': '{producer} learnt that broker {broker} leads {partition} (epoch {epoch}).',
  'log.producer.blocked': '{producer}’s send() waits: its buffer is full.',
  'log.producer.unblocked': '{producer}’s send() goes on.',
  'log.producer.new-epoch':
    '{producer} starts a new producer epoch ({epoch}): a batch expired, and its sequence is no longer sure.',
  'log.producer.started': '{producer} was started.',
  'log.producer.stopped': '{producer} was closed.',
  'log.producer.crashed': '{producer} crashed: {records} unsent {records|plural|record is|records are} gone with it.',
  'log.producer.done': '{producer} has sent all its records.',
  'log.duplicate':
    '{partition}: broker {broker} stored {records} {records|plural|record|records} of {producer} twice: the first answer was lost on the way.',
  'log.duplicate-refused':
    '{partition}: broker {broker} knew {producer}’s batch already (sequence) and stored it once.',
  'log.out-of-order-sequence': '{partition}: broker {broker} refused {producer}’s batch: its sequence does not follow.',
  // from, to: names as they stand on the stage
  'log.connection.refused': '{from} could not connect to {to}: nobody listens there.',
  'log.connection.lost': '{from} lost its connection to {to}.',
  'log.connection.timeout': '{from} gave up waiting for {to}.',
  // records, partition, broker (the new leader), offset (the first)
  'log.lost':
    '{partition}: {records} acknowledged {records|plural|record is|records are} lost, from offset {offset}: broker {broker}’s log does not have {records|plural|it|them}.',
  'log.unavailable':
    '{partition}: {records} acknowledged {records|plural|record is|records are} out of reach while there is no leader. Not lost yet.',
  'log.available': '{partition}: {records} {records|plural|record is|records are} within reach again.',
  // from, to, latencyUs
  'log.link.cut': 'The link between {from} and {to} was cut.',
  'log.link.cut-one-way': 'Nothing passes from {from} to {to} any more; the other way is open.',
  'log.link.healed': 'The link between {from} and {to} works again.',
  'log.link.healed-all': 'Every link works again.',
  'log.link.slow': 'The link between {from} and {to} now takes {latencyUs|ms} one way.',
  'log.link.lossy':
    'The link between {from} and {to} now loses {percent} % of its packets; TCP sends them again, later.',
  'log.link.normal': 'The link between {from} and {to} is as fast as the others again.',
  // thing (its name), key, value, from (old value)
  'log.config.set': '{thing}: {key} is now {value} (was {from}).',
  'log.config.reset': '{thing}: {key} is back at its default, {value}.',
  'log.config.refused': '{thing}: {key} = {value} was refused: {error}.',
  'log.config.restarts': '{thing}: {key} is now {value}; it is read at start, so {thing} starts again.',
  'log.admin.failed': 'An admin request (API key {api}) failed: {error}.',
  'log.admin.refused': 'An admin request (API key {api}) was refused: {error}. {message}',
  'log.consumer.not-yet-group':
    '{consumer} subscribes as a group member; groups are not simulated yet, so it reads nothing. Give it partitions with assign.',
  'log.consumer.not-yet-share':
    '{consumer} belongs to a share group; share groups are not simulated yet, so it reads nothing.',
  'log.topic.created':
    'Topic {topic} was created: {partitions} {partitions|plural|partition|partitions}, {replicas} {replicas|plural|copy|copies} each.',
  // consumer, partition, offset, policy, fromOffset
  'log.consumer.reset':
    '{consumer} has no valid position in {partition}; auto.offset.reset={policy} puts it at {offset}.',
  'log.consumer.truncated':
    '{consumer} stood at {fromOffset} in {partition}; the new leader’s log ends at {offset}. It goes on there.',
  'log.consumer.truncation-error':
    '{consumer} stood at {fromOffset} in {partition}; the new leader’s log ends before it: LogTruncationException.',
  'log.consumer.failed': '{consumer} got {error}.',
  'log.consumer.learnt': '{consumer} learnt that broker {broker} leads {partition}.',
  'log.consumer.started': '{consumer} was started.',
  'log.consumer.stopped': '{consumer} was closed.',
  'log.consumer.crashed': '{consumer} crashed.',
  'log.consumer.paused': '{consumer}’s application stands still.',
  'log.consumer.resumed': '{consumer}’s application goes on.',
  'log.consumer.seek': '{consumer} goes to offset {offset} in {partition}.',

  // ---- mark.*: lane marks, as short as a label. -------------------------------------------------------------------
  'mark.elected': 'broker {broker} leads {partition}',
  'mark.elected-unclean': 'broker {broker} leads {partition}, unclean',
  'mark.leaderless': '{partition} has no leader',
  'mark.isr-shrunk': '{partition}: in sync {isr}',
  'mark.isr-grew': '{partition}: in sync {isr}',
  'mark.isr-empty': '{partition}: nobody in sync',
  'mark.elr': '{partition}: eligible {elr}',
  'mark.lost': '{partition}: {records} lost',
  'mark.power-lost': 'broker {broker}: {records} gone from memory',
  'mark.truncated': 'broker {broker} cut {partition} at {fromOffset}',
  'mark.topic-created': 'topic {topic} created',
  'mark.fenced': 'broker {broker} fenced',
  'mark.unfenced': 'broker {broker} unfenced',
  'mark.failed': '{producer}: {records} failed',
  'mark.refused': '{producer}: {error}',
  'mark.duplicated': '{partition}: {records} twice',
  'mark.hw-stands': '{partition}: high watermark stands',

  // ---- command.*: a command in words, `command.<verb>`. Parameters are the verb's own arguments; from/to are the two
  //      sides of `between` as ready lists; values that were left out choose the key with a suffix. ------------------
  'command.broker.kill': 'kill broker {broker}',
  'command.broker.start': 'start broker {broker}',
  'command.broker.stop': 'stop broker {broker}',
  'command.broker.pause': 'pause broker {broker}',
  'command.broker.resume': 'resume broker {broker}',
  'command.host.powerLoss': 'power off broker {broker}’s host',
  'command.disk.fill': 'fill broker {broker}’s disk with {bytes|bytes}',
  'command.disk.fill.all': 'fill broker {broker}’s disk',
  'command.disk.fail': 'break broker {broker}’s disk',
  'command.disk.wipe': 'wipe broker {broker}’s disk',
  'command.network.cut': 'cut {from} – {to}',
  'command.network.cut.one-way': 'cut {from} → {to}',
  'command.network.heal': 'heal {from} – {to}',
  'command.network.heal.all': 'heal every link',
  // what: a ready list such as "latency 40 ms, loss 5 %"
  'command.network.set': '{from} – {to}: {what}',
  'command.network.set.one-way': '{from} → {to}: {what}',
  'command.producer.start': 'start {producer}',
  'command.producer.stop': 'close {producer}',
  'command.producer.crash': 'crash {producer}',
  'command.producer.init': '{producer}: initTransactions',
  'command.producer.begin': '{producer}: beginTransaction',
  'command.producer.commit': '{producer}: commitTransaction',
  'command.producer.abort': '{producer}: abortTransaction',
  'command.producer.flush': '{producer}: flush',
  // count
  'command.producer.send': '{producer} sends {count} to {topic}',
  'command.consumer.join': 'start {consumer}',
  'command.consumer.leave': 'close {consumer}',
  'command.consumer.crash': 'crash {consumer}',
  'command.consumer.pause': 'hold {consumer} for {us|dur}',
  'command.consumer.pause.open': 'hold {consumer}',
  'command.consumer.resume': 'let {consumer} go on',
  'command.consumer.seek': '{consumer} to {to} in {partition}',
  'command.consumer.commit': '{consumer} commits',
  'command.topic.create': 'create topic {name}',
  'command.topic.delete': 'delete topic {topic}',
  'command.topic.addPartitions': '{topic}: {total} partitions',
  'command.topic.deleteRecords': 'delete {partition} before {beforeOffset}',
  'command.partition.reassign': 'move {partition} to {replicas}',
  'command.leader.elect': 'elect the preferred leader of {partition}',
  'command.leader.elect.unclean': 'elect any leader of {partition} (unclean)',
  // entity: the thing's name
  'command.config.set': '{entity}: {key} = {value}',
  'command.config.set.cluster': 'all brokers: {key} = {value}',
  'command.config.reset': '{entity}: {key} back to default',
  'command.config.reset.cluster': 'all brokers: {key} back to default',

  // ---- branch.*: how a branch came about. ---------------------------------------------------------------------------
  'branch.first': 'as opened',
  // thing, key, value, from
  'branch.config': '{key} {from} → {value}',
  'branch.configs': '{count} values changed',
  'branch.command': 'with: {command}',
  'branch.off': 'without: {command}',
  'branch.on': 'again with: {command}',
  'branch.deleted': 'deleted: {command}',
  'branch.moved': 'moved to {toUs|s}: {command}',
  'branch.workload': 'your own text',
  'branch.cut-short': 'another way from {forkUs|s}',

  // ---- note.*: what stands under a parameter's value. ----------------------------------------------------------------
  'note.default': 'default of {version}',
  'note.preset': 'preset here for a small cluster; Kafka’s default is {value}',
  'note.cluster': 'set for all brokers',
  'note.from-broker': 'from the broker’s {key}',
  'note.idempotence-off': 'off: it needs acks=all, and you set acks={value}',
  'note.idempotence-on': 'on by itself: acks=all, retries and at most 5 in flight allow it',
  'note.clamped': 'acts as {value}: a partition has only {replicas} copies',
  'note.floored': 'acts as {value}: {key} may not be less',
  'note.restart': 'read at start',

  // ---- refused.*: why the page's own command did nothing. --------------------------------------------------------------
  'refused.already-down': 'Broker {broker} is down already.',
  'refused.not-down': 'Broker {broker} is running.',
  'refused.already-paused': 'Broker {broker} is paused already.',
  'refused.not-paused': 'Broker {broker} is not paused.',
  'refused.client-running': '{name} is running.',
  'refused.client-not-running': '{name} is not running.',
  'refused.topic-exists': 'There is a topic {topic} already (TopicExistsException).',
  'refused.unknown': 'There is no {name} here.',
  'refused.not-yet': 'Not simulated yet.',

  // ---- state.*: labels of the State tab; value.*: their values where they are words. -------------------------------------
  'state.process': 'process',
  'state.since': 'since',
  'state.registered': 'registered',
  'state.fenced': 'fenced',
  'state.broker-epoch': 'broker epoch',
  'state.incarnation': 'incarnation',
  'state.last-heartbeat': 'last heartbeat arrived',
  'state.session-ends': 'session ends',
  'state.leads': 'leads',
  'state.follows': 'follows',
  'state.version': 'version',
  'state.rack': 'rack',
  'state.role': 'role',
  'state.unflushed': 'only in memory',
  'state.connections': 'connections',
  'state.requests-waiting': 'requests waiting here',
  'state.metadata-offset': 'metadata read up to',
  'state.metadata-end': 'metadata log ends at',
  'state.active-controller': 'active controller',
  'state.leader': 'leader',
  'state.leader-epoch': 'leader epoch',
  'state.partition-epoch': 'partition epoch',
  'state.replicas': 'replicas, in order',
  'state.isr': 'in sync (ISR)',
  'state.pending-isr': 'in-sync set asked for',
  'state.elr': 'eligible though not in sync (ELR)',
  'state.last-known-leader': 'last known leader',
  'state.recovery': 'leader recovery',
  'state.min-isr': 'least in sync (min.insync.replicas)',
  'state.hw': 'high watermark',
  'state.leo': 'next offset (log end)',
  'state.log-start': 'log starts at',
  'state.lso': 'last stable offset',
  'state.epoch-entries': 'leader epochs and where they start',
  'state.size': 'size',
  'state.batches': 'batches',
  'state.records': 'records',
  'state.at-risk': 'at risk',
  'state.lost': 'lost',
  'state.lag-records': 'records behind',
  'state.last-caught-up': 'last caught up',
  'state.fetch-offset': 'fetches from',
  'state.fetching-from': 'fetches from broker',
  'state.hw-checkpoint': 'high watermark on disk',
  'state.recovery-point': 'surely on disk up to',
  'state.producer-state': 'producers it remembers',
  'state.acks': 'acks',
  'state.idempotence': 'idempotence',
  'state.producer-id': 'producer id',
  'state.producer-epoch': 'producer epoch',
  'state.sequence': 'next sequence',
  'state.buffer': 'buffer in use',
  'state.in-flight': 'requests in flight',
  'state.waiting-batches': 'batches waiting',
  'state.retries': 'retries',
  'state.blocked': 'send() waits for',
  'state.sent': 'sent',
  'state.acked': 'acknowledged',
  'state.failed': 'failed',
  'state.known-leaders': 'leaders it knows',
  'state.metadata-age': 'metadata is',
  'state.position': 'position',
  'state.lag': 'behind',
  'state.delivered': 'delivered',
  'state.fetch-session': 'fetch session',
  'state.parked-until': 'its question waits until',
  'state.last-error': 'last error',
  'state.group': 'group',
  'state.latency': 'one way',
  'state.jitter': 'jitter',
  'state.loss': 'loss',
  'state.bandwidth': 'bandwidth',
  'state.cut': 'cut',
  'state.in-the-air': 'in the air',
  'state.partitions': 'partitions',
  'state.replication-factor': 'copies of each partition',
  'value.yes': 'yes',
  'value.no': 'no',
  'value.none': 'none',
  'value.unknown': 'not known',
  'value.up': 'runs',
  'value.paused': 'paused',
  'value.down': 'down',
  'value.power-off': 'no power',
  'value.leader': 'leader',
  'value.follower': 'follower',
  'value.offline': 'offline',
  'value.metadata': 'metadata',
  'value.buffer': 'room in the buffer',
  'value.recovered': 'not needed',
  'value.recovering': 'under way, after an unclean election',
  // us, atUs, bytes, percent, mbps, broker
  'value.us': '{us|dur}',
  'value.ago': '{us|dur} ago',
  'value.old': '{us|dur} old',
  'value.in': 'in {us|dur}',
  'value.at': '{atUs|s}',
  'value.bytes': '{bytes|bytes}',
  'value.percent': '{percent} %',
  'value.mbps': '{mbps} Mbit/s',
  'value.broker': 'broker {broker}',
  'value.of': '{used|bytes} of {total|bytes}',

  // ---- fate.*: a record's fate in a word (CONTRACT's words). ----------------------------------------------------------
  'fate.pending': 'pending',
  'fate.acked': 'acknowledged',
  'fate.at-risk': 'at risk',
  'fate.safe': 'safe',
  'fate.lost': 'lost',
  'fate.failed': 'failed',
  'fate.failed-but-written': 'failed, yet stored',
  'fate.unavailable': 'out of reach',
  'fate.delivered': 'delivered',
  'fate.twice': 'twice',
} as const satisfies Record<string, string>;
