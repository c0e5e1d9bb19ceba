/** The lesson *An acknowledged message, lost* from its second step on. Loaded when first asked for. */
export const lessonLost = {
  'lesson.astray.title': 'Another cluster is on the stage',
  'lesson.astray.body': 'The lesson waits where you left it. Its cluster is kept, with what you changed.',
  'lesson.astray.button': 'Take the lesson up again',
  'lesson.card.count': '{n}',
  'lesson.card.time': '{us|dur}',
  'lesson.card.on': 'on',
  'lesson.card.off': 'off',
  'lesson.card.lost': 'acknowledged, then lost',
  'lesson.card.ack': 'a usual acknowledgement',
  'lesson.card.leaderless': 'orders-0 without a leader',
  'lesson.card.refused': 'requests refused',

  'lesson.lost.follow.title': 'From send to read',
  'lesson.lost.follow.body': 'One order: ‘{value}’. Each moment below lights up as the engine reaches it.',
  'lesson.lost.follow.gap': 'checkout had its yes after {ackUs|ms}. The last copy was there {gapUs|ms} later.',

  'lesson.lost.words.title': 'Put it in your own words',
  'lesson.lost.words.body':
    'These three lines can be what flows. Change them, and the cluster starts again with yours.',
  'lesson.lost.words.label': 'Your lines, sent in turn',
  'lesson.lost.words.line1': 'Dear Anna, your order 1042 is on its way',
  'lesson.lost.words.line2': 'Dear Ines, we packed order 1043 this morning',
  'lesson.lost.words.line3': 'Dear Mei, order 1044 waits at the counter',
  'lesson.lost.words.button': 'Let them flow',
  'lesson.lost.words.keep': 'keep the shop’s orders',

  'lesson.lost.kill.title': 'Acknowledged, and not yet copied',
  'lesson.lost.kill.body':
    'checkout writes with acks=1: the leader says yes as soon as it has stored a record itself. The copies follow.',
  'lesson.lost.kill.body-slow':
    'checkout writes with acks=1: the leader says yes as soon as it has stored a record itself. The copy to broker 2 needs {latencyUs|ms} more.',
  'lesson.lost.kill.at-risk': 'at risk now in orders-0',
  'lesson.lost.kill.question': 'Broker 1 dies in this moment. What becomes of the records at risk?',
  'lesson.lost.kill.back': 'They come back when broker 1 does',
  'lesson.lost.kill.gone': 'They are lost: acknowledged, and no record',
  'lesson.lost.kill.again': 'checkout sends them again',
  'lesson.lost.kill.button': 'Kill broker 1',

  'lesson.lost.wait.title': 'Nobody knows yet',
  'lesson.lost.wait.body':
    'Broker 1 has been silent for {silentUs|s1}. The controller waits {sessionUs|dur} from its last heartbeat before it gives orders-0 another leader.',
  'lesson.lost.wait.meanwhile':
    'Until then checkout waits. {atRisk} {atRisk|plural|record was|records were} at risk when broker 1 died.',
  'lesson.lost.wait.soon': 'The session is over. The controller decides at its next look.',
  'lesson.lost.wait.leaderless': 'orders-0 has no leader: no copy that may lead is alive. Start a broker on the stage.',
  'lesson.lost.wait.ring': '{remainingUs|s1} left',

  'lesson.lost.reveal.asking': 'A new leader',
  'lesson.lost.reveal.title':
    '{count} {count|plural|record was|records were} acknowledged. Where {count|plural|is it|are they} now?',
  'lesson.lost.reveal.body':
    'After {waitUs|s1} broker {broker}, first in order among those in sync, took over. Of {atRisk} at risk, {saved} had reached it in time; its log ends before the other {count}.',
  'lesson.lost.gone': '‘{value}’ was acknowledged, and is gone.',
  'lesson.lost.gone-many': '‘{value}’ was acknowledged, and is gone: {count} times.',
  'lesson.lost.gone-more': 'And {count} more.',
  'lesson.lost.reveal.button': 'Step back into the gap',
  'lesson.lost.reveal.lucky': 'This time nothing was lost',
  'lesson.lost.reveal.lucky-body': 'Under acks=1 that is a matter of the moment. Why it went well:',
  'lesson.lost.reveal.again': 'Again, a moment later',
  'lesson.lost.reveal.on': 'go on all the same',

  'lesson.lost.back.title': 'Between the answer and the copy',
  'lesson.lost.back.body':
    '{ackedUs|s}: checkout has its yes for ‘{value}’, offset {offset}. {gapUs|ms} later, at {killUs|s}, broker 1 is dead. You stand in between: one copy, and it looks safe.',
  'lesson.lost.back.late':
    '{killUs|s}: broker 1 dies, and its yes for ‘{value}’, offset {offset}, is on its way: checkout has it {gapUs|ms} later. You stand just before: one copy, and it looks safe.',
  'lesson.lost.back.hint': 'Step with ← and →. No retry can help: checkout has no reason to send it again.',
  'lesson.lost.back.acked': 'acknowledged',
  'lesson.lost.back.killed': 'broker 1 killed',
  'lesson.lost.back.button': 'What would acks=all do?',

  'lesson.lost.all.title': 'The same seconds, one setting changed',
  'lesson.lost.all.body':
    'With acks=all the leader says yes when every copy in sync has the record. Nothing else changes: the same orders, the same kill.',
  'lesson.lost.all.question': 'How many acknowledged records are lost now?',
  'lesson.lost.all.same': 'As many as before',
  'lesson.lost.all.fewer': 'Fewer, not zero',
  'lesson.lost.all.zero': 'None',
  'lesson.lost.all.button': 'Replay with acks=all',
  'lesson.lost.all.none': 'None lost, and the price',
  'lesson.lost.all.some': '{count} lost even so',
  'lesson.lost.all.after':
    'Lost {lostBefore} → {lost}. A usual acknowledgement {ackBeforeUs|ms} → {ackUs|ms}. Not changed: orders-0 had no leader for {leaderlessUs|s1}; acks cannot shorten that.',
  'lesson.lost.all.after-idempotent':
    'Lost {lostBefore} → {lost}. A usual acknowledgement {ackBeforeUs|ms} → {ackUs|ms}. Idempotence came back on by itself. Not changed: orders-0 had no leader for {leaderlessUs|s1}; acks cannot shorten that.',
  'lesson.lost.all.next': 'And with one copy left?',

  'lesson.lost.one.title': 'All of one',
  'lesson.lost.one.body':
    'Brokers 3 and 2 were stopped in order, for maintenance. acks=all asks every copy in sync; that is broker 1 alone. At risk says {atRisk}.',
  'lesson.lost.one.memory': 'An acknowledgement waits for no disk: {bytes|bytes} on broker 1 are only in memory.',
  'lesson.lost.one.in-sync': 'in sync in orders-0',
  'lesson.lost.one.question': 'Broker 1’s host loses power. What is lost?',
  'lesson.lost.one.zero': 'Nothing: acks=all',
  'lesson.lost.one.pending': 'Only what was not acknowledged yet',
  'lesson.lost.one.acked': 'Acknowledged records too',
  'lesson.lost.one.button': 'Cut broker 1’s power',

  'lesson.lost.power.title': 'Nobody may lead',
  'lesson.lost.power.dark':
    'Every broker is down. checkout waits. Start all three again, the two from maintenance and the one that lost power.',
  'lesson.lost.power.leaderless':
    'The controller fenced broker 1: orders-0 has no leader. Brokers 2 and 3 left before the last records; only broker 1 may lead.',
  'lesson.lost.power.start': 'Start all three again',
  'lesson.lost.power.refused-return':
    'Brokers 2 and 3 come back and may not lead: they were not in sync. Broker 1 asks to register and must wait until its old session is over.',
  'lesson.lost.power.others-wait':
    'Brokers 2 and 3 live and may not lead. Broker 1 comes back from a crash: no longer trusted to be whole, and still the last that led.',
  'lesson.lost.power.gone': '{count} acknowledged {count|plural|record|records} lost, with acks=all',
  'lesson.lost.power.why':
    'Nobody else was in sync, so broker 1 led again with what its disk had: orders-0 was cut back, and goes on from there. All of one is one.',
  'lesson.lost.power.lucky': 'This time the disk was just in time',
  'lesson.lost.power.why-not': 'The host had written its memory to disk just before. Step back and cut a moment later.',
  'lesson.lost.power.badge':
    'A real {version} cluster with one copy in sync, its log cut back by hand: {lost} of {acked} acknowledged with acks=all lost, the same broker leads again.',
  'lesson.lost.power.next': 'Replay with min.insync.replicas=2',

  'lesson.lost.refuse.replaying': 'The same seconds, min.insync.replicas=2',
  'lesson.lost.refuse.title': 'Refused instead of lost',
  'lesson.lost.refuse.some': '{count} lost even so',
  'lesson.lost.refuse.body':
    'With one copy in sync the leader refused: NOT_ENOUGH_REPLICAS, {refused} times. checkout kept its records and tried again; nothing was acknowledged that one power cut could take.',
  'lesson.lost.refuse.leader':
    'Broker 2 left the in-sync set last and in order, with every acknowledged record. It leads as soon as it is back: now broker {leader} does.',
  'lesson.lost.refuse.button': 'What changed, in all',

  'lesson.lost.changed.title': 'Two settings, and what each costs',
  'lesson.lost.changed.body':
    'acks says whose copy an acknowledgement waits for. min.insync.replicas says with how few copies the leader may say yes at all. One without the other loses.',
  'lesson.lost.card.kill': 'Broker 1 killed',
  'lesson.lost.card.power': 'One copy in sync, power cut: min.insync.replicas',
  'lesson.lost.badge':
    'A real {version} cluster did this: {lost} of {acked} acknowledged records lost, a new leader after {fromUs|s1} to {toUs|s1}.',
  'lesson.lost.door.next': 'Next: a record, twice',
  'lesson.lost.door.next-note': 'A retry without idempotence: nothing is lost, some are stored again.',
  'lesson.lost.door.labs': 'Labs',
  'lesson.lost.door.labs-note': 'Open a scenario: the experiments that a real cluster ran, or your own file.',
  'lesson.lost.door.free': 'Free play',
  'lesson.lost.door.free-note': 'This cluster is yours. Break it, change it, send your own text.',
} as const satisfies Record<string, string>;
