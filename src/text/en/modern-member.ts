/** What members with group.protocol=consumer (KIP-848) say. */
export const modernMember = {
  'log.modern-member.joined':
    '{consumer} learnt that it is in group {group} now, at epoch {epoch}. What it is to read comes with the answers to its heartbeats.',
  'log.modern-member.assigned':
    '{consumer} was given {count} {count|plural|partition|partitions} at epoch {epoch}: {partitions}. It confirms with a heartbeat at once.',
  'log.modern-member.keeps':
    '{consumer} keeps its {count} {count|plural|partition|partitions} and has gone on reading: {partitions}.',
  'log.modern-member.idle': '{consumer} has nothing to read at epoch {epoch}. It stays in group {group} and waits.',
  'log.modern-member.told-to-revoke':
    '{consumer} is to give back {partitions}. It reads {count|plural|it|them} no further and commits first, if it commits by itself; its application hears of it in a later poll().',
  'log.modern-member.revoked':
    '{consumer} gave back {partitions} (epoch {epoch}). Another member gets {count|plural|it|them} when the coordinator has heard of it.',
  'log.modern-member.lost':
    '{consumer} has lost {partitions}: group {group} no longer counts it in, and others may read {count|plural|it|them} already.',
  'log.modern-member.fenced':
    '{consumer} learnt from a heartbeat that group {group} no longer counts it in ({error}). It gives up what it reads and joins again with epoch 0.',
  'log.modern-member.fatal':
    'The coordinator refused the heartbeat of {consumer} in group {group}: {error}. {message} The next poll() throws it.',
  'log.modern-member.too-slow':
    '{consumer} has not called poll() for {ms} ms (max.poll.interval.ms). Its background thread leaves group {group} for it; the next poll() joins again.',
  'log.modern-member.subscribes':
    '{consumer} subscribes to {topics} from now on. Its coordinator hears of it with the next heartbeat.',
  'wait.group.revoke':
    'Group {group}: {member} still has to give back {count} {count|plural|partition|partitions} before anybody else gets {count|plural|it|them}. It hears of it with its next heartbeat; after {remainingUs|dur} the coordinator takes it out.',
  'wait.group.revoke-busy':
    'Group {group}: {member} is to give back {count} {count|plural|partition|partitions}, and its application is busy. Its callbacks run in poll() alone; after {remainingUs|dur} the coordinator takes it out.',
  'wait.group.assigning':
    'Group {group} is at epoch {epoch}, and its assignment is one of an older epoch. The coordinator computes a new one with a heartbeat, at most once a second.',
  'wait.group.heartbeat':
    'Group {group} is at epoch {epoch}. {members} {count|plural|hears|hear} of {count|plural|its|their} partitions with {count|plural|its|their} next heartbeat.',
} as const;
