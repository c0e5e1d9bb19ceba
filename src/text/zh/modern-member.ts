import type { modernMember as english } from '../en/modern-member.ts';

export const modernMember: Readonly<Record<keyof typeof english, string>> = {
  'log.modern-member.joined':
    '{consumer} 得知自己已在组 {group} 里，epoch 为 {epoch}。要读哪些分区，由心跳的应答告诉它。',
  'log.modern-member.assigned': '{consumer} 在 epoch {epoch} 分到 {count} 个分区：{partitions}。它立刻用一次心跳确认。',
  'log.modern-member.keeps': '{consumer} 保留原来的 {count} 个分区，读取没有中断：{partitions}。',
  'log.modern-member.idle': '{consumer} 在 epoch {epoch} 没有分区可读，留在组 {group} 里等。',
  'log.modern-member.told-to-revoke':
    '{consumer} 要交回 {partitions}：不再往下读，自动提交的话先提交；应用在之后的 poll() 里得知。',
  'log.modern-member.revoked': '{consumer} 交回了 {partitions}（epoch {epoch}）。协调者得知后才会分给别的成员。',
  'log.modern-member.lost': '{consumer} 失去了 {partitions}：组 {group} 已不认它，别人可能已经在读。',
  'log.modern-member.fenced':
    '{consumer} 从心跳得知组 {group} 已不认它（{error}）。它放弃手里的分区，以 epoch 0 重新加入。',
  'log.modern-member.fatal': '协调者拒绝了 {consumer} 在组 {group} 的心跳：{error}。{message} 下一次 poll() 会抛出它。',
  'log.modern-member.too-slow':
    '{consumer} 已有 {ms} 毫秒没有调用 poll()（max.poll.interval.ms），后台线程替它离开组 {group}；下一次 poll() 时再加入。',
  'log.modern-member.subscribes': '{consumer} 从现在起订阅 {topics}，协调者从下一次心跳得知。',
  'wait.group.revoke':
    '组 {group}：{member} 还要交回 {count} 个分区，别人才能拿到。它从下一次心跳得知；{remainingUs|dur}后仍未交回，协调者会把它移出。',
  'wait.group.revoke-busy':
    '组 {group}：{member} 要交回 {count} 个分区，但它的应用正忙，回调只在 poll() 里执行。{remainingUs|dur}后仍未交回，协调者会把它移出。',
  'wait.group.assigning':
    '组 {group} 的 epoch 是 {epoch}，分配方案还是旧的。协调者在收到心跳时重新计算，一秒最多一次。',
  'wait.group.heartbeat': '组 {group} 的 epoch 是 {epoch}。{members} 从下一次心跳得知自己的分区。',
};
