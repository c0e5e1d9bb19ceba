/** What became of a record and why, moment by moment. Parameters as in engine.ts. */
export const story = {
  // ---- why.*: the cause chain of a lost record, by code. The time stands before it. ------------------------------
  // broker, partition, offset
  'why.acked-before-copied': 'Broker {broker} stored offset {offset} and said yes; acks=1 asks for no second copy.',
  // broker, partition, offset: acks=all with an in-sync set of one
  'why.acked-alone':
    'Broker {broker} stored offset {offset} and said yes; acks=all asks every in-sync copy, and broker {broker} was the only one.',
  // broker, partition, offset, isr
  'why.acked-by-all': 'Broker {broker} said yes to offset {offset} after every in-sync copy had it: {isr}.',
  // producer, broker
  'why.acks-0-no-answer':
    '{producer} sent it and asked for no answer (acks=0): written to the connection counts as done.',
  'why.acks-0-never-arrived':
    'Nobody took it from the connection: broker {broker} was gone, and {producer} could not know.',
  'why.acks-0-refused': 'Broker {broker} refused it with {error}; with acks=0 it can only close the connection.',
  // broker, behindUs (how far the copy was), follower
  'why.killed': 'Broker {broker} was killed; the copy to broker {follower} was still {behindUs|ms} away.',
  'why.killed-uncopied': 'Broker {broker} was killed; broker {follower} had not asked for it yet.',
  'why.paused': 'Broker {broker} was paused and answered nobody.',
  'why.cut': 'Broker {broker} was cut off from {to}; the copy could not leave it.',
  'why.stopped':
    'Broker {broker} stopped in order; a record that came after broker {follower}’s last fetch stayed behind.',
  // broker, records (of this partition), fromOffset (first offset that is gone)
  'why.power-lost':
    'Broker {broker}’s host lost power. From offset {fromOffset} on its log was only in memory: an acknowledgement waits for no disk.',
  'why.recovered': 'Broker {broker} came back and checked its log: it ends at {leo}, before {offset}.',
  // broker (who was fenced), silentUs
  'why.fenced': 'The controller fenced broker {broker}: no heartbeat for {silentUs|s1}.',
  // broker (who left), isr
  'why.left-isr': 'Broker {broker} had left the in-sync set; from then on nobody waited for its copy. In sync: {isr}.',
  'why.left-isr-last': 'Broker {broker} had left the in-sync set; from then on nobody waited for its copy.',
  // broker, partition, epoch, leo, offset
  'why.elected':
    'Broker {broker}, first in order among the in-sync, became leader; its log ends at {leo}, before offset {offset} was in it. Here it was lost.',
  'why.elected-elr': 'Broker {broker} became leader as the one eligible copy; its log ends at {leo}. Here it was lost.',
  'why.last-known':
    'Nobody was in sync or eligible; broker {broker}, the last leader, led again with what was left (unclean): its log ends at {leo}. Here it was lost.',
  'why.unclean': 'Broker {broker} was made leader though not in sync; its log ends at {leo}. Here it was lost.',
  // broker, leo: another follower had it, yet stood behind in the order
  'why.better-copy':
    'Broker {broker} had it ({leo} records), but stands later in the order; Kafka takes the first in order, not the longest log.',
  // broker, offset, leader
  'why.truncated':
    'Broker {broker} came back, compared with leader {leader}, and cut its log at {toOffset}: the last copy is gone.',
  // broker
  'why.reassigned-away':
    'The partition was moved away from broker {broker}, which deleted its log: nobody had copied this record from it.',
  // broker (old leader), leader (new), partition, offset
  'why.zombie':
    'Broker {broker} still took itself for the leader and said yes, though broker {leader} had been elected: no one had told it.',
  'why.overwritten': 'Offset {offset} now holds another record.',

  // ---- story.*: moments of one record. The time stands before it. ------------------------------------------------
  // producer, topic
  'story.sent': '{producer} called send().',
  'story.sent-waited': '{producer} called send(); it waited {afterUs|ms} for metadata or room in the buffer.',
  // key, partition
  'story.partition.key': 'The key {key} decides: {partition}.',
  'story.partition.sticky': 'No key: the partitioner stays with {partition} until a batch is full.',
  'story.partition.explicit': 'The application chose {partition}.',
  // partition, records (in the batch so far, this one included)
  'story.batched': 'Into a batch for {partition}, as number {records}.',
  // producer, broker, records, partition
  'story.request': 'Its batch of {records} left in a Produce request to broker {broker}.',
  'story.request-arrived': 'Broker {broker} received it.',
  // broker, offset, epoch
  'story.appended': 'Broker {broker} stored it at offset {offset} (leader epoch {epoch}).',
  // broker (follower), leader, offset
  'story.fetched': 'Broker {broker} asked broker {leader} and now stores it too.',
  'story.fetched-all': 'Broker {broker} stores it too: every in-sync copy has it.',
  // producer, afterUs
  'story.acked': 'Acknowledged: {producer}’s callback succeeded {afterUs|ms} after send().',
  'story.acked-at-risk': 'Acknowledged {afterUs|ms} after send(), while only broker {broker} had it: at risk.',
  'story.acks-0': 'Counted as sent: acks=0 asks for no answer.',
  // hw, partition
  'story.safe': 'Below the high watermark: every in-sync copy has it, and consumers may read it.',
  'story.delivered': '{consumer} read it.',
  'story.read-again': '{consumer} read it once more.',
  // producer, error, attempt, remainingUs
  'story.retried': '{producer} was told {error} and sent it again (attempt {attempt}).',
  'story.answer-lost': 'The connection broke before an answer came; {producer} cannot know whether it was stored.',
  'story.refused': 'Broker {broker} refused it: {error}.',
  'story.failed': 'Failed: {producer}’s callback got {error}.',
  'story.expired': 'Failed: no answer within {afterUs|dur} (delivery.timeout.ms). TimeoutException.',
  // broker, offset
  'story.duplicate': 'Stored once more, at offset {offset}: the log now has it twice.',
  'story.duplicate-refused': 'Broker {broker} knew its sequence already and stored it once.',
  'story.leader-killed': 'Broker {broker}, its leader, was killed.',
  'story.leader-lost-power': 'Broker {broker}, its leader, lost power.',
  'story.elected-without': 'Broker {broker} became leader; its log ends at {leo}, without it. Lost.',
  'story.elected-with': 'Broker {broker} became leader; its log has it.',
  'story.power-lost': 'Broker {broker} lost power before this page reached the disk.',
  'story.truncated': 'Broker {broker} cut it from its log: leader {leader} does not have it.',
  'story.unavailable': '{partition} has no leader: out of reach, not lost.',
  'story.available': '{partition} has a leader again, and its log has it.',
  'story.crashed-before-send': '{producer} crashed before it left.',

  // ---- luck.*: why nothing was lost, though a leader died. --------------------------------------------------------
  // broker, partition
  'luck.none-at-risk':
    'Luck: at the moment broker {broker} died, every record it had acknowledged in {partition} was already copied.',
  'luck.copied-in-time':
    'Luck: {records} {records|plural|record was|records were} at risk when broker {broker} died, and the answer with {records|plural|its copy|their copies} was already on its way to broker {follower}.',
  'luck.idle': 'Luck: nothing had been sent to {partition} since the last copy.',
  'luck.other-first':
    'Luck: broker {broker}, the first in order, had every record; a slower copy stands later in the order.',
  'luck.parked':
    'Luck: a fetch of broker {follower} was waiting at broker {broker}; its answer left with the records before broker {broker} died.',
  // not luck
  'luck.acks-all':
    'Not luck: with acks=all nothing was acknowledged before every in-sync copy had it, and one of those leads now.',
  'luck.refused':
    'Not luck: with fewer than {minIsr} in sync the leader refused to write, so nothing was acknowledged that could be lost.',
  'luck.no-leader':
    'Nothing is lost yet: {partition} has no leader, and {records} {records|plural|record is|records are} out of reach.',
  'luck.came-back': 'Broker {broker} came back with its log before anybody else led {partition}.',
  'luck.too-early': 'Broker {broker}’s session has not ended yet; nothing is decided.',
} as const satisfies Record<string, string>;
