/** Why an assignor gave a partition to a member: one sentence for each kind of step (kafka/assignor/reasoning.ts). */
export const reasoning = {
  'reason.range.quota':
    'Range goes topic by topic. {topic} has {size} {size|plural|partition|partitions} for {members} {members|plural|member|members}: {each} each, and one more for the first {over}.',
  'reason.range.quota-even':
    'Range goes topic by topic. {topic} has {size} {size|plural|partition|partitions} for {members} {members|plural|member|members}: {each} each.',
  'reason.range.run': '{member} is number {place} of {members}: it takes {topic} {run}.',
  'reason.range.run-one-more':
    '{member} is number {place} of {members}: it takes {topic} {run}, one more than {each}, since {size} does not divide by {members}.',
  'reason.range.own-rack':
    '{topic}-{partition} has a copy in the rack of {member}, and {member} may still take some: it goes there first.',
  'reason.range.together':
    '{member} takes partition {partition} of every topic with the same readers and size: each has a copy in its rack.',
  'reason.roundrobin.turn': '{topic}-{partition} goes to the next in the round: {member}, number {place} of {members}.',
  'reason.roundrobin.passed-over':
    'It would be the turn of {member}, which does not read {topic}: {topic}-{partition} goes on to the next.',
  'reason.sticky.quota':
    'All read the same topics: {partitions} {partitions|plural|partition|partitions} for {members} {members|plural|member|members}, {min} each, and {max} for {over} of them.',
  'reason.sticky.quota-even':
    'All read the same topics: {partitions} {partitions|plural|partition|partitions} for {members} {members|plural|member|members}, {min} each.',
  'reason.sticky.stale-claim':
    '{member} says it has {topic}-{partition} since generation {generation}, but {other} says the same of generation {newer}: the younger claim counts.',
  'reason.sticky.claimed-twice':
    '{member} and {other} both say they have {topic}-{partition} in generation {generation}. Neither claim counts.',
  'reason.sticky.kept': '{member} had {topic}-{partition} and keeps it: with {have} it is within its share.',
  'reason.sticky.over-share':
    '{member} had {topic}-{partition}, but {have} are more than its share of {share}: this one is free again.',
  'reason.sticky.other-rack':
    '{member} had {topic}-{partition}, which has no copy in its rack {rack}: it is free again.',
  'reason.sticky.own-rack':
    '{topic}-{partition} has a copy in the rack of {member}, which is below its share: now it has {have}.',
  'reason.sticky.own-rack-one-more':
    '{topic}-{partition} has a copy in the rack of {member}, which is one of those with {max}: now it has {have}.',
  'reason.sticky.filled': '{topic}-{partition} was free, {member} was below {min}: now it has {have}.',
  'reason.sticky.one-more':
    '{topic}-{partition} was left when everybody had {min}. {member} is the first by name that may have {max}.',
  'reason.sticky.still-read': '{member} had {topic}-{partition} and still reads {topic}: for now it keeps it.',
  'reason.sticky.unsubscribed':
    '{member} had {topic}-{partition}, but does not read {topic} any more: it is free again.',
  'reason.sticky.least-loaded':
    '{topic}-{partition} was free. Of the {readers} {readers|plural|member|members} that {readers|plural|reads|read} {topic}, {member} had the fewest: {had}.',
  'reason.sticky.least-loaded-own-rack':
    '{topic}-{partition} was free. Of those with a copy in their rack, {member} had the fewest: {had}.',
  'reason.sticky.moved':
    '{from} had {fromHad}, {member} only {had}: {topic}-{partition} moves, since that makes them more even.',
  'reason.sticky.moved-back':
    '{from} had {fromHad}, {member} only {had}, and {member} had {topic}-{partition} before: it goes back.',
  'reason.sticky.not-better':
    'In the end the moves made nothing more even: {topic}-{partition} stays with {member} after all.',
  'reason.sticky.withheld':
    '{topic}-{partition} is to go to {member}, but {from} still reads it. Nobody gets it in this generation; {from} gives it up and joins again, and the next one gives it to {member}.',
  'reason.server-uniform.quota':
    'All read the same topics: {partitions} {partitions|plural|partition|partitions} for {members} {members|plural|member|members}, {min} each, and one more for {over} of them.',
  'reason.server-uniform.quota-even':
    'All read the same topics: {partitions} {partitions|plural|partition|partitions} for {members} {members|plural|member|members}, {min} each.',
  'reason.server-uniform.kept': '{topic}-{partition} stays with {member}: it is within its share of {share}.',
  'reason.server-uniform.over-share':
    '{member} has more than its share of {share}: {topic}-{partition} is taken from it.',
  'reason.server-uniform.unsubscribed': '{member} does not read {topic} any more: it loses {topic}-{partition}.',
  'reason.server-uniform.filled': '{topic}-{partition} was free, and {member} had room for {free} more.',
  'reason.server-uniform.still-read': '{member} still reads {topic}: for now {topic}-{partition} stays with it.',
  'reason.server-uniform.least-loaded':
    '{topic}-{partition} was free. Of the {readers} {readers|plural|member|members} that {readers|plural|reads|read} {topic}, {member} had the fewest: {had}.',
  'reason.server-uniform.moved':
    'Of those that read {topic}, {from} had the most ({fromHad}) and {member} the fewest ({had}): {topic}-{partition} moves.',
  'reason.server-range.run':
    '{topic} has {size} {size|plural|partition|partitions} for {members} {members|plural|member|members}, {each} each. {member} takes the next run: {run}.',
  'reason.server-range.run-one-more':
    '{topic} has {size} {size|plural|partition|partitions} for {members} {members|plural|member|members}, {each} each, and the first ones take one more. {member} takes {run}.',
  'reason.share-simple.quota':
    'A share group: {partitions} {partitions|plural|partition|partitions}, {members} {members|plural|member|members}, so {sharing} {sharing|plural|reader|readers} a partition.',
  'reason.share-simple.quota-topic':
    '{topic}: {partitions} {partitions|plural|partition|partitions}, {members} {members|plural|reader|readers}, so {sharing} a partition.',
  'reason.share-simple.kept': '{topic}-{partition} stays with {member}, whose share is {share}.',
  'reason.share-simple.unsubscribed': '{member} does not read {topic} any more: it loses {topic}-{partition}.',
  'reason.share-simple.over-share':
    '{member} has more than its share of {share}: {topic}-{partition} is taken from it.',
  'reason.share-simple.over-sharing':
    'More than {sharing} {sharing|plural|member|members} had {topic}-{partition}: it is taken from {member}.',
  'reason.share-simple.not-read': '{member} does not read {topic}: {topic}-{partition} is taken from it.',
  'reason.share-simple.given':
    '{topic}-{partition} needed another reader, and {member} was below its share of {share}: now it has {have}.',
  'reason.share-simple.forgotten':
    'Nobody reads {topic} any more, so nobody looks at it: {topic}-{partition} stays with {member}.',
};
