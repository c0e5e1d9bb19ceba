/** Groups, their members, coordinators and offsets. */
export const groups = {
  'log.group.asked': '{member} asks to join group {group}. The coordinator gives it a member id and lets it ask again.',
  'log.group.joined': '{member} joined group {group} and waits for the others.',
  'log.group.static-replaced':
    'Instance {instance} came back to group {group} as a new process. Its old member id is fenced.',
  'log.group.preparing.first-member':
    'Group {group} has its first member, {member}. The coordinator waits for more before it begins.',
  'log.group.preparing.member-joined': 'Group {group} rebalances: {member} joined. Every member has to rejoin.',
  'log.group.preparing.rejoined': 'Group {group} rebalances: {member} rejoined. Every member has to rejoin.',
  'log.group.preparing.leader-rejoined':
    'Group {group} rebalances: its leader {member} asked for it. Every member has to rejoin.',
  'log.group.preparing.metadata-changed':
    'Group {group} rebalances: {member} rejoined and says something new about itself. Every member has to rejoin.',
  'log.group.preparing.protocol-changed':
    'Group {group} rebalances: with {member} another assignor is chosen. Every member has to rejoin.',
  'log.group.preparing.static-rejoined':
    'Group {group} rebalances: instance {member} came back while the others waited for their partitions.',
  'log.group.preparing.member-left': 'Group {group} rebalances: {member} left. Every member has to rejoin.',
  'log.group.preparing.session-ended': 'Group {group} rebalances without {member}. Every member has to rejoin.',
  'log.group.preparing.sync-missing': 'Group {group} rebalances: {member} did not send SyncGroup in time.',
  'log.group.preparing.not-stored': 'Group {group} rebalances: the assignment of {member} could not be stored.',
  'log.group.preparing.too-many':
    'Group {group} rebalances: it has more members than group.max.size ({member}) allows.',
  'log.group.prolonged':
    'Another member came while group {group} waited ({members} now). The coordinator waits {waitUs|dur} more.',
  'log.group.generation':
    'Group {group} begins generation {generation} with {count} {count|plural|member|members}: {members}. {leader} leads it and decides who reads what.',
  'log.group.stable':
    'Group {group} is stable: generation {generation}, {count} {count|plural|member|members}, assigned by {assignor}.',
  'log.group.empty': 'Group {group} is empty (generation {generation}). Nobody reads its partitions; its offsets stay.',
  'log.group.session-ended':
    '{member} was silent for {silentUs|s1}, longer than its session: the coordinator takes it out of group {group}.',
  'log.group.not-rejoined':
    '{member} did not rejoin group {group} in time and is out. It hears of it with its next request.',
  'log.group.not-synced': '{member} did not send SyncGroup to group {group} in time and is out.',
  'log.group.left': '{member} left group {group}.',
  'log.group.left-poll':
    '{member} left group {group} by itself: its application did not call poll() for max.poll.interval.ms.',
  'log.group.offsets-expired':
    '{count} committed {count|plural|offset|offsets} of group {group} expired: nobody has subscribed to {count|plural|its topic|their topics} for offsets.retention.minutes.',
  'log.group.topic-deleted':
    'Topic {topic} is deleted: the coordinator of group {group} removes the {count} {count|plural|offset|offsets} committed in it.',
  'log.group.loaded':
    'Broker {broker} leads {partition} now and so coordinates group {group}. From its copy it knows generation {generation}, {members} {members|plural|member|members} and {offsets} {offsets|plural|offset|offsets}.',
  'mark.group-stable': 'generation {generation}',
  'mark.group-preparing': 'rebalance',
  'mark.group-out': '{member} is out',
  'mark.group-left': '{member} left',
  'mark.group-empty': '{group} is empty',
  'mark.group-loaded': 'coordinator: broker {broker}',
  'mark.group-expired': 'offsets expired',
  'log.member.found': '{consumer} found the coordinator of group {group}: broker {broker}.',
  'log.member.lost-coordinator':
    '{consumer} lost the coordinator of group {group} (broker {broker}: {why}) and looks for it again.',
  'log.member.assigns':
    '{consumer} leads group {group}: it shares the partitions out among {members} {members|plural|member|members} by {assignor}.',
  'log.member.assigned':
    '{consumer} was given {count} {count|plural|partition|partitions} in generation {generation}: {partitions}.',
  'log.member.idle':
    '{consumer} was given nothing in generation {generation}: group {group} has more members than partitions.',
  'log.member.revoked': '{consumer} gives back {partitions} before it joins again or leaves.',
  'log.member.hands-over':
    '{consumer} gives back {partitions} for another member and joins once more. What it keeps it has read on all the time.',
  'log.member.keeps':
    '{consumer} keeps its {count} {count|plural|partition|partitions} in generation {generation} and has gone on reading: {partitions}.',
  'log.member.subscribes':
    '{consumer} subscribes to {topics} from now on. Its next poll() joins the group again with that.',
  'log.member.lost':
    '{consumer} has lost {partitions}: it is no longer a member of that generation, and others may read them already.',
  'log.member.told-to-rejoin': 'A heartbeat told {consumer} that group {group} rebalances. Its next poll() rejoins.',
  'log.member.thrown-out': '{consumer} learnt from a heartbeat that group {group} no longer counts it in ({error}).',
  'log.member.too-slow':
    '{consumer} has not called poll() for {ms} ms (max.poll.interval.ms). Its heartbeat thread leaves group {group} for it.',
  'log.member.commit-failed': '{consumer} could not commit its offsets in group {group}: {error}.',
  'log.member.commit-asked': '{consumer} is to commit its positions in group {group}.',
  'log.member.closes-later': '{consumer} is to close. Its application first comes back from the records in its hands.',
  'log.member.committed-start': '{consumer} goes on in {partition} at {offset}, where the group had committed.',
  'wait.group.initial':
    'Group {group} has {members} {members|plural|member|members}. The coordinator waits {remainingUs|dur} for more before it begins.',
  'wait.group.rejoin':
    'Group {group} rebalances: {missing} {count|plural|has|have} not rejoined. The coordinator waits {remainingUs|dur} at most; until then nobody is told what to read.',
  'wait.group.sync':
    'Group {group}, generation {generation}: {leader} decides who reads what; the others wait for its word.',
  'wait.group.session':
    '{member} has been silent for {silentUs|s1}. The coordinator of {group} waits {remainingUs|dur} more; until then nobody else reads its {count} {count|plural|partition|partitions}.',
  'wait.group.poll':
    '{member} has not called poll() for {forUs|s1}. Its heartbeats go on, and its partitions stay with it; in {remainingUs|dur} it leaves group {group} by itself.',
  'wait.group.topic':
    'The first member of group {group} asked for a coordinator. The internal topic __consumer_offsets is being made.',
  'wait.group.coordinator':
    'Nobody coordinates group {group}: {partition} has no living leader. Its members go on reading, but cannot commit or rejoin.',
  'wait.group.loading': 'Broker {broker} reads {partition} to know group {group}.',
  'state.group.state': 'state',
  'state.group.since': 'in this state since',
  'state.group.coordinator': 'coordinator',
  'state.group.partition': 'its partition',
  'state.group.generation': 'generation',
  'state.group.assignor': 'assignor',
  'state.group.leader': 'leader of the group',
  'state.group.initial-ends': 'the wait for more members ends',
  'state.group.join-ends': 'who has not rejoined is out',
  'state.group.sync-ends': 'who has not sent SyncGroup is out',
  'state.group.rebalances': 'generations completed',
  'state.group.member': 'member',
  'state.group.pending': 'asked to join',
  'state.group.offset': 'offset',
  'state.group.processed': 'processed',
  'state.group.reprocessed': 'processed again',
  'state.group.skipped': 'skipped',
  'value.group.Empty': 'Empty: it has no members',
  'value.group.PreparingRebalance': 'PreparingRebalance: it waits for members to join',
  'value.group.CompletingRebalance': 'CompletingRebalance: it waits for its leader’s assignment',
  'value.group.Stable': 'Stable: everybody knows what to read',
  'value.group.Dead': 'Dead',
  'value.group.loading': 'its coordinator is loading',
  'value.group.unknown': 'no coordinator knows it',
  'value.group.in': 'in {us|dur}',
  'value.group.member': '{member}: {partitions}; heard {silentUs|dur} ago, session ends in {remainingUs|dur} ({id})',
  'value.group.member-idle':
    '{member}: nothing assigned; heard {silentUs|dur} ago, session ends in {remainingUs|dur} ({id})',
  'value.group.member-joining': '{member}: its JoinGroup waits for the others ({id})',
  'value.group.member-syncing': '{member}: its SyncGroup waits for the leader’s ({id})',
  'value.group.offset': '{partition}: {committed} committed, {lag} behind {hw}',
  'value.group.offset-none': '{partition}: nothing committed, ends at {hw}',
  'log.internal.elected': 'Broker {broker} became leader of {count} {count|plural|partition|partitions} of {topic}.',
  'log.internal.leaderless':
    '{count} {count|plural|partition|partitions} of {topic} {count|plural|has|have} no leader: broker {broker} led {count|plural|it|them}, and no other copy may lead.',
  'log.internal.left': '{topic}: broker {broker} left the in-sync set of {count} {count|plural|partition|partitions}.',
  'log.internal.joined':
    '{topic}: broker {broker} has caught up in {count} {count|plural|partition|partitions} and is in sync there.',
} as const;
