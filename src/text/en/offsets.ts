/** What is kept about groups and what went wrong on the consumer side: decoded records, causes, ZooKeeper's time, queue and publish-subscribe. */
export const offsets = {
  // ---- records of __consumer_offsets -----------------------------------------------------------------------------------
  'log.compacted':
    'Broker {broker} compacted {partition} below {upTo}: {removed} {removed|plural|record|records} went, {kept} {kept|plural|stays|stay} ({tombstones} {tombstones|plural|tombstone|tombstones}); offsets and the log’s start stay.',
  'panel.decoded.offset': 'Group {group} has read {partition} below {offset}.',
  'panel.decoded.offset.tombstone': 'Tombstone: the offset of group {group} in {partition} is forgotten.',
  'panel.decoded.group':
    'Group {group} is in generation {generation} with {members} {members|plural|member|members}: what its coordinator needs to go on after a failover.',
  'panel.decoded.group.tombstone': 'Tombstone: group {group} is gone.',
  'panel.decoded.ConsumerGroupMetadata': 'Group {group} is at group epoch {epoch}.',
  'panel.decoded.ConsumerGroupMetadata.tombstone': 'Tombstone: group {group} is no consumer group any more.',
  'panel.decoded.ConsumerGroupPartitionMetadata': 'What an older coordinator knew of the topics of {group}.',
  'panel.decoded.ConsumerGroupPartitionMetadata.tombstone':
    'Tombstone: what an older coordinator knew of the topics of {group} counts no more.',
  'panel.decoded.ConsumerGroupMemberMetadata':
    '{clientId} is a member of {group}: what it subscribes to and how patient it is.',
  'panel.decoded.ConsumerGroupMemberMetadata.tombstone': 'Tombstone: member {member} is no longer in {group}.',
  'panel.decoded.ConsumerGroupTargetAssignmentMetadata':
    'The target of {group} was computed for epoch {assignmentEpoch}.',
  'panel.decoded.ConsumerGroupTargetAssignmentMetadata.tombstone': 'Tombstone: {group} has no target any more.',
  'panel.decoded.ConsumerGroupTargetAssignmentMember': 'What member {member} shall have in the end.',
  'panel.decoded.ConsumerGroupTargetAssignmentMember.tombstone': 'Tombstone: nothing is meant for member {member}.',
  'panel.decoded.ConsumerGroupCurrentMemberAssignment':
    'What member {member} has now, at member epoch {memberEpoch}, and what it has yet to give up.',
  'panel.decoded.ConsumerGroupCurrentMemberAssignment.tombstone': 'Tombstone: member {member} has nothing any more.',
  'panel.decoded.ConsumerGroupRegularExpression': 'Which topics a pattern of {group} matches, looked up by the broker.',
  'panel.decoded.ConsumerGroupRegularExpression.tombstone': 'Tombstone: nobody in {group} uses this pattern.',
  'panel.decoded.ShareGroupMetadata': 'Share group {group} is at epoch {epoch}.',
  'panel.decoded.ShareGroupMetadata.tombstone': 'Tombstone: share group {group} is gone.',
  'panel.decoded.ShareGroupMemberMetadata': '{clientId} is a member of share group {group}.',
  'panel.decoded.ShareGroupMemberMetadata.tombstone': 'Tombstone: member {member} is no longer in {group}.',
  'panel.decoded.ShareGroupTargetAssignmentMetadata': 'The target of {group} was computed for epoch {assignmentEpoch}.',
  'panel.decoded.ShareGroupTargetAssignmentMetadata.tombstone': 'Tombstone: {group} has no target any more.',
  'panel.decoded.ShareGroupTargetAssignmentMember': 'Which partitions member {member} reads together with others.',
  'panel.decoded.ShareGroupTargetAssignmentMember.tombstone': 'Tombstone: nothing is meant for member {member}.',
  'panel.decoded.ShareGroupCurrentMemberAssignment': 'What member {member} reads at member epoch {memberEpoch}.',
  'panel.decoded.ShareGroupCurrentMemberAssignment.tombstone': 'Tombstone: member {member} reads nothing any more.',
  'panel.decoded.ShareGroupStatePartitionMetadata': 'Which partitions {group} keeps a state of, or is about to.',
  'panel.decoded.ShareGroupStatePartitionMetadata.tombstone': 'Tombstone: {group} keeps no state any more.',
  'panel.decoded.ShareSnapshot':
    'The whole state of a share partition of {group}: everything below {startOffset} is done.',
  'panel.decoded.ShareSnapshot.tombstone': 'Tombstone: {group} keeps no state of partition {partition}.',
  'panel.decoded.ShareUpdate': 'What changed in a share partition of {group} since its last snapshot.',
  'panel.decoded.ShareUpdate.tombstone': 'Tombstone: {group} keeps no state of partition {partition}.',
  'panel.decoded.key': 'key',
  'panel.decoded.value': 'value',
  'panel.decoded.version': 'version {version}',
  'panel.decoded.type': 'type {type}',
  'panel.decoded.no-value':
    'null: a tombstone. Compaction drops the older records of this key, and later this one too.',
  'panel.decoded.open': 'fields',

  // ---- why.again.*: processed twice -------------------------------------------------------------------------------------
  'why.again.first':
    '{consumer} processed {count|plural|offset|offsets} {fromOffset}–{lastOffset} of {partition} for the first time.',
  'why.again.stored-twice':
    'The same record stands twice in {partition}: its producer sent it again. Each copy is read.',
  'why.again.refused':
    'The commit that would have covered them was refused: {consumer} was no longer a member of that generation. {partition} stayed committed at {committed}.',
  'why.again.mode.auto':
    '{partition} was committed at {committed} only: automatic commits come with poll(), every {intervalUs|dur}, and {consumer} did not come so far.',
  'why.again.mode.thread':
    '{partition} was committed at {committed} only: automatic commits come with poll(), every {intervalUs|dur}.',
  'why.again.mode.sync':
    '{partition} was committed at {committed} only: {consumer} commits after the work of a poll, and was gone before that.',
  'why.again.mode.async':
    '{partition} was committed at {committed} only: {consumer} commits after the work of a poll, and was gone before that.',
  'why.again.mode.before':
    '{partition} was committed at {committed}, and the next reader began there ({consumer} had read on).',
  'why.again.mode.none': '{partition} was committed at {committed}: {consumer} committed nothing later than that.',
  'why.again.nothing':
    'Nothing was committed for {partition}: {consumer} had not come to a commit. Without one the reset policy decides.',
  'why.again.zombie':
    '{consumer} did not know yet that {partition} is read by {other} now, and finished the records in its hands.',
  'why.again.again':
    '{consumer} processed {count|plural|offset|offsets} {fromOffset}–{lastOffset} of {partition} again: {count} {count|plural|record|records} twice.',

  // ---- why.skipped.*: committed and never processed ----------------------------------------------------------------------
  'why.skipped.mode.before':
    '{consumer} committed beyond {fromOffset} right after poll(), before it had processed {count|plural|that record|those records}.',
  'why.skipped.mode.thread':
    'poll() of {consumer} committed beyond {fromOffset} by itself, while another thread still had {count|plural|the record|the records} in its hands.',
  'why.skipped.mode.auto': '{consumer} committed beyond {fromOffset} with its position, whatever was processed.',
  'why.skipped.mode.sync': '{consumer} committed beyond {fromOffset} with its position, whatever was processed.',
  'why.skipped.mode.async': '{consumer} committed beyond {fromOffset} with its position, whatever was processed.',
  'why.skipped.mode.none':
    'Something beyond {fromOffset} was committed for {partition}; {consumer} had not come so far.',
  'why.skipped.in-hands':
    '{consumer} still works on {count|plural|it|them}. If it dies now, {count|plural|it is|they are} skipped: what is committed lies behind {count|plural|it|them}.',
  'why.skipped.out-of-range':
    'The position of {consumer} no longer stood in the log of {partition}: OFFSET_OUT_OF_RANGE, so auto.offset.reset decides.',
  'why.skipped.gone':
    'The log no longer has {count|plural|offset|offsets} {fromOffset}–{lastOffset} of {partition}: {count} {count|plural|record|records} deleted unread.',
  'why.skipped.partly':
    'Nobody of the group reads offsets {fromOffset}–{lastOffset} of {partition} any more: {count} records skipped. Below {logStart} the log no longer has them.',
  'why.skipped.skipped':
    'Nobody of the group reads {count|plural|offset|offsets} {fromOffset}–{lastOffset} of {partition} any more: {count} {count|plural|record|records} skipped. The log still has {count|plural|it|them} until retention comes.',

  // ---- a group in the inspector ---------------------------------------------------------------------------------------
  'state.group.epoch': 'group epoch',
  'state.group.assignment-epoch': 'target computed for epoch',
  'value.group.Assigning': 'Assigning: a new target is due',
  'value.group.Reconciling': 'Reconciling: members give up and take over, each at its own heartbeat',
  // ---- groups of the new protocol on the stage -------------------------------------------------------------------------
  'stage.group.epoch': '{state} · epoch {generation}',
  'stage.group.state.Assigning': 'target due',
  'stage.group.state.Reconciling': 'handing over',
  'stage.group.next': '{next} waits for it: it is in its target',
  'stage.member.rejoining.reads': 'joins again, reads on',
  'stage.member.waiting.reads': 'waits, reads on',
  'stage.member.reconciling': 'gives and takes',
  'stage.member.waits': 'waits for {n}',
  'stage.group.shared': '{n} readers',
  'stage.group.cell.aria.shared': '{group}, {partition}: {owner} read it together, {n} behind',
  'stage.member.stale': 'polled too late',
  'stage.member.fenced': 'fenced',
  'stage.member.fatal': 'failed for good',
  'stage.member.leaving': 'leaving',
  'stage.member.prepare-leaving': 'leaving',
  'panel.grp.triggers': 'Make it rebalance',
  'panel.grp.trigger.who': 'member',
  'panel.grp.trigger.join': 'start {on}',
  'panel.grp.trigger.join.hint': '{on} starts and joins the group.',
  'panel.grp.trigger.join-new': 'one more member',
  'panel.grp.trigger.join-new.hint':
    'One more consumer, set as the others are, joins at this moment. The history up to here is played again with it.',
  'panel.grp.trigger.leave': 'leave',
  'panel.grp.trigger.leave.hint': '{on} closes: it commits, gives its partitions back and tells the coordinator.',
  'panel.grp.trigger.crash': 'crash',
  'panel.grp.trigger.crash.hint': '{on} is gone without a word. The coordinator notices when its session ends.',
  'panel.grp.trigger.slow': 'too slow',
  'panel.grp.trigger.slow.hint':
    'The application of {on} stands still for longer than max.poll.interval.ms, with its records in its hands. Heartbeats go on.',
  'panel.grp.trigger.restart': 'restart',
  'panel.grp.trigger.restart.hint':
    '{on} dies and starts again at once. With group.instance.id it is the same member as before; without, another one.',
  'panel.grp.trigger.partition': 'one more partition',
  'panel.grp.trigger.partition.hint': 'Topic {on} gets one more partition.',
  'panel.grp.trigger.topic': 'new topic {on}',
  'panel.grp.trigger.topic.hint': 'A topic {on} is made, which the pattern of the subscription matches.',
  'panel.grp.trigger.move': 'move the coordinator',
  'panel.grp.trigger.move.hint':
    'The group’s partition of __consumer_offsets gets broker {on} as its first replica and leader.',
  'panel.grp.trigger.kill': 'kill the coordinator',
  'panel.grp.trigger.kill.hint': 'Broker {on} dies; another one leads the group’s partition and reads it.',
  'panel.grp.times': 'Time in each state',
  'panel.grp.now': 'now',
  'panel.grp.for': '{us|dur} · {times}×',
  'panel.grp.members': 'Members ({count})',
  'panel.grp.leader': 'leader',
  'panel.grp.member.down': 'not running',
  'panel.grp.member.paused': 'its application stands still',
  'panel.grp.member.unjoined': 'not a member yet',
  'panel.grp.member.preparing': 'rejoins',
  'panel.grp.member.completing': 'waits for the assignment',
  'panel.grp.member.stable': 'stable',
  'panel.grp.member.left': 'has left',
  'panel.grp.member.unsubscribed': 'UNSUBSCRIBED',
  'panel.grp.member.joining': 'JOINING',
  'panel.grp.member.reconciling': 'RECONCILING: it gives up and takes over partitions',
  'panel.grp.member.acknowledging': 'ACKNOWLEDGING',
  'panel.grp.member.prepare-leaving': 'PREPARE_LEAVING',
  'panel.grp.member.leaving': 'LEAVING',
  'panel.grp.member.fenced': 'FENCED: it has lost its partitions and joins again',
  'panel.grp.member.stale': 'STALE: it did not poll in time',
  'panel.grp.member.fatal': 'FATAL',
  'panel.grp.reads': 'reads',
  'panel.grp.assigned': 'assigned',
  'panel.grp.target': 'target',
  'panel.grp.revoking': 'to give up',
  'panel.grp.broker-state': 'for the broker',
  'panel.grp.broker-state.STABLE': 'STABLE: it has what it shall have',
  'panel.grp.broker-state.UNREVOKED_PARTITIONS': 'UNREVOKED_PARTITIONS: it has to give some up first',
  'panel.grp.broker-state.UNRELEASED_PARTITIONS': 'UNRELEASED_PARTITIONS: others still hold some of its target',
  'panel.grp.broker-state.UNKNOWN': 'UNKNOWN',
  'panel.grp.nothing': 'nothing',
  'panel.grp.generation': 'generation',
  'panel.grp.epoch': 'member epoch',
  'panel.grp.member-id': 'member id',
  'panel.grp.session': 'session',
  'panel.grp.session.ends': 'heard {agoUs|dur} ago, ends in {us|dur}',
  'panel.grp.session.none': 'the coordinator does not know it',
  'panel.grp.poll.none': 'polls',
  'panel.grp.poll.ends': 'must poll within {us|dur}',
  'panel.grp.waits': 'waits for',
  'panel.grp.waits.join': 'the answer to JoinGroup',
  'panel.grp.waits.sync': 'the answer to SyncGroup',
  'panel.grp.protocols': 'assignors',
  'panel.grp.error': 'last error',
  'panel.grp.offsets': 'Offsets',
  'panel.grp.partition': 'partition',
  'panel.grp.committed': 'committed',
  'panel.grp.position': 'position',
  'panel.grp.lag': 'lag',
  'panel.grp.when': 'when',
  'panel.grp.ago': '{us|dur} ago',
  'panel.grp.more': 'and {n} more',
  'panel.grp.to-log': 'Where they are kept',
  'panel.grp.coordinator': 'Coordinator',
  'panel.grp.coordinator.leads': 'coordinates it, since it leads {partition}.',
  'panel.grp.coordinator.none': 'Nobody: {partition} has no living leader.',
  'panel.grp.sum': 'Every client and broker finds the same one of {partitions} partitions from the name alone.',
  'panel.grp.sum.open': 'Open the log of {partition}',
  'panel.grp.sum.not-yet': '{topic} is made when the first member asks for a coordinator.',
  'panel.grp.term.broker': 'broker {broker}',
  'panel.grp.term.nobody': 'nobody',
  'panel.grp.term.first': 'from the start',
  'panel.grp.term.loaded': 'knew the group {us|dur} later',
  'panel.grp.faults': 'Processed',
  'panel.grp.processed': '{n} {n|plural|time|times}',
  'panel.grp.again': '{n} again',
  'panel.grp.skipped': '{n} skipped',
  'panel.grp.faults.none': 'Each record below the committed offsets was processed exactly once so far.',
  'panel.grp.fault.again': '{n} {n|plural|record|records} processed twice',
  'panel.grp.fault.skipped': '{n} {n|plural|record|records} skipped',
  'panel.grp.fault.in-hands': '{n} committed, not processed yet',
  'panel.grp.fault.story': 'The story of the first of them',
  'panel.grp.where': 'Where offsets are kept',
  'panel.grp.where.now': 'now: a topic',
  'panel.grp.where.then': 'then: ZooKeeper',
  'panel.grp.kept': 'Kept in __consumer_offsets',
  'panel.grp.kept.none': 'Nothing has been written about this group yet.',
  'panel.grp.zk': 'As consumers of Kafka 0.8 kept it',
  'panel.grp.zk.says':
    'A consumer wrote its offsets into ZooKeeper itself, one node a partition. The same offsets as now would stand there like this:',
  'panel.grp.zk.none': 'Nothing is committed yet: no node has a value.',
  'panel.grp.zk.cost': 'What each costs, measured so far',
  'panel.grp.zk.writes': 'writes',
  'panel.grp.zk.writes.then': '{n}: one for each partition, each agreed on by most of ZooKeeper’s servers',
  'panel.grp.zk.writes.now': '{n} {n|plural|batch|batches} with {offsets} {offsets|plural|offset|offsets}',
  'panel.grp.zk.where': 'who writes',
  'panel.grp.zk.where.then': 'one leader for all groups of the cluster',
  'panel.grp.zk.where.now': 'the leaders of 50 partitions share the groups',
  'panel.grp.zk.bytes': 'an offset',
  'panel.grp.zk.bytes.then': 'a node in the memory of every server',
  'panel.grp.zk.bytes.now': '{bytes|bytes} at the end of a log',
  'panel.grp.zk.old': 'old values',
  'panel.grp.zk.old.then': 'overwritten',
  'panel.grp.zk.old.now': 'compaction takes them away',
  'panel.grp.zk.why':
    'ZooKeeper is made for little data that changes seldom. Commits are many and small, so since 0.9 they go where Kafka is good: to the end of a log.',
  'panel.grp.model': 'Queue or publish-subscribe',
  'panel.grp.model.queue': 'as a queue',
  'panel.grp.model.queue.hint': 'All these consumers become members of one group. The history is played again with it.',
  'panel.grp.model.pubsub': 'as publish-subscribe',
  'panel.grp.model.pubsub.hint':
    'Each of these consumers gets a group of its own. The history is played again with it.',
  'panel.grp.model.queue.says':
    'Group {names} has {members} {members|plural|member|members} at work. Each record goes to one of them: {delivered} different records, processed {processed} {processed|plural|time|times} in all.',
  'panel.grp.model.pubsub.says':
    'Groups {names} read the same topic and know nothing of each other. Each record is processed once in each group: {delivered} different records, {processed} times in all. The log keeps them either way.',

  // ---- the chooser's stories ------------------------------------------------------------------------------------------
  'panel.stories.models': 'Queue and publish-subscribe',
  'panel.stories.consumer-side': 'Loss and repetition on the consumer side',
  'panel.stories.reset': 'Where reading begins',
  'panel.stories.compaction': 'Compaction',
  'panel.stories.twin': 'under KIP-848',
  'panel.stories.twin-of': '{title}, under KIP-848',
  'panel.stories.queue-one-group': 'One group: a queue',
  'panel.stories.queue-one-group.look':
    'Three members, three partitions, 240 orders: each order is processed once, by one of them.',
  'panel.stories.pubsub-three-groups': 'Three groups: publish-subscribe',
  'panel.stories.pubsub-three-groups.look':
    'The same 240 orders, read by three groups: 720 completions. The log loses nothing by being read.',
  'panel.stories.c1-commit-before-processing': 'Committed before it is processed',
  'panel.stories.c1-commit-before-processing.look':
    'c1 dies in the middle of a batch that is committed already: 13 records that nobody will read.',
  'panel.stories.c1-autocommit-async-processing': 'Auto-commit while another thread works',
  'panel.stories.c1-autocommit-async-processing.look':
    'poll() commits what it has handed out; the thread had 40 of it still to do.',
  'panel.stories.c1-manual-commit-after-processing': 'Committed after it is processed',
  'panel.stories.c1-manual-commit-after-processing.look':
    'Nothing is lost, but 13 records were processed and not committed: they come again.',
  'panel.stories.c1-autocommit-crash-before-processing': 'Auto-commit and a crash',
  'panel.stories.c1-autocommit-crash-before-processing.look':
    'Processing inside the poll loop: auto-commit repeats 10 records and loses none.',
  'panel.stories.g7-commit-refused-processed-twice': 'Commit refused after a rebalance',
  'panel.stories.g7-commit-refused-processed-twice.look':
    'c1 is too slow and out; c2 does the same records; c1’s commit gets CommitFailedException.',
  'panel.stories.b5-kill-and-slow-classic': 'Killed, and too slow',
  'panel.stories.b5-kill-and-slow-classic.look':
    'Two ways out of a group: the session of a dead member, the poll interval of a slow one. How long each takes.',
  'panel.stories.g7-auto-commit-before-its-rebalance': 'Auto-commit before a rebalance',
  'panel.stories.g7-auto-commit-before-its-rebalance.look':
    'A member commits before it gives its partitions up: the newcomer starts exactly there, nothing twice.',
  'panel.stories.g7-auto-commit-with-slow-thread': 'Auto-commit with a slow thread',
  'panel.stories.g7-auto-commit-with-slow-thread.look':
    'How far the committed offset runs ahead of what is done, and what that costs in a crash.',
  'panel.stories.g7-seek-back-and-ahead': 'seek back and ahead',
  'panel.stories.g7-seek-back-and-ahead.look':
    'Back: 60 records twice. Ahead: 20 records never, though the next commit covers them.',
  'panel.stories.g7-offsets-expired': 'Offsets expired',
  'panel.stories.g7-offsets-expired.look':
    'After offsets.retention.minutes the group is forgotten: earliest repeats everything, latest skips what came meanwhile.',
  'panel.stories.g7-out-of-range-after-retention': 'Out of range after retention',
  'panel.stories.g7-out-of-range-after-retention.look':
    'Readers stand still for 30 s while a log keeps 10 s: what was deleted unread, by reset policy.',
  'panel.stories.g7-topic-deleted-offsets-go': 'A topic is deleted',
  'panel.stories.g7-topic-deleted-offsets-go.look':
    'Its offsets go with it; made again under the same name, it begins by the reset policy.',
  'panel.stories.g7-reset-policies': 'Four reset policies',
  'panel.stories.g7-reset-policies.look':
    'Without a committed offset: earliest, latest, by_duration and none begin in four places.',
  'panel.stories.c2-nothing-committed': 'Nothing committed',
  'panel.stories.c2-nothing-committed.look':
    'The same question asked of a real cluster: what each policy commits first.',
  'panel.stories.c2-committed-too-low': 'Committed below the log’s start',
  'panel.stories.c2-committed-too-low.look': 'Offset 3 is committed, the log begins at 8: out of range.',
  'panel.stories.c2-committed-too-high': 'Committed beyond the log’s end',
  'panel.stories.c2-committed-too-high.look': 'Offset 100 is committed, the log ends at 20: out of range.',
  'panel.stories.e3-compaction': 'A compacted topic',
  'panel.stories.e3-compaction.look':
    'Of each key the last record stays at its offset; tombstones go later. Watch the gaps and the log’s start.',
} as const;
