import type { labRun as english } from '../en/lab-run.ts';

export const labRun: Readonly<Record<keyof typeof english, string>> = {
  'labrun.trigger.join': '{consumer} 加入。',
  'labrun.trigger.leave': '{consumer} 关闭并离开。',
  'labrun.trigger.crash': '{consumer} 一声不响地死掉。',
  'labrun.trigger.poll-interval': '{consumer} 一次 poll 的活儿干了{heldUs|dur}，上限是{limitUs|dur}。',
  'labrun.trigger.session': '{consumer} 的网络断开{cutUs|dur}，会话只有{sessionUs|dur}。',
  'labrun.trigger.topic-matches': '新建主题 {topic}，它匹配组的订阅模式。',
  'labrun.trigger.partitions-grow': '{topic} 从 {from} 个分区加到 {to} 个。',
  'labrun.trigger.subscription': '{consumer} 在 {topic} 之外又订阅 {other}。',
  'labrun.trigger.coordinator-moves': '组的协调者搬家：{partition} 从 broker {from} 到 broker {to}。',
  'labrun.trigger.static-returns': '{consumer} 关闭，{awayUs|dur}后重新启动。',
  'labrun.trigger.rolling-restart': '{count} 个成员轮流重启，每{everyUs|dur}一个。',
  'labrun.trigger.migration': '{count} 个成员轮流改用 group.protocol={protocol} 重启，每{everyUs|dur}一个。',

  'labrun.setup.session':
    '为此设定：各协议的会话都是{sessionUs|dur}，每{heartbeatUs|dur}一次心跳。Kafka 默认 45 秒，以及 3 秒或 5 秒。',
  'labrun.setup.poll-interval': '为此设定：max.poll.interval.ms 为{limitUs|dur}。Kafka 默认 5 分钟。',
  'labrun.setup.metadata-age':
    '为此设定：metadata.max.age.ms 为{ageUs|dur}。Kafka 默认 5 分钟，经典协议的成员可能这么久都不知道有新主题、新分区。',
  'labrun.setup.slow': '{consumer} 是慢的那个：一次 poll 最多 {records} 条，每条{recordUs|dur}，合计{batchUs|dur}。',

  'labrun.refused.nothing': '什么也没做。',
  'labrun.refused.nobody': '这一刻组 {group} 没有在运行的成员。',
  'labrun.refused.no-pattern': '组按名字订阅主题；按模式订阅的组才会注意到新主题。',
  'labrun.refused.share-pattern': '共享消费者按名字订阅主题，Kafka 没有给它按模式订阅的办法。',
  'labrun.refused.no-other-topic': '没有别的主题可订阅，或者组是按模式订阅的。',
  'labrun.refused.coordinator-unknown': '这一刻没有 broker 协调这个组。',
  'labrun.refused.one-broker': '只有一个 broker，协调者无处可搬。',
  'labrun.refused.share-migration': '共享组只能是共享组：它的消息不会由别的组接手。',
  'labrun.refused.step': '这一步被拒绝：{message}',
  'labrun.refused.scenario': '这样的场景跑不起来：{message}',

  'labrun.says.other': '{consumer} 与 broker {broker} 通话。',
  'labrun.says.find': '{consumer} 问 broker {broker}：谁协调组 {group}？',
  'labrun.says.find-answer': 'broker {broker} 回答 {consumer}：组 {group} 由 broker {coordinator} 协调。',
  'labrun.says.find-error': 'broker {broker} 说不出谁协调组 {group}：{error}。{consumer} 会再问。',

  'labrun.says.join-first': '{consumer} 要加入组 {group}，还没有 member id。它会的分配策略：{assignors}。',
  'labrun.says.join-static':
    '{consumer} 以实例 {instance} 的名义来到组 {group}。协调者认这个名字，不管它以前的 member id 是什么。',
  'labrun.says.join-with-id': '{consumer} 带着 member id 加入组 {group}。这个请求要等到新一代开始才有回答。',
  'labrun.says.rejoin': '{consumer} 空手重新加入：分区已全部交出。从现在起它等别人。',
  'labrun.says.rejoin-holding': '{consumer} 重新加入，手里的 {owned} 个分区不放：{partitions}。等待期间照常读。',
  'labrun.says.join-id':
    'MEMBER_ID_REQUIRED：协调者（broker {broker}）发给 {consumer} 一个 member id，带着它回来的才算数。',
  'labrun.says.join-leader':
    '协调者（broker {broker}）回答第 {generation} 代的组长 {consumer}。只有它拿到全部 {count} 个成员的订阅，由它按 {assignor} 算出分配方案。',
  'labrun.says.join-leader-skips':
    '协调者（broker {broker}）回答 {consumer}：第 {generation} 代还是它当组长，分配方案不变。',
  'labrun.says.join-follower':
    '协调者（broker {broker}）回答 {consumer}：第 {generation} 代开始了。组长是 {leader}，谁读什么由它定。',
  'labrun.says.join-error': '协调者（broker {broker}）拒绝 {consumer}：{error}。',
  'labrun.says.sync': '{consumer} 来领第 {generation} 代里自己的那份，等组长的方案到了才有。',
  'labrun.says.sync-plan': '组长 {consumer} 交上第 {generation} 代全部 {count} 个成员的分配方案。',
  'labrun.says.sync-part': '{consumer} 分到 {count} 个分区：{partitions}。',
  'labrun.says.sync-nothing': '{consumer} 什么也没分到。它仍是成员，闲着。',
  'labrun.says.sync-error': '协调者（broker {broker}）没有给 {consumer} 分区：{error}。',

  'labrun.says.beat': '{consumer} 报告自己活着（第 {generation} 代）。',
  'labrun.says.beat-ok': '协调者收到 {consumer} 的心跳，一切照旧。',
  'labrun.says.beat-rebalance': 'REBALANCE_IN_PROGRESS：{consumer} 这才知道组在重平衡，马上重新加入。',
  'labrun.says.beat-rebalance-works':
    'REBALANCE_IN_PROGRESS：{consumer} 这才知道组在重平衡。它的应用正忙，下一次 poll() 才重新加入。',
  'labrun.says.beat-unknown': 'UNKNOWN_MEMBER_ID：协调者已把 {consumer} 移出组。它手里的分区都不再归它。',
  'labrun.says.beat-generation': 'ILLEGAL_GENERATION：{consumer} 说的那一代已经过去，它得重新加入。',
  'labrun.says.beat-fenced': 'FENCED_INSTANCE_ID：另一个进程用了 {consumer} 的实例名。',
  'labrun.says.beat-error': '协调者（broker {broker}）回答 {consumer}：{error}。',
  'labrun.says.leave': '{consumer} 关闭前打了招呼：谁也不用等它的会话到期。',
  'labrun.says.leave-poll': '{consumer} 的心跳线程退出组：应用已有 max.poll.interval.ms 没调用 poll()。',
  'labrun.says.leave-answer': '协调者（broker {broker}）已把 {consumer} 移出组。',
  'labrun.says.leave-error': '协调者（broker {broker}）已不认识 {consumer}：{error}。',

  'labrun.says.commit': '{consumer} 提交 {count} 个位移（第 {generation} 代）。',
  'labrun.says.commit-before': '{consumer} 重新加入前，先提交 {count} 个分区读到的位置：接手者从那里继续。',
  'labrun.says.commit-ok': '{consumer} 的位移已存好。',
  'labrun.says.commit-rebalance': 'REBALANCE_IN_PROGRESS：代和归属马上要变，{consumer} 的提交没有存。',
  'labrun.says.commit-refused': '{error}：这些分区已轮不到 {consumer} 提交。什么也没存，它上次提交之后读的会再读一遍。',
  'labrun.says.offsets': '{consumer} 问 {count} 个分区从哪里读起：{partitions}。',
  'labrun.says.offsets-answer': '{consumer} 从已提交的位移继续：{offsets}。',
  'labrun.says.offsets-none': '没有提交过位移：{consumer} 从哪里读起由 auto.offset.reset 决定。',
  'labrun.says.offsets-error': '协调者（broker {broker}）没有告诉 {consumer} 从哪里继续：{error}。',

  'labrun.says.consumer-join': '{consumer} 以纪元 0 加入组 {group}，并说明要读什么。member id 是它自己生成的。',
  'labrun.says.consumer-leave': '{consumer} 离开（纪元 -1）。协调者算出没有它的新目标。',
  'labrun.says.consumer-leave-static': '{consumer} 走开，但会回来（纪元 -2）。分区给它留着。',
  'labrun.says.consumer-owns': '{consumer} 报告现在持有的 {count} 个分区。不在名单里的，别人就可以拿。',
  'labrun.says.consumer-subscribes': '{consumer} 说明要读什么：{topics}。',
  'labrun.says.consumer-beat': '{consumer} 报告自己活着（纪元 {epoch}）。',
  'labrun.says.consumer-assigned':
    '协调者（broker {broker}）给 {consumer} 纪元 {epoch} 和完整的分配：{partitions}。别人都不用等。',
  'labrun.says.consumer-gives-up': '协调者（broker {broker}）要 {consumer} 交回 {gone}。放手之后它的纪元才会升。',
  'labrun.says.consumer-nothing':
    '协调者（broker {broker}）给 {consumer} 纪元 {epoch}，暂时没有分区：该给它的还在别人手里。',
  'labrun.says.consumer-epoch': '{consumer} 到达纪元 {epoch}，分配不变。',
  'labrun.says.consumer-ok': '协调者收到 {consumer} 的心跳，一切照旧（纪元 {epoch}）。',
  'labrun.says.consumer-left': '协调者（broker {broker}）已把 {consumer} 移出组。',
  'labrun.says.consumer-error': '协调者（broker {broker}）拒绝 {consumer}：{error}。',
  'labrun.says.consumer-error-FENCED_MEMBER_EPOCH':
    'FENCED_MEMBER_EPOCH：{consumer} 说的纪元已经过去。它把分区全部当作丢失，以纪元 0 重新加入。',
  'labrun.says.consumer-error-UNKNOWN_MEMBER_ID':
    'UNKNOWN_MEMBER_ID：协调者已把 {consumer} 移出组。它把分区全部当作丢失，以纪元 0 重新加入。',
  'labrun.says.consumer-error-UNRELEASED_INSTANCE_ID':
    'UNRELEASED_INSTANCE_ID：{consumer} 想用的实例名还有成员在用，后来者被拒绝。',

  'labrun.says.share-join': '{consumer} 以纪元 0 加入共享组 {group}。',
  'labrun.says.share-leave': '{consumer} 离开共享组（纪元 -1）。',
  'labrun.says.share-leave-static': '{consumer} 离开共享组。',
  'labrun.says.share-owns': '{consumer} 报告自己在读：{partitions}。',
  'labrun.says.share-subscribes': '{consumer} 说明要读什么：{topics}。',
  'labrun.says.share-beat': '{consumer} 报告自己活着（纪元 {epoch}）。',
  'labrun.says.share-assigned':
    '协调者（broker {broker}）给 {consumer} 纪元 {epoch} 和 {partitions}。别人也可以同时读它们。',
  'labrun.says.share-gives-up': '协调者（broker {broker}）从 {consumer} 收回 {gone}。谁也不用等。',
  'labrun.says.share-nothing': '协调者（broker {broker}）给 {consumer} 纪元 {epoch}，没有可读的分区。',
  'labrun.says.share-epoch': '{consumer} 到达纪元 {epoch}，读的分区不变。',
  'labrun.says.share-ok': '协调者收到 {consumer} 的心跳，一切照旧（纪元 {epoch}）。',
  'labrun.says.share-left': '协调者（broker {broker}）已把 {consumer} 移出组。',
  'labrun.says.share-error': '协调者（broker {broker}）拒绝 {consumer}：{error}。',
  'labrun.says.share-error-FENCED_MEMBER_EPOCH':
    'FENCED_MEMBER_EPOCH：{consumer} 说的纪元已经过去，它以纪元 0 重新加入。',
  'labrun.says.share-error-UNKNOWN_MEMBER_ID': 'UNKNOWN_MEMBER_ID：协调者已把 {consumer} 移出组，它以纪元 0 重新加入。',
  'labrun.says.share-error-UNRELEASED_INSTANCE_ID': '协调者（broker {broker}）拒绝 {consumer}：{error}。',
};
