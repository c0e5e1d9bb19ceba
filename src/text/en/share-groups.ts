/** Share groups (KIP-932): members, records acquired and what became of them. */
export const shareGroups = {
  'log.share.found-coordinator': '{consumer} found the coordinator of share group {group}: broker {broker}.',
  'log.share.member-joined': '{consumer} joined share group {group}.',
  'log.share.member-left': '{consumer} left share group {group}: {members} {members|plural|member|members} now.',
  'log.share.session-ended':
    '{consumer} was silent for longer than its session: the coordinator takes it out of share group {group}.',
  'log.share.assigned':
    'Share group {group}, epoch {epoch}: {partitions} {partitions|plural|partition|partitions} for {members} {members|plural|member|members}. Several members may read one partition.',
  'log.share.fenced':
    '{consumer} is not what the coordinator of share group {group} knows any more ({error}). It joins again.',
  'log.share.too-slow':
    '{consumer} did not call poll() for max.poll.interval.ms ({ms} ms) and leaves share group {group} until it polls again.',
  'log.share.acquired':
    '{consumer} acquired {count} {count|plural|record|records} of {partition} ({offsets}) for share group {group}. Nobody else gets {count|plural|it|them} until the lock ends.',
  'log.share.acquired-again':
    '{consumer} acquired {count} {count|plural|record|records} of {partition} ({offsets}) for share group {group}: {again} of them not for the first time, the highest delivery count is {deliveries}.',
  'log.share.accepted': '{consumer} accepted {count} {count|plural|record|records} of {partition}: {offsets}.',
  'log.share.released':
    '{consumer} released {count} {count|plural|record|records} of {partition}: {offsets}. Others may acquire them now.',
  'log.share.rejected':
    '{consumer} rejected {count} {count|plural|record|records} of {partition}: {offsets}. Nobody in share group {group} gets them again.',
  'log.share.renewed':
    '{consumer} renewed the locks of {count} {count|plural|record|records} of {partition}: {offsets}.',
  'log.share.lock-ended':
    'The lock of {consumer} on {count} {count|plural|record|records} of {partition} ({offsets}) ran out: it has not acknowledged {count|plural|it|them} in time, and others may acquire {count|plural|it|them}.',
  'log.share.session-released':
    'The share session of {consumer} ended: its {count} acquired {count|plural|record|records} of {partition} ({offsets}) may go to others.',
  'log.share.archived':
    '{count} {count|plural|record|records} of {partition} ({offsets}) came {limit} times and no consumer of share group {group} accepted {count|plural|it|them}. Kafka gives {count|plural|it|them} up: archived.',
  'log.share.late':
    '{consumer} acknowledged {count} {count|plural|record|records} of {partition} that {count|plural|was|were} done with already: nothing changes.',
  'log.share.acknowledge-failed':
    'What {consumer} acknowledged of {partition} ({count} {count|plural|record|records}) was refused: {error}. The records come again, unless another has accepted them.',
  'config.broker.group.share.delivery.count.limit':
    'How often a record of a share group is delivered at most; released or timed out once more, it is given up (archived).',
  'config.broker.group.share.record.lock.duration.ms':
    'How long a record that a member has acquired is its own; then others may acquire it.',
  'config.broker.group.share.partition.max.record.locks':
    'How many records of a partition a share group may have in flight. At the limit only what is available again goes out.',
  'config.broker.group.share.session.timeout.ms':
    'How long a member of a share group may be silent before its coordinator takes it out.',
  'config.broker.group.share.heartbeat.interval.ms':
    'How often members of share groups send heartbeats: the coordinator tells them with each answer.',
  'config.broker.group.share.assignment.interval.ms':
    'The least time between two assignments of a share group; until then the last one holds.',
  'config.broker.group.share.initialize.retry.interval.ms':
    'After so long a share partition whose state was not initialized is tried again.',
  'config.broker.group.share.max.size': 'How many members a share group may have.',
  'config.broker.group.share.max.share.sessions':
    'How many share sessions a broker keeps; whoever comes then waits and tries again.',
  'config.broker.share.coordinator.state.topic.num.partitions':
    'Partitions of __share_group_state when it is made: the share coordinators are their leaders.',
  'config.broker.share.coordinator.state.topic.segment.bytes': 'How large a segment of __share_group_state grows.',
  'config.broker.share.coordinator.snapshot.update.records.per.snapshot':
    'After so many updates of a share partition’s state its coordinator writes all of it again.',
  'config.broker.share.coordinator.write.timeout.ms':
    'How long a share coordinator waits for the copies of what it writes.',
  'config.group.share.delivery.count.limit':
    'How often a record is delivered to this group at most; then it is given up (archived).',
  'config.group.share.record.lock.duration.ms':
    'How long a record that a member of this group has acquired is its own.',
  'config.group.share.partition.max.record.locks': 'How many records of a partition this group may have in flight.',
  'config.group.share.auto.offset.reset':
    'Where this share group begins to read a partition: at its end, at its start, or so long ago.',
  'config.group.share.isolation.level':
    'Whether this share group reads records of transactions that are not committed (yet).',
  'config.group.share.renew.acknowledge.enable':
    'Whether members of this share group may renew the locks on their records.',
  'config.group.share.session.timeout.ms':
    'How long a member of this share group may be silent before its coordinator takes it out.',
  'config.group.share.heartbeat.interval.ms': 'How often members of this share group send heartbeats.',
  'config.group.share.assignment.interval.ms': 'The least time between two assignments of this share group.',
  'config.broker.share.coordinator.state.topic.replication.factor':
    'Copies of each partition of __share_group_state when it is made.',
  'config.broker.share.coordinator.state.topic.min.isr':
    'min.insync.replicas of __share_group_state when it is made: without so many copies no acknowledgement can be kept.',
  'config.consumer.share.acknowledgement.mode':
    'implicit: the next poll() accepts everything that the last one returned. explicit: the application says of each record whether it accepts, releases or rejects it, and poll() throws while one is missing.',
  'config.consumer.share.acquire.mode':
    'batch_optimized: whole batches of the log are acquired, even if max.poll.records is passed. record_limit: never more than max.poll.records, at the price of more requests.',
  'invariant.share-records-end': 'A record that a share group has accepted or rejected is not delivered again.',
  'invariant.share-acquired-once': 'A record of a share group is in the hands of one member at most.',
  'panel.share.records': 'Records in flight',
  'panel.share.says':
    'Whoever acquires a record has {lockUs|dur} for it. It is delivered {limit} times at most; {most} records of a partition may be in flight.',
  'panel.share.state.available': 'available',
  'wait.share.held':
    '{consumer} stands still with {records} {records|plural|record|records} of {partition}. In {remainingUs|dur} their locks run out; then another member of {group} gets them.',
  'wait.share.unread':
    '{records} {records|plural|record waits|records wait} for a member of share group {group} to fetch them.',
  'panel.share.state.acquired': 'acquired',
  'panel.share.state.acknowledged': 'acknowledged',
  'panel.share.state.archived': 'archived',
  'panel.share.nobody': 'nobody reads it',
  'panel.share.readers': '{count} {count|plural|member reads|members read} it: {members}',
  'panel.share.not-read': 'The leader has not read the group’s state yet: nobody has fetched.',
  'panel.share.from': 'Everything below offset {start} is done with; {next} has not been handed out yet.',
  'panel.share.kept': 'The state is kept in {partition}, by broker {broker}.',
  'panel.share.kept.nobody': 'The state is kept in {partition}, which nobody leads now.',
  'panel.share.row': 'Records of {partition} in flight',
  'panel.share.more': 'and {count} more',
  'panel.share.empty': 'Nothing is in flight.',
  'panel.share.cell.available':
    'Offset {offset} is available: whoever asks next may acquire it. Delivered {count} of {limit} times.',
  'panel.share.cell.acquired':
    '{consumer} has acquired offset {offset}: delivery {count} of {limit}. Its lock ends in {leftUs|dur}.',
  'panel.share.cell.acknowledged': 'Offset {offset} is acknowledged (delivery {count}); it waits for those before it.',
  'panel.share.cell.archived': 'Offset {offset} is archived (delivered {count} times): nobody gets it again.',
  'panel.share.cell.writing': 'This is being written to the share coordinator.',
  'panel.share.count.accepted': 'accepted',
  'panel.share.count.released': 'released',
  'panel.share.count.rejected': 'rejected',
  'panel.share.count.lockTimeouts': 'locks run out',
  'panel.share.count.givenUp': 'given up',
  'panel.share.completions': 'What applications made of the last {count} {count|plural|record|records}',
  'panel.share.completion.accept': '{atUs|s} {consumer}: offset {offset}, delivery {count}: accepted',
  'panel.share.completion.release': '{atUs|s} {consumer}: offset {offset}, delivery {count}: released',
  'panel.share.completion.reject': '{atUs|s} {consumer}: offset {offset}, delivery {count}: rejected',
  'panel.share.completion.none': '{atUs|s} {consumer}: offset {offset}, delivery {count}: processed',
};
