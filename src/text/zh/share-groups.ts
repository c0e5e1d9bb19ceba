import type { shareGroups as english } from '../en/share-groups.ts';

export const shareGroups: Readonly<Record<keyof typeof english, string>> = {
  'log.share.found-coordinator': '{consumer} 找到共享组 {group} 的协调者：broker {broker}。',
  'log.share.member-joined': '{consumer} 加入共享组 {group}。',
  'log.share.member-left': '{consumer} 离开共享组 {group}，还剩 {members} 个成员。',
  'log.share.session-ended': '{consumer} 太久没有心跳，超过会话时间：协调者把它移出共享组 {group}。',
  'log.share.assigned':
    '共享组 {group} 第 {epoch} 纪元：{partitions} 个分区分给 {members} 个成员。同一个分区可以由多个成员一起读。',
  'log.share.fenced': '{consumer} 与共享组 {group} 协调者所知的不符（{error}），重新加入。',
  'log.share.too-slow':
    '{consumer} 超过 max.poll.interval.ms（{ms} 毫秒）没有调用 poll()，离开共享组 {group}，下次 poll 时再加入。',
  'log.share.acquired':
    '{consumer} 替共享组 {group} 取得 {partition} 的 {count} 条消息（{offsets}）。锁到期之前别人拿不到。',
  'log.share.acquired-again':
    '{consumer} 替共享组 {group} 取得 {partition} 的 {count} 条消息（{offsets}）：其中 {again} 条不是第一次投递，最多已投递 {deliveries} 次。',
  'log.share.accepted': '{consumer} 接受了 {partition} 的 {count} 条消息：{offsets}。',
  'log.share.released': '{consumer} 放回 {partition} 的 {count} 条消息：{offsets}。现在别人可以取。',
  'log.share.rejected': '{consumer} 拒绝了 {partition} 的 {count} 条消息：{offsets}。共享组 {group} 里不会再有人收到。',
  'log.share.renewed': '{consumer} 续了 {partition} 的 {count} 条消息的锁：{offsets}。',
  'log.share.lock-ended':
    '{consumer} 在 {partition} 上 {count} 条消息（{offsets}）的锁到期：没有及时确认，别人可以取走。',
  'log.share.session-released':
    '{consumer} 的共享会话结束：它取得的 {partition} 的 {count} 条消息（{offsets}）可以给别人了。',
  'log.share.archived':
    '{partition} 的 {count} 条消息（{offsets}）投递了 {limit} 次，共享组 {group} 里没有消费者接受。Kafka 不再投递：归档。',
  'log.share.late': '{consumer} 确认了 {partition} 的 {count} 条早已了结的消息：什么也不变。',
  'log.share.acknowledge-failed':
    '{consumer} 对 {partition} 的 {count} 条消息的确认被拒绝：{error}。除非别人已经接受，这些消息还会再来。',
  'config.broker.group.share.delivery.count.limit': '共享组的一条消息最多投递几次；再被放回或超时，就放弃（归档）。',
  'config.broker.group.share.record.lock.duration.ms': '成员取得的消息归它多久；之后别人可以取。',
  'config.broker.group.share.partition.max.record.locks':
    '一个共享组在一个分区上最多有多少条在途消息。到了上限，只再投递重新可取的。',
  'config.broker.group.share.session.timeout.ms': '共享组的成员多久没有心跳，协调者就把它移出。',
  'config.broker.group.share.heartbeat.interval.ms': '共享组的成员多久发一次心跳：协调者在每次应答里告诉它们。',
  'config.broker.group.share.assignment.interval.ms': '共享组两次分配之间至少隔多久；在此之前沿用上一次。',
  'config.broker.group.share.initialize.retry.interval.ms': '共享分区的状态没有初始化成功，隔多久再试。',
  'config.broker.group.share.max.size': '一个共享组最多有多少成员。',
  'config.broker.group.share.max.share.sessions': '一台 broker 最多保留多少共享会话；再来的要等一等重试。',
  'config.broker.share.coordinator.state.topic.num.partitions':
    '创建 __share_group_state 时的分区数：它们的 leader 就是共享协调者。',
  'config.broker.share.coordinator.state.topic.segment.bytes': '__share_group_state 的分段长到多大。',
  'config.broker.share.coordinator.snapshot.update.records.per.snapshot':
    '一个共享分区的状态更新这么多次后，协调者重写一份完整的。',
  'config.broker.share.coordinator.write.timeout.ms': '共享协调者等它写入的内容有副本等多久。',
  'config.group.share.delivery.count.limit': '一条消息最多向这个组投递几次；之后放弃（归档）。',
  'config.group.share.record.lock.duration.ms': '这个组的成员取得的消息归它多久。',
  'config.group.share.partition.max.record.locks': '这个组在一个分区上最多有多少条在途消息。',
  'config.group.share.auto.offset.reset': '这个共享组从哪里开始读一个分区：末尾、开头，或多久以前。',
  'config.group.share.isolation.level': '这个共享组读不读事务尚未提交的消息。',
  'config.group.share.renew.acknowledge.enable': '这个共享组的成员能不能给消息续锁。',
  'config.group.share.session.timeout.ms': '这个共享组的成员多久没有心跳，协调者就把它移出。',
  'config.group.share.heartbeat.interval.ms': '这个共享组的成员多久发一次心跳。',
  'config.group.share.assignment.interval.ms': '这个共享组两次分配之间至少隔多久。',
  'config.broker.share.coordinator.state.topic.replication.factor': '创建 __share_group_state 时每个分区的副本数。',
  'config.broker.share.coordinator.state.topic.min.isr':
    '创建 __share_group_state 时的 min.insync.replicas：同步副本不够，确认就存不下来。',
  'config.consumer.share.acknowledgement.mode':
    'implicit：下一次 poll() 接受上一次返回的全部消息。explicit：应用逐条说明接受、放回还是拒绝，漏掉一条 poll() 就抛异常。',
  'config.consumer.share.acquire.mode':
    'batch_optimized：整批取得，可以超过 max.poll.records。record_limit：绝不超过 max.poll.records，代价是更多请求。',
  'invariant.share-records-end': '共享组已接受或拒绝的消息不会再投递。',
  'invariant.share-acquired-once': '共享组的一条消息最多在一个成员手里。',
  'panel.share.records': '在途消息',
  'panel.share.says': '谁取得一条消息，就有 {lockUs|dur}处理它。最多投递 {limit} 次；一个分区最多 {most} 条在途。',
  'panel.share.state.available': '可取',
  'wait.share.held':
    '{consumer} 停着，手里有 {partition} 的 {records} 条消息。{remainingUs|dur}后锁到期，{group} 的其他成员就能拿到。',
  'wait.share.unread': '还有 {records} 条消息等共享组 {group} 的成员来取。',
  'panel.share.state.acquired': '已取得',
  'panel.share.state.acknowledged': '已确认',
  'panel.share.state.archived': '已归档',
  'panel.share.nobody': '没人读',
  'panel.share.readers': '{count} 个成员在读：{members}',
  'panel.share.not-read': 'leader 还没有读回这个组的状态：还没人来取。',
  'panel.share.from': '位移 {start} 以下都已了结；从 {next} 起还没投递过。',
  'panel.share.kept': '状态存在 {partition}，由 broker {broker} 保管。',
  'panel.share.kept.nobody': '状态存在 {partition}，它现在没有 leader。',
  'panel.share.row': '{partition} 的在途消息',
  'panel.share.more': '还有 {count} 条',
  'panel.share.empty': '没有在途消息。',
  'panel.share.cell.available': '位移 {offset} 可取：谁先来归谁。已投递 {count} 次，最多 {limit} 次。',
  'panel.share.cell.acquired':
    '{consumer} 取得了位移 {offset}：第 {count} 次投递，最多 {limit} 次。锁还有 {leftUs|dur}到期。',
  'panel.share.cell.acknowledged': '位移 {offset} 已确认（第 {count} 次投递），等前面的了结。',
  'panel.share.cell.archived': '位移 {offset} 已归档（投递过 {count} 次）：不会再有人收到。',
  'panel.share.cell.writing': '正在写到共享协调者。',
  'panel.share.count.accepted': '接受',
  'panel.share.count.released': '放回',
  'panel.share.count.rejected': '拒绝',
  'panel.share.count.lockTimeouts': '锁到期',
  'panel.share.count.givenUp': '放弃',
  'panel.share.completions': '应用怎样处理最近 {count} 条消息',
  'panel.share.completion.accept': '{atUs|s} {consumer}：位移 {offset}，第 {count} 次投递：接受',
  'panel.share.completion.release': '{atUs|s} {consumer}：位移 {offset}，第 {count} 次投递：放回',
  'panel.share.completion.reject': '{atUs|s} {consumer}：位移 {offset}，第 {count} 次投递：拒绝',
  'panel.share.completion.none': '{atUs|s} {consumer}：位移 {offset}，第 {count} 次投递：已处理',
};
