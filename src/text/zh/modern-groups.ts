import type { modernGroups as english } from '../en/modern-groups.ts';

export const modernGroups: Readonly<Record<keyof typeof english, string>> = {
  'log.modern.joined': '{member} 加入组 {group}。',
  'log.modern.returned': '实例 {instance} 以 {member} 的身份回到组 {group}，接过原来的位置和分区。',
  'log.modern.left': '{member} 离开组 {group}。',
  'log.modern.away': '实例 {instance}（{member}）以 epoch -2 暂离：组 {group} 为它保留分区，直到会话结束。',
  'log.modern.bumped.member-joined': '组 {group} 进入 epoch {epoch}：{member} 加入。',
  'log.modern.bumped.subscription': '组 {group} 进入 epoch {epoch}：{member} 改了订阅。',
  'log.modern.bumped.topics': '组 {group} 进入 epoch {epoch}：它读的主题变了（新建、扩分区或删除）。',
  'log.modern.bumped.regex': '组 {group} 进入 epoch {epoch}：订阅的模式现在匹配到别的主题。',
  'log.modern.bumped.member-left': '组 {group} 进入 epoch {epoch}，不再有 {member}。',
  'log.modern.bumped.session-ended': '组 {group} 进入 epoch {epoch}，不再有 {member}。',
  'log.modern.bumped.rebalance-timeout': '组 {group} 进入 epoch {epoch}，不再有 {member}。',
  'log.modern.bumped.classic-timeout': '组 {group} 进入 epoch {epoch}，不再有 {member}。',
  'log.modern.target':
    'broker {broker} 算出组 {group} 谁该读哪些分区：epoch {epoch}，按 {assignor}。各成员自己逐步走到那里。',
  'log.modern.stable': '组 {group} 稳定：epoch {epoch}，{count} 个成员，按 {assignor} 分配。',
  'log.modern.empty': '组 {group} 空了（epoch {epoch}）。没人读它的分区，提交过的位移还在。',
  'log.modern.fenced.session-ended': '{member} 已{silentUs|s1}没有心跳，超过会话时间：协调者把它隔离出组 {group}。',
  'log.modern.fenced.rebalance-timeout': '{member} 没有在重平衡时限内交回分区：协调者把它隔离出组 {group}。',
  'log.modern.fenced.classic-timeout': '{member} 使用经典协议，没有及时加入或同步：协调者把它隔离出组 {group}。',
  'log.modern.must-revoke': '{member} 要交回组 {group} 的 {count} 个分区；交回之前停在 epoch {epoch}。',
  'log.modern.waits': '{member} 已到组 {group} 的新 epoch，还在等 {count} 个被别人占着的分区。',
  'log.modern.refused': '组 {group} 的协调者拒绝了 {member}：{error}。',
  'log.modern.migrated.consumer': '组 {group} 变为 consumer 组：来了使用新协议的成员。其他成员仍按经典协议服务。',
  'log.modern.migrated.classic': '组 {group} 变回经典组：{member} 是最后一个使用新协议的成员。',
  'mark.modern-stable': 'epoch {epoch}',
  'mark.modern-bumped': 'epoch {epoch} 开始',
  'mark.modern-migrated': '协议切换',
  'log.modern.loaded':
    'broker {broker} 现在是 {partition} 的 leader，因此协调组 {group}。它从自己的副本读到 epoch {epoch}、{members} 个成员、{offsets} 个位移。',
};
