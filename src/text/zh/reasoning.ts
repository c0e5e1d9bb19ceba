import type { reasoning as english } from '../en/reasoning.ts';

export const reasoning: Readonly<Record<keyof typeof english, string>> = {
  'reason.range.quota':
    'range 按主题逐个分。{topic} 有 {size} 个分区、{members} 个成员：每个 {each} 个，前 {over} 个成员多一个。',
  'reason.range.quota-even': 'range 按主题逐个分。{topic} 有 {size} 个分区、{members} 个成员：每个 {each} 个。',
  'reason.range.run': '{member} 排第 {place}（共 {members} 个）：拿 {topic} 的 {run}。',
  'reason.range.run-one-more':
    '{member} 排第 {place}（共 {members} 个）：拿 {topic} 的 {run}，比 {each} 多一个，因为 {size} 除以 {members} 除不尽。',
  'reason.range.own-rack': '{topic}-{partition} 在 {member} 的机架里有副本，{member} 也还有名额：先给它。',
  'reason.range.together': '{member} 拿读者相同、分区数相同的各主题的分区 {partition}：它们在它的机架里都有副本。',
  'reason.roundrobin.turn': '{topic}-{partition} 轮到 {member}（第 {place} 个，共 {members} 个）。',
  'reason.roundrobin.passed-over': '本来轮到 {member}，但它不读 {topic}：{topic}-{partition} 给下一个。',
  'reason.sticky.quota':
    '大家读的主题相同：{partitions} 个分区、{members} 个成员，每个 {min} 个，其中 {over} 个成员拿 {max} 个。',
  'reason.sticky.quota-even': '大家读的主题相同：{partitions} 个分区、{members} 个成员，每个 {min} 个。',
  'reason.sticky.stale-claim':
    '{member} 说 {topic}-{partition} 从第 {generation} 代起归它，{other} 说第 {newer} 代归自己：以新的为准。',
  'reason.sticky.claimed-twice': '{member} 和 {other} 都说第 {generation} 代的 {topic}-{partition} 归自己：都不算。',
  'reason.sticky.kept': '{topic}-{partition} 原来就归 {member}，继续归它：一共 {have} 个，没有超出份额。',
  'reason.sticky.over-share': '{topic}-{partition} 原来归 {member}，但 {have} 个超出了份额 {share}：这一个空出来。',
  'reason.sticky.other-rack': '{topic}-{partition} 原来归 {member}，在它的机架 {rack} 里却没有副本：空出来。',
  'reason.sticky.own-rack':
    '{topic}-{partition} 在 {member} 的机架里有副本，{member} 还没到份额：给它，现在 {have} 个。',
  'reason.sticky.own-rack-one-more':
    '{topic}-{partition} 在 {member} 的机架里有副本，{member} 可以拿 {max} 个：给它，现在 {have} 个。',
  'reason.sticky.filled': '{topic}-{partition} 空着，{member} 不到 {min} 个：给它，现在 {have} 个。',
  'reason.sticky.one-more':
    '人人都有 {min} 个以后还剩 {topic}-{partition}。能拿 {max} 个的成员里，按名字 {member} 排在最前。',
  'reason.sticky.still-read': '{topic}-{partition} 原来归 {member}，它还在读 {topic}：先留着。',
  'reason.sticky.unsubscribed': '{topic}-{partition} 原来归 {member}，它已不读 {topic}：空出来。',
  'reason.sticky.least-loaded':
    '{topic}-{partition} 空着。读 {topic} 的 {readers} 个成员里，{member} 手上最少，只有 {had} 个：给它。',
  'reason.sticky.least-loaded-own-rack':
    '{topic}-{partition} 空着。机架里有副本的成员中，{member} 手上最少，只有 {had} 个：给它。',
  'reason.sticky.moved': '{from} 有 {fromHad} 个，{member} 只有 {had} 个：移走 {topic}-{partition}，两边更均匀。',
  'reason.sticky.moved-back':
    '{from} 有 {fromHad} 个，{member} 只有 {had} 个，{topic}-{partition} 以前又归 {member}：还给它。',
  'reason.sticky.not-better': '移来移去并没有更均匀：{topic}-{partition} 还是归 {member}。',
  'reason.sticky.withheld':
    '{topic}-{partition} 要给 {member}，但 {from} 还在读。这一代谁也不给：{from} 交出后重新加入，下一代才归 {member}。',
  'reason.server-uniform.quota':
    '大家读的主题相同：{partitions} 个分区、{members} 个成员，每个 {min} 个，其中 {over} 个成员多一个。',
  'reason.server-uniform.quota-even': '大家读的主题相同：{partitions} 个分区、{members} 个成员，每个 {min} 个。',
  'reason.server-uniform.kept': '{topic}-{partition} 仍归 {member}：没有超出它的份额 {share}。',
  'reason.server-uniform.over-share': '{member} 超出了份额 {share}：收回 {topic}-{partition}。',
  'reason.server-uniform.unsubscribed': '{member} 已不读 {topic}：收回 {topic}-{partition}。',
  'reason.server-uniform.filled': '{topic}-{partition} 空着，{member} 还能拿 {free} 个：给它。',
  'reason.server-uniform.still-read': '{member} 还在读 {topic}：{topic}-{partition} 先留给它。',
  'reason.server-uniform.least-loaded':
    '{topic}-{partition} 空着。读 {topic} 的 {readers} 个成员里，{member} 手上最少，只有 {had} 个：给它。',
  'reason.server-uniform.moved':
    '读 {topic} 的成员里，{from} 最多（{fromHad} 个），{member} 最少（{had} 个）：移走 {topic}-{partition}。',
  'reason.server-range.run':
    '{topic} 有 {size} 个分区、{members} 个成员，每个 {each} 个。{member} 拿接下来的一段：{run}。',
  'reason.server-range.run-one-more':
    '{topic} 有 {size} 个分区、{members} 个成员，每个 {each} 个，前几个多拿一个。{member} 拿 {run}。',
  'reason.share-simple.quota': '共享组：{partitions} 个分区、{members} 个成员，每个分区 {sharing} 个读者。',
  'reason.share-simple.quota-topic': '{topic}：{partitions} 个分区、{members} 个读者，每个分区 {sharing} 个。',
  'reason.share-simple.kept': '{topic}-{partition} 仍归 {member}，它的份额是 {share} 个。',
  'reason.share-simple.unsubscribed': '{member} 已不读 {topic}：收回 {topic}-{partition}。',
  'reason.share-simple.over-share': '{member} 超出了份额 {share}：收回 {topic}-{partition}。',
  'reason.share-simple.over-sharing': '{topic}-{partition} 的读者多于 {sharing} 个：从 {member} 收回。',
  'reason.share-simple.not-read': '{member} 不读 {topic}：收回 {topic}-{partition}。',
  'reason.share-simple.given': '{topic}-{partition} 还缺读者，{member} 不到份额 {share} 个：给它，现在 {have} 个。',
  'reason.share-simple.forgotten': '{topic} 已没有人读，也就没有人管：{topic}-{partition} 留在 {member} 手上。',
};
