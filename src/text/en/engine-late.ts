/** What the engine says once something is done to the cluster or goes wrong; its parameters are explained in engine.ts. */
export const engineLate = {
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
    'Broker {broker} has led {partition} for {forUs|dur}. {producer} has not heard yet: its next send will be refused, and it will ask who leads.',
  // partition, broker, producer: just elected
  'wait.metadata.now':
    'Broker {broker} now leads {partition}. {producer} has not heard yet: its next send will be refused, and it will ask who leads.',
  // producer, topic
  'wait.metadata.asking': '{producer} asks a broker who leads {topic} now.',
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
  // broker: its leaders have moved
  'wait.shutdown.last':
    'Broker {broker} shuts down in order: others lead its partitions now; it waits for the controller’s leave to stop.',
  // broker, forUs
  'wait.paused': 'Broker {broker} has stood still for {forUs|s1}. Its connections live; what arrives waits in them.',
  // controller, forUs
  'wait.controller-down':
    'The controller is down for {forUs|s1}. Leaders go on serving; nothing can be elected, and nobody enters or leaves the in-sync set.',
  // forUs
  'wait.all-down': 'Every broker is down: nothing is stored, copied or read until one starts again.',
  // from, to (ids or names), records
  'wait.cut':
    'The link between {from} and {to} is cut: what was sent waits until it heals or the connection times out.',
  // from, to: brokers
  'wait.cut.brokers':
    'The link between broker {from} and broker {to} is cut: what they sent waits until it heals or the connection times out.',
  // leader, follower, partition
  'wait.cut.copy':
    'The link between broker {leader} and broker {follower} is cut: broker {follower} cannot copy {partition}. As long as it counts as in sync, nothing new there is safe.',
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
  'mark.fenced': 'broker {broker} fenced',
  'mark.unfenced': 'broker {broker} unfenced',
  'mark.failed': '{producer}: {records} failed',
  'mark.refused': '{producer}: {error}',
  'mark.duplicated': '{partition}: {records} twice',
  'mark.hw-stands': '{partition}: high watermark stands',
  // ---- command.*: a command in words, `command.<verb>`. Parameters are the verb's own arguments; from/to are the two
  //      sides of `between` as ready lists; values that were left out choose the key with a suffix. ------------------
  'command.broker.kill': 'kill broker {broker}',
  'command.broker.kill.controller': 'kill controller {broker}',
  'command.broker.start': 'start broker {broker}',
  'command.broker.start.controller': 'start controller {broker}',
  'command.broker.stop': 'stop broker {broker}',
  'command.broker.stop.controller': 'stop controller {broker}',
  'command.broker.pause': 'pause broker {broker}',
  'command.broker.pause.controller': 'pause controller {broker}',
  'command.broker.resume': 'resume broker {broker}',
  'command.broker.resume.controller': 'resume controller {broker}',
  'command.host.powerLoss': 'power off broker {broker}’s host',
  'command.host.powerLoss.controller': 'power off controller {broker}’s host',
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
  'command.consumer.subscribe': '{consumer} subscribes to {topics}',
  'command.consumer.subscribe.pattern': '{consumer} subscribes to the pattern {pattern}',
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
} as const satisfies Record<string, string>;
