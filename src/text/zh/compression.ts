import type { compression as en } from '../en/compression.ts';

export const compression: Readonly<Record<keyof typeof en, string>> = {
  'compression.log.codecs': '日志里的编码',
  'compression.log.ratio': '压缩',
  'compression.log.times': '{ratio} 倍（{plain|bytes} 的消息占 {packed|bytes}）',
  'compression.log.batch': '{codec}：不压缩为 {plain|bytes}',
  'compression.log.says': '{codec} {ratio} 倍',
  'compression.broker.validated': '逐条检查的批次',
  'compression.broker.kept': '原样保留',
  'compression.broker.repacked': '重新压缩',
  'compression.broker.time': '耗时',
  'compression.broker.times': '解压 {unpack|n} 微秒，压缩 {pack|n} 微秒',
  'compression.broker.bytes': '字节',
  'compression.broker.sizes': '收到 {came|bytes}，写入 {stored|bytes}（不压缩为 {plain|bytes}）',
};
