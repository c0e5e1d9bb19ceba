/** What a run of the rebalance lab says: the trigger, what was set for it, each request and each answer. */
export const labRun = {
  'labrun.trigger.join': '{consumer} joins.',
  'labrun.trigger.leave': '{consumer} closes and leaves.',
  'labrun.trigger.crash': '{consumer} dies without a word.',
  'labrun.trigger.poll-interval': '{consumer} stands in one poll’s work for {heldUs|dur}; it may {limitUs|dur}.',
  'labrun.trigger.session': 'The network of {consumer} is cut for {cutUs|dur}; its session lasts {sessionUs|dur}.',
  'labrun.trigger.topic-matches': 'The topic {topic} comes into being and matches the group’s pattern.',
  'labrun.trigger.partitions-grow': '{topic} grows from {from} to {to} partitions.',
  'labrun.trigger.subscription': '{consumer} subscribes to {other} besides {topic}.',
  'labrun.trigger.coordinator-moves': 'The group’s coordinator moves: {partition} from broker {from} to broker {to}.',
  'labrun.trigger.static-returns': '{consumer} closes and starts again {awayUs|dur} later.',
  'labrun.trigger.rolling-restart':
    'All {count} {count|plural|member restarts|members restart}, one every {everyUs|dur}.',
  'labrun.trigger.migration':
    'All {count} {count|plural|member restarts|members restart} with group.protocol={protocol}, one every {everyUs|dur}.',

  'labrun.setup.session':
    'Set for this: a session of {sessionUs|dur} and a heartbeat every {heartbeatUs|dur}, under every protocol. Kafka’s own are 45 s, and 3 s or 5 s.',
  'labrun.setup.poll-interval': 'Set for this: max.poll.interval.ms {limitUs|dur}. Kafka’s own is 5 min.',
  'labrun.setup.metadata-age':
    'Set for this: metadata.max.age.ms {ageUs|dur}. Kafka’s own is 5 min; that long a classic member may know nothing of new topics and partitions.',
  'labrun.setup.slow':
    '{consumer} is the slow one: a poll gives it {records} {records|plural|record|records} at most, each takes {recordUs|dur}, all together {batchUs|dur}.',

  'labrun.refused.nothing': 'Nothing was done.',
  'labrun.refused.nobody': 'At this moment no member of group {group} runs.',
  'labrun.refused.no-pattern': 'The group names its topics; only one with a pattern notices a topic that matches.',
  'labrun.refused.share-pattern': 'A share consumer names its topics: Kafka has no pattern for it.',
  'labrun.refused.no-other-topic': 'There is no other topic to subscribe to, or the group subscribes by a pattern.',
  'labrun.refused.coordinator-unknown': 'At this moment nobody coordinates the group.',
  'labrun.refused.one-broker': 'With one broker there is nowhere for the coordinator to go.',
  'labrun.refused.share-migration': 'A share group stays one: no other group takes over its records.',
  'labrun.refused.step': 'What this trigger does was refused: {message}',
  'labrun.refused.scenario': 'The scenario does not run this way: {message}',

  'labrun.says.other': '{consumer} and broker {broker} speak.',
  'labrun.says.find': '{consumer} asks broker {broker} who coordinates group {group}.',
  'labrun.says.find-answer': 'Broker {broker} answers {consumer}: broker {coordinator} coordinates group {group}.',
  'labrun.says.find-error': 'Broker {broker} cannot say who coordinates group {group}: {error}. {consumer} asks again.',

  'labrun.says.join-first':
    '{consumer} wants to join group {group}. It has no member id yet. It can assign by {assignors}.',
  'labrun.says.join-static':
    '{consumer} comes as instance {instance} of group {group}. The coordinator knows it by that name, whatever member id it had.',
  'labrun.says.join-with-id':
    '{consumer} joins group {group} under its member id. This request waits until the generation begins.',
  'labrun.says.rejoin':
    '{consumer} joins again and brings nothing: it has given up all its partitions. From here on it waits for the others.',
  'labrun.says.rejoin-holding':
    '{consumer} joins again and keeps its {owned} {owned|plural|partition|partitions}: {partitions}. It goes on reading while it waits.',
  'labrun.says.join-id':
    'MEMBER_ID_REQUIRED: the coordinator (broker {broker}) gives {consumer} a member id. Only who comes back with it counts.',
  'labrun.says.join-leader':
    'The coordinator (broker {broker}) answers {consumer}, the leader of generation {generation}. It alone receives the subscriptions of all {count} and works out the assignment, by {assignor}.',
  'labrun.says.join-leader-skips':
    'The coordinator (broker {broker}) answers {consumer}: it leads generation {generation} again, and the assignment stays as it was.',
  'labrun.says.join-follower':
    'The coordinator (broker {broker}) answers {consumer}: generation {generation} has begun. {leader} leads it and decides who reads what.',
  'labrun.says.join-error': 'The coordinator (broker {broker}) refuses {consumer}: {error}.',
  'labrun.says.sync':
    '{consumer} asks for its part of generation {generation}. It waits until the leader’s plan is there.',
  'labrun.says.sync-plan':
    '{consumer}, the leader, hands in its plan for all {count} {count|plural|member|members} of generation {generation}.',
  'labrun.says.sync-part': '{consumer} is given {count} {count|plural|partition|partitions}: {partitions}.',
  'labrun.says.sync-nothing': '{consumer} is given nothing. It stays a member and stands idle.',
  'labrun.says.sync-error': 'The coordinator (broker {broker}) gives {consumer} no part: {error}.',

  'labrun.says.beat': '{consumer} says that it is alive (generation {generation}).',
  'labrun.says.beat-ok': 'The coordinator has heard {consumer}; nothing has changed.',
  'labrun.says.beat-rebalance':
    'REBALANCE_IN_PROGRESS: so {consumer} hears that the group rebalances. It joins again at once.',
  'labrun.says.beat-rebalance-works':
    'REBALANCE_IN_PROGRESS: so {consumer} hears that the group rebalances. Its application is at work: it joins again with its next poll().',
  'labrun.says.beat-unknown':
    'UNKNOWN_MEMBER_ID: the coordinator has taken {consumer} out of the group. Whatever it still holds is lost to it.',
  'labrun.says.beat-generation':
    'ILLEGAL_GENERATION: {consumer} speaks of a generation that is over. It has to join again.',
  'labrun.says.beat-fenced': 'FENCED_INSTANCE_ID: another process has come under the instance name of {consumer}.',
  'labrun.says.beat-error': 'The coordinator (broker {broker}) answers {consumer}: {error}.',
  'labrun.says.leave': '{consumer} closes and says so: nobody has to wait for its session to end.',
  'labrun.says.leave-poll':
    'The heartbeat thread of {consumer} leaves the group: its application has not called poll() for max.poll.interval.ms.',
  'labrun.says.leave-answer': 'The coordinator (broker {broker}) has taken {consumer} out.',
  'labrun.says.leave-error': 'The coordinator (broker {broker}) does not know {consumer} any more: {error}.',

  'labrun.says.commit': '{consumer} commits {count} {count|plural|offset|offsets} (generation {generation}).',
  'labrun.says.commit-before':
    '{consumer} commits what it has read of {count} {count|plural|partition|partitions} before it joins again: who takes over goes on from there.',
  'labrun.says.commit-ok': 'The offsets of {consumer} are stored.',
  'labrun.says.commit-rebalance':
    'REBALANCE_IN_PROGRESS: generation and owners are about to change, so the commit of {consumer} is not stored.',
  'labrun.says.commit-refused':
    '{error}: {consumer} no longer speaks for these partitions. Nothing is stored; what it has read since its last commit is read again.',
  'labrun.says.offsets': '{consumer} asks where to go on in {count} {count|plural|partition|partitions}: {partitions}.',
  'labrun.says.offsets-answer': '{consumer} goes on at what was committed: {offsets}.',
  'labrun.says.offsets-none': 'Nothing is committed: auto.offset.reset says where {consumer} begins.',
  'labrun.says.offsets-error': 'The coordinator (broker {broker}) does not say where {consumer} is to go on: {error}.',

  'labrun.says.consumer-join':
    '{consumer} joins group {group} with epoch 0 and says what it wants to read. It has made its member id itself.',
  'labrun.says.consumer-leave': '{consumer} leaves (epoch -1). The coordinator works out a new target without it.',
  'labrun.says.consumer-leave-static':
    '{consumer} goes and means to come back (epoch -2). Its partitions are kept for it.',
  'labrun.says.consumer-owns':
    '{consumer} reports what it owns now: {count} {count|plural|partition|partitions}. What is no longer in the list is free for others.',
  'labrun.says.consumer-subscribes': '{consumer} says what it wants to read: {topics}.',
  'labrun.says.consumer-beat': '{consumer} says that it is alive (epoch {epoch}).',
  'labrun.says.consumer-assigned':
    'The coordinator (broker {broker}) gives {consumer} epoch {epoch} and its whole assignment: {partitions}. Nobody else has to wait.',
  'labrun.says.consumer-gives-up':
    'The coordinator (broker {broker}) wants {gone} back from {consumer}. Its epoch rises only when it has let go.',
  'labrun.says.consumer-nothing':
    'The coordinator (broker {broker}) gives {consumer} epoch {epoch} and nothing yet: what is meant for it, others hold.',
  'labrun.says.consumer-epoch': '{consumer} reaches epoch {epoch}. Its assignment stays as it is.',
  'labrun.says.consumer-ok': 'The coordinator has heard {consumer}; nothing has changed (epoch {epoch}).',
  'labrun.says.consumer-left': 'The coordinator (broker {broker}) has taken {consumer} out.',
  'labrun.says.consumer-error': 'The coordinator (broker {broker}) refuses {consumer}: {error}.',
  'labrun.says.consumer-error-FENCED_MEMBER_EPOCH':
    'FENCED_MEMBER_EPOCH: {consumer} speaks of an epoch that is over. It gives up everything as lost and joins again with epoch 0.',
  'labrun.says.consumer-error-UNKNOWN_MEMBER_ID':
    'UNKNOWN_MEMBER_ID: the coordinator has taken {consumer} out. It gives up everything as lost and joins again with epoch 0.',
  'labrun.says.consumer-error-UNRELEASED_INSTANCE_ID':
    'UNRELEASED_INSTANCE_ID: the instance that {consumer} wants to be is still a member. The newcomer is refused.',

  'labrun.says.share-join': '{consumer} joins share group {group} with epoch 0.',
  'labrun.says.share-leave': '{consumer} leaves the share group (epoch -1).',
  'labrun.says.share-leave-static': '{consumer} leaves the share group.',
  'labrun.says.share-owns': '{consumer} reports what it reads: {partitions}.',
  'labrun.says.share-subscribes': '{consumer} says what it wants to read: {topics}.',
  'labrun.says.share-beat': '{consumer} says that it is alive (epoch {epoch}).',
  'labrun.says.share-assigned':
    'The coordinator (broker {broker}) gives {consumer} epoch {epoch} and {partitions}. Others may read them too.',
  'labrun.says.share-gives-up':
    'The coordinator (broker {broker}) takes {gone} from {consumer}. Nobody has to wait for it.',
  'labrun.says.share-nothing': 'The coordinator (broker {broker}) gives {consumer} epoch {epoch} and nothing to read.',
  'labrun.says.share-epoch': '{consumer} reaches epoch {epoch}. What it reads stays as it is.',
  'labrun.says.share-ok': 'The coordinator has heard {consumer}; nothing has changed (epoch {epoch}).',
  'labrun.says.share-left': 'The coordinator (broker {broker}) has taken {consumer} out.',
  'labrun.says.share-error': 'The coordinator (broker {broker}) refuses {consumer}: {error}.',
  'labrun.says.share-error-FENCED_MEMBER_EPOCH':
    'FENCED_MEMBER_EPOCH: {consumer} speaks of an epoch that is over. It joins again with epoch 0.',
  'labrun.says.share-error-UNKNOWN_MEMBER_ID':
    'UNKNOWN_MEMBER_ID: the coordinator has taken {consumer} out. It joins again with epoch 0.',
  'labrun.says.share-error-UNRELEASED_INSTANCE_ID': 'The coordinator (broker {broker}) refuses {consumer}: {error}.',
} as const;
