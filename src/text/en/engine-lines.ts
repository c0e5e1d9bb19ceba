/** What the engine says of single things: lines of the event list, rows of the State tab, notes, refusals. Loaded when first asked for. */
export const engineLines = {
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
  'log.broker.not-registered':
    'Broker {broker} ended itself: no controller registered it within initial.broker.registration.timeout.ms.',
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
  'log.retention.log-start':
    'Broker {broker} deleted {segments} {segments|plural|segment|segments} of {partition} below offset {logStart}: DeleteRecords had left nothing to read there.',
  'log.retention.size':
    'Broker {broker} deleted {segments} {segments|plural|segment|segments} ({records} {records|plural|record|records}) of {partition}: the log was larger than retention.bytes. It begins at {logStart} now.',
  'log.retention.time':
    'Broker {broker} deleted {segments} {segments|plural|segment|segments} ({records} {records|plural|record|records}) of {partition}: the newest record in it was older than retention.ms. The log begins at {logStart} now.',
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
  'log.connection.idle': '{from} closed its connection to {to}: nothing went over it for connections.max.idle.ms.',
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
  'log.consumer.not-yet-assignor':
    '{consumer} asks for an assignor that is not one of Kafka’s own. Such a class does not run here, so it reads nothing.',
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
  'state.segments': 'segments',
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

  // invariant.*: what must hold in every replicated log.
  'invariant.leader-in-isr': 'Who leads is in sync.',
  'invariant.isr-and-elr': 'Nobody is in sync and merely eligible at once, and only copies are in sync.',
  'invariant.elr-below-min-isr': 'With enough copies in sync nobody out of sync may lead.',
  'invariant.fenced-not-in-isr': 'No fenced or stopping broker counts as in sync.',
  'invariant.maximal-isr': 'A leader waits for everybody whom the controller counts as in sync.',
  'invariant.one-owner': 'No two current members of a group own one partition.',
  'invariant.committed-forward': 'A group’s committed offsets do not go back.',
  'invariant.generation-forward': 'A group’s generation does not go back, also under a new coordinator.',
  'invariant.group-epochs':
    'Under the new protocol no member is ahead of its group or goes back, and no partition is held by two.',
  'invariant.log-shape':
    'Batches follow each other without a gap, epochs never go back, and the high watermark lies in the log.',
  'invariant.logs-match': 'Below both their high watermarks two copies are the same, now and at any earlier moment.',
  'invariant.committed-on-isr': 'Everything below the leader’s high watermark is on every in-sync copy.',
  'invariant.acked-on-leader':
    'What acks=all acknowledged is with every later leader, unless an unclean election or a power loss took it.',
  'invariant.reads-repeat': 'Who reads an offset twice reads the same.',
  'invariant.ledger-totals': 'The eight numbers are what a count from scratch gives.',
  'invariant.event-order': 'Nothing waits in the past.',
} as const satisfies Record<string, string>;
