import type { packFail as english } from '../en/pack-fail.ts';

export const packFail: Readonly<Record<keyof typeof english, string>> = {
  'pack.fail.sample': '没有名为“{name}”的样例。现有：{known}。',
  'pack.fail.file': '无法读取 {name}：{error}',
  'pack.fail.empty': '{name} 里没有消息。一行就是一条消息，请至少粘贴或拖入一行。',
  'pack.fail.too-large': '{name} 有 {bytes|n} 字节，这里最多 {max|n}（10 MB）。请删去一些行。',
  'pack.fail.too-many': '{name} 有 {records|n} 行，这里最多 {max|n}。请删去一些行。',
  'pack.fail.record':
    '{name} 第 {line} 行：作为一条消息要占 {bytes|n} 字节。producer 连同批次一次最多发送 {max|n} 字节（max.request.size），请缩短这一行。',
  'pack.fail.batch-size': 'batch.size = {value}：应为 0 到 {max|n} 的整数。',
  'pack.fail.linger': 'linger.ms = {value}：应为 0 到 {max|n} 的整数。',
  'pack.fail.rate': '每秒消息数 = {value}：应为 1 到 {max|n} 的整数。',
  'pack.fail.codec': 'compression.type = {value}：应为 {known} 之一。',
  'pack.fail.topic-codec': '主题的 compression.type = {value}：应为 {known} 之一。',
  'pack.fail.magic': '格式 {value}：应为 0、1 或 2。',
  'pack.fail.level': 'compression.{codec}.level = {value}：应为 {valid}。',
  'pack.fail.no-level': '{codec} 没有级别，请不要填。',
  'pack.fail.zstd-format':
    'zstd 随 v2 格式而来（KIP-110，Kafka 2.1），没有客户端用它写 v{magic}。请换一种算法，或选 v2。',
  'pack.fail.not-sent':
    '{records|n} 条消息中有 {failed|n} 条没有写入：{error}。可以试试更小的批次，或更长的 linger.ms。',
  'pack.fail.unfinished': '集群时间过了 {us|s}，{records|n} 条消息中还有 {pending|n} 条没有送到。',
};
