import type { lesson as en } from '../en/lesson.ts';
import type { pageLate } from '../en/page-late.ts';

export const lesson: Readonly<Record<keyof typeof en | Extract<keyof typeof pageLate, `lesson.${string}`>, string>> = {
  'lesson.step': '第 {n} 步，共 {of} 步',
  'lesson.next': '继续',
  'lesson.skip': '直接看结尾',
  'lesson.skip-wait': '跳过等待',
  'lesson.busy': '引擎计算中…',
  'lesson.starting': '集群启动中。',
  'lesson.back': '返回',
  'lesson.anew': '重新开始',
  'lesson.you-predicted': '你的预测',
  'lesson.right': '实际如此',
  'lesson.since': '+{us|ms}',
  'lesson.jump': '跳到 {at|s}',
  'lesson.line': '第 {n} 行',
  'lesson.story': '这条消息的全过程',
  'lesson.all-changes': '全部变化',
  'lesson.raw': '{text}',

  'lesson.lost.name': '应答过的消息丢了',

  'lesson.lost.work.title': '一个正在工作的集群',
  'lesson.lost.work.body':
    '一家网店在写订单。checkout 把每条消息发给所在列的 leader，另外两个 broker 来要副本，billing 组的消费者各读一列。',
  'lesson.lost.work.so-far': '到现在：发送 {sent}，读到 {delivered}。',
  'lesson.lost.work.elsewhere': '这节课自带一个集群：一家写订单的网店。台上现有的内容可以先保存。',
  'lesson.lost.work.begin': '开始',
  'lesson.lost.work.button': '跟踪一条订单',
};
