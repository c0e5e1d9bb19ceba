import type { lessonLost as en } from '../en/lesson-lost.ts';

/** 课程《应答过的消息，丢了》，从第二步起。 */
export const lessonLost: Readonly<Record<keyof typeof en, string>> = {
  'lesson.astray.title': '台上是另一个集群',
  'lesson.astray.body': '课程停在你离开的地方，集群和你的改动都还在。',
  'lesson.astray.button': '继续上课',
  'lesson.card.count': '{n}',
  'lesson.card.time': '{us|dur}',
  'lesson.card.on': '开',
  'lesson.card.off': '关',
  'lesson.card.lost': '应答后丢失',
  'lesson.card.ack': '平时的应答',
  'lesson.card.leaderless': 'orders-0 没有 leader',
  'lesson.card.refused': '被拒绝的请求',

  'lesson.lost.follow.title': '从发送到读到',
  'lesson.lost.follow.body': '一条订单：“{value}”。引擎走到哪一刻，下面就亮到哪一刻。',
  'lesson.lost.follow.gap': '{ackUs|ms}后 checkout 得到应答；又过了 {gapUs|ms}，最后一份副本才到。',

  'lesson.lost.words.title': '换成你自己的话',
  'lesson.lost.words.body': '流动的消息可以是这三行。改掉它们，集群就用你的话从头开始。',
  'lesson.lost.words.label': '你的三行，轮流发送',
  'lesson.lost.words.line1': '文静，订单 1042 已发出',
  'lesson.lost.words.line2': '阿宝，订单 1043 今早已打包',
  'lesson.lost.words.line3': '小安，订单 1044 在柜台待取',
  'lesson.lost.words.button': '让它们流起来',
  'lesson.lost.words.keep': '就用网店的订单',

  'lesson.lost.kill.title': '应答了，还没有副本',
  'lesson.lost.kill.body': 'checkout 用 acks=1：leader 自己写入就应答，副本随后才到。',
  'lesson.lost.kill.body-slow': 'checkout 用 acks=1：leader 自己写入就应答。到 broker 2 的副本还要走 {latencyUs|ms}。',
  'lesson.lost.kill.at-risk': '条此刻有风险（orders-0）',
  'lesson.lost.kill.question': 'broker 1 就在此刻失效。这些有风险的消息会怎样？',
  'lesson.lost.kill.back': 'broker 1 回来，它们也回来',
  'lesson.lost.kill.gone': '丢失：有应答，没有消息',
  'lesson.lost.kill.again': 'checkout 会再发一次',
  'lesson.lost.kill.button': '杀掉 broker 1',

  'lesson.lost.wait.title': '还没有谁知道',
  'lesson.lost.wait.body':
    'broker 1 已 {silentUs|s1}没有心跳。控制器从最后一次心跳起等 {sessionUs|dur}，之后才给 orders-0 换 leader。',
  'lesson.lost.wait.meanwhile': '在此之前 checkout 只能等。broker 1 被杀时有 {atRisk} 条消息有风险。',
  'lesson.lost.wait.soon': '会话已过期，控制器下次检查就会决定。',
  'lesson.lost.wait.leaderless': 'orders-0 没有 leader：能当 leader 的副本都不在。请在台上启动一个 broker。',
  'lesson.lost.wait.ring': '还剩 {remainingUs|s1}',

  'lesson.lost.reveal.asking': '新的 leader',
  'lesson.lost.reveal.title': '{count} 条消息应答过，现在在哪里？',
  'lesson.lost.reveal.body':
    '{waitUs|s1}后，同步副本中排在最前的 broker {broker} 接任。{atRisk} 条有风险的消息中，{saved} 条及时到了它那里；另外 {count} 条，它的日志到不了。',
  'lesson.lost.gone': '“{value}”应答过，没有了。',
  'lesson.lost.gone-many': '“{value}”应答过，没有了：{count} 次。',
  'lesson.lost.gone-more': '还有 {count} 条。',
  'lesson.lost.reveal.button': '退回那段空隙',
  'lesson.lost.reveal.lucky': '这次没有丢',
  'lesson.lost.reveal.lucky-body': 'acks=1 时丢不丢只看时机。这次为什么没丢：',
  'lesson.lost.reveal.again': '晚一点，再来一次',
  'lesson.lost.reveal.on': '就这样继续',

  'lesson.lost.back.title': '应答与副本之间',
  'lesson.lost.back.body':
    '{ackedUs|s}：checkout 得到“{value}”（位移 {offset}）的应答。{gapUs|ms}后，{killUs|s}，broker 1 被杀。你现在站在两者之间：只有一份，看上去却很安全。',
  'lesson.lost.back.late':
    '{killUs|s}：broker 1 被杀，它对“{value}”（位移 {offset}）的应答已在路上，{gapUs|ms}后 checkout 收到。你现在站在这之前：只有一份，看上去却很安全。',
  'lesson.lost.back.hint': '用 ← → 逐步看。重试也救不了：checkout 没有理由再发一次。',
  'lesson.lost.back.acked': '已应答',
  'lesson.lost.back.killed': 'broker 1 被杀',
  'lesson.lost.back.button': '换成 acks=all 呢？',

  'lesson.lost.all.title': '同样的几秒，只改一个设置',
  'lesson.lost.all.body': 'acks=all 时，所有同步副本都有了，leader 才应答。其他都不变：同样的订单，同样被杀。',
  'lesson.lost.all.question': '这次丢失多少条应答过的消息？',
  'lesson.lost.all.same': '和刚才一样多',
  'lesson.lost.all.fewer': '少一些，但不是零',
  'lesson.lost.all.zero': '一条也不丢',
  'lesson.lost.all.button': '用 acks=all 重放',
  'lesson.lost.all.none': '一条没丢，代价在这里',
  'lesson.lost.all.some': '仍然丢失 {count} 条',
  'lesson.lost.all.after':
    '丢失 {lostBefore} → {lost}。平时的应答 {ackBeforeUs|ms} → {ackUs|ms}。没有变：orders-0 有 {leaderlessUs|s1}没有 leader，acks 缩短不了它。',
  'lesson.lost.all.after-idempotent':
    '丢失 {lostBefore} → {lost}。平时的应答 {ackBeforeUs|ms} → {ackUs|ms}。幂等性随之恢复。没有变：orders-0 有 {leaderlessUs|s1}没有 leader，acks 缩短不了它。',
  'lesson.lost.all.next': '要是只剩一份呢？',

  'lesson.lost.one.title': '“全部”只有一个',
  'lesson.lost.one.body':
    'broker 3 和 2 先后正常停机维护。acks=all 问的是所有同步副本，如今只有 broker 1。“有风险”显示 {atRisk}。',
  'lesson.lost.one.memory': '应答不等磁盘：broker 1 上有 {bytes|bytes} 只在内存里。',
  'lesson.lost.one.in-sync': '个同步副本（orders-0）',
  'lesson.lost.one.question': 'broker 1 的主机断电，会丢什么？',
  'lesson.lost.one.zero': '什么也不丢：acks=all',
  'lesson.lost.one.pending': '只丢还没应答的',
  'lesson.lost.one.acked': '应答过的也会丢',
  'lesson.lost.one.button': '切断 broker 1 的电源',

  'lesson.lost.power.title': '谁都不能当 leader',
  'lesson.lost.power.dark': '所有 broker 都停了，checkout 只能等。把三个都启动：两个维护完的，一个断过电的。',
  'lesson.lost.power.leaderless':
    '控制器已隔离 broker 1：orders-0 没有 leader。broker 2 和 3 离开得早，缺最后的消息，只有 broker 1 能当 leader。',
  'lesson.lost.power.start': '三个都启动',
  'lesson.lost.power.refused-return':
    'broker 2 和 3 回来了，但不在同步副本中，不能当 leader。broker 1 要注册，得等旧会话过期。',
  'lesson.lost.power.others-wait':
    'broker 2 和 3 活着，却不能当 leader。broker 1 崩溃后回来，日志不再算完整，但它是最后一任 leader。',
  'lesson.lost.power.gone': 'acks=all，应答过的消息丢失 {count} 条',
  'lesson.lost.power.why':
    '没有别的同步副本，broker 1 只好带着磁盘上剩下的重新当 leader：orders-0 被截短，从那里继续。“全部”只有一个，就是一个。',
  'lesson.lost.power.lucky': '这次磁盘正好赶上',
  'lesson.lost.power.why-not': '断电前主机刚把内存写到磁盘。退一步，晚一点再断电。',
  'lesson.lost.power.badge':
    '真实的 {version} 集群，只剩一个同步副本，手工截短日志：acks=all 应答过的 {acked} 条丢失 {lost} 条，还是那个 broker 当 leader。',
  'lesson.lost.power.next': '用 min.insync.replicas=2 重放',

  'lesson.lost.refuse.replaying': '同样的几秒，min.insync.replicas=2',
  'lesson.lost.refuse.title': '拒绝，而不是丢失',
  'lesson.lost.refuse.some': '仍然丢失 {count} 条',
  'lesson.lost.refuse.body':
    '只剩一个同步副本时 leader 拒绝写入：NOT_ENOUGH_REPLICAS，{refused} 次。checkout 留着消息再试；断一次电就会没的消息，一条也没有应答。',
  'lesson.lost.refuse.leader':
    'broker 2 最后离开 ISR，正常停机，应答过的消息它都有。它一回来就能当 leader：现在是 broker {leader}。',
  'lesson.lost.refuse.button': '一共改变了什么',

  'lesson.lost.changed.title': '两个设置，各有代价',
  'lesson.lost.changed.body':
    'acks 决定应答要等谁的副本，min.insync.replicas 决定同步副本最少几个 leader 才肯应答。只设一个，还是会丢。',
  'lesson.lost.card.kill': 'broker 1 被杀',
  'lesson.lost.card.power': '只剩一个同步副本，断电：min.insync.replicas',
  'lesson.lost.badge':
    '真实的 {version} 集群：{acked} 条应答过的消息丢失 {lost} 条，{fromUs|s1}到 {toUs|s1}后选出新 leader。',
  'lesson.lost.door.next': '下一课：一条消息，两份',
  'lesson.lost.door.next-note': '没有幂等性时的重试：一条不丢，有的却写了两遍。',
  'lesson.lost.door.labs': '实验',
  'lesson.lost.door.labs-note': '打开一个场景：真实集群做过的实验，或你自己的文件。',
  'lesson.lost.door.free': '自由探索',
  'lesson.lost.door.free-note': '这个集群归你了。弄坏它，改它，发你自己的话。',
};
