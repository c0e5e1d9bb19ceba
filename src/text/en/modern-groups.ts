/** Groups of the new protocol (KIP-848) as their coordinator sees them. */
export const modernGroups = {
  'log.modern.joined': '{member} joined group {group}.',
  'log.modern.returned':
    'Instance {instance} is back in group {group} as {member}: it takes its predecessor’s place and partitions.',
  'log.modern.left': '{member} left group {group}.',
  'log.modern.away':
    'Instance {instance} ({member}) went away with epoch -2: group {group} keeps its partitions for it until its session ends.',
  'log.modern.bumped.member-joined': 'Group {group} goes to epoch {epoch}: {member} joined.',
  'log.modern.bumped.subscription': 'Group {group} goes to epoch {epoch}: {member} asks for other topics.',
  'log.modern.bumped.topics':
    'Group {group} goes to epoch {epoch}: the topics it reads have changed (new, larger, deleted).',
  'log.modern.bumped.regex': 'Group {group} goes to epoch {epoch}: its pattern matches other topics now.',
  'log.modern.bumped.member-left': 'Group {group} goes to epoch {epoch} without {member}.',
  'log.modern.bumped.session-ended': 'Group {group} goes to epoch {epoch} without {member}.',
  'log.modern.bumped.rebalance-timeout': 'Group {group} goes to epoch {epoch} without {member}.',
  'log.modern.bumped.classic-timeout': 'Group {group} goes to epoch {epoch} without {member}.',
  'log.modern.target':
    'Broker {broker} computed who is to read what in group {group}: epoch {epoch}, by {assignor}. Each member moves there on its own.',
  'log.modern.stable':
    'Group {group} is stable: epoch {epoch}, {count} {count|plural|member|members}, assigned by {assignor}.',
  'log.modern.empty': 'Group {group} is empty (epoch {epoch}). Nobody reads its partitions; its offsets stay.',
  'log.modern.fenced.session-ended':
    '{member} was silent for {silentUs|s1}, longer than its session: the coordinator fences it from group {group}.',
  'log.modern.fenced.rebalance-timeout':
    '{member} did not give back its partitions in its rebalance time-out: the coordinator fences it from group {group}.',
  'log.modern.fenced.classic-timeout':
    '{member}, of the classic protocol, did not join or sync in time: the coordinator fences it from group {group}.',
  'log.modern.must-revoke':
    '{member} is to give back {count} {count|plural|partition|partitions} of group {group}; until then it stays in epoch {epoch}.',
  'log.modern.waits':
    '{member} has the new epoch of group {group} and waits for {count} {count|plural|partition|partitions} that others still hold.',
  'log.modern.refused': 'The coordinator of group {group} refused {member}: {error}.',
  'log.modern.migrated.consumer':
    'Group {group} becomes a consumer group: a member of the new protocol joined. The others are served in the classic one.',
  'log.modern.migrated.classic':
    'Group {group} becomes a classic group again: {member} was its last member of the new protocol.',
  'mark.modern-stable': 'epoch {epoch}',
  'mark.modern-bumped': 'epoch {epoch} begins',
  'mark.modern-migrated': 'protocol changes',
  'log.modern.loaded':
    'Broker {broker} leads {partition} now and so coordinates group {group}. From its copy it knows epoch {epoch}, {members} {members|plural|member|members} and {offsets} {offsets|plural|offset|offsets}.',
} as const;
