import type { formats as english } from '../en/formats.ts';

export const formats: Readonly<Record<keyof typeof english, string>> = {
  'formats.refused.base-offset': '生产者从位移 0 数起，这个批次却从 {offset} 开始。',
  'formats.refused.codec-unknown': '属性里的压缩算法编号是 {number}，合法的只有 0 到 4。',
  'formats.refused.control': '批次自称装的是控制记录，那只有 broker 能写。',
  'formats.refused.count': '头部写着 {count} 条记录。',
  'formats.refused.count-differs': '位移 {base} 到 {last}，与 {count} 条记录对不上。',
  'formats.refused.crc': '批次里存的校验和是 {stored}，按字节算出来是 {computed}。',
  'formats.refused.cut-off': '还没到第 {index} 条记录，字节就没了。',
  'formats.refused.field-too-long': '{field} 自称 {size|n} 字节，只剩 {left|n} 字节。',
  'formats.refused.headers-in-legacy': 'v{magic} 格式没有地方放消息的 header。',
  'formats.refused.idempotent-in-legacy': 'v{magic} 格式没有生产者 id 和序号，幂等批次放不进去。',
  'formats.refused.left-over': '{count} 条记录读完，还多出 {left|n} 字节。',
  'formats.refused.length': '长度是 {size|n}，最小也得 {least}。',
  'formats.refused.log-append-time': '批次自称 LogAppendTime，这该由 broker 来定。',
  'formats.refused.magic': 'magic 字节是 {magic}，格式只有 0、1、2。',
  'formats.refused.magic-inner': 'v{outer} 的外层消息里，装着一条 v{magic} 的消息。',
  'formats.refused.magic-mixed': 'v{first} 的批次后面跟着 v{magic} 的批次。',
  'formats.refused.no-batch': '请求里有 {bytes|n} 字节，却没有一个完整的批次。',
  'formats.refused.no-key': '主题开了压实，这条记录没有 key。',
  'formats.refused.no-timestamp-type': 'v{magic} 格式必须说明时间是谁的。',
  'formats.refused.no-transactional-id':
    '批次自称属于事务，请求却没有 transactional.id。整个请求失败，校验和都轮不到看。',
  'formats.refused.not-v2': 'Produce 版本 {version} 只收 v2 批次，这里的 magic 是 {magic}。',
  'formats.refused.offset-deltas': '里面的位移不是 0、1、2……：批次得重建，可记录是跳过 key 和内容读的，重建不了。',
  'formats.refused.offset-order': '位移 {last} 后面是 {offset}，位移必须递增。',
  'formats.refused.offset-range': '位移 {base} 到 {last} 不成区间。',
  'formats.refused.offset-too-far': '位移 {offset} 比起始位移 {base} 大出 2,147,483,647 以上。',
  'formats.refused.outside': '照这些长度算，{field} 落到了消息外面。',
  'formats.refused.pack': '这些记录无法用 {codec} 压缩。',
  'formats.refused.producer-epoch': '生产者 {producerId} 没有带 epoch。',
  'formats.refused.record-size': '第 {index} 条记录自称 {size|n} 字节，只剩 {left|n} 字节。',
  'formats.refused.record-size-read': '第 {index} 条记录自称 {size|n} 字节，各字段加起来是 {read|n}。',
  'formats.refused.record-structure': '第 {index} 条记录的字段拼不起来。',
  'formats.refused.records': '有 {count} 条记录不合格，整个批次都不收。',
  'formats.refused.second-batch': 'Produce 版本 {version} 每个分区只收一个批次，这里有第二个。',
  'formats.refused.second-compressed': '后面还有一个批次；压缩过的或 v2 的批次只能单独来。',
  'formats.refused.segment': '{size|bytes} 放不进 {max|bytes} 的分段。',
  'formats.refused.sequence': '生产者 {producerId} 发来的序号是 {sequence}。',
  'formats.refused.timestamp': '记录的时间 {timestamp} 不在 {from} 到 {to} 之间。',
  'formats.refused.timestamp-negative': '时间 {timestamp} 是负数。',
  'formats.refused.timestamps': '{count} 条记录被拒，其中有时间不合格的，于是整个批次被拒。',
  'formats.refused.too-large': '批次有 {size|bytes}，max.message.bytes 是 {max|bytes}。',
  'formats.refused.too-large-stored': '按主题的要求重写后，批次有 {size|bytes}，max.message.bytes 是 {max|bytes}。',
  'formats.refused.transactional-in-legacy': 'v{magic} 格式没有事务。',
  'formats.refused.transactional-no-producer': '事务批次没有生产者 id。',
  'formats.refused.unpack': '用 {codec} 解不开这些记录。',
  'formats.refused.varint': '第 {index} 条记录的长度没有结尾。',
  'formats.refused.wrapper-empty': '消息自称压缩过，却没有内容。',
  'formats.refused.wrapper-nested': '压缩集合里的消息又压缩了一次（{codec}）。',
  'formats.refused.wrapper-nothing-inside': '压缩集合里一条消息也没有。',
  'formats.refused.wrapper-offset': '外层位移 {offset} 比里面最后一条消息的 {inner} 还小。',
  'formats.refused.zstd-in-legacy': 'v{magic} 格式不认识 zstd。',
  'formats.refused.zstd-too-new': 'Produce 版本 {version} 不认识 zstd，它从版本 7（Kafka 2.1）才有。',

  'formats.hop.send': '生产者 → broker',
  'formats.hop.store': 'broker → 日志',
  'formats.hop.fetch': '日志 → 消费者',
  'formats.cost.unpack': '解压记录',
  'formats.cost.repack': '重新压缩',
  'formats.cost.rebuild': '逐条抄进新批次',
  'formats.cost.no-zero-copy': '零拷贝失效',
  'formats.lost.headers': '丢掉 header',
  'formats.lost.timestamps': '丢掉时间戳',
  'formats.lost.control-records': '略去事务标记',

  'formats.send.own': '生产者 {producer} 写 v{magic} 格式，用 Produce 版本 {version} 发送。',
  'formats.send.older': 'broker {broker} 的 Produce 只到版本 {version}，生产者 {producer} 一开始就写 v{magic} 格式。',
  'formats.store.none': 'broker {broker} 原样存下 v{magic}，只改写头部的位移和 epoch。',
  'formats.store.up': 'broker {broker} 存的是 v{magic}：逐条读出 v{from} 的消息，写进新批次。',
  'formats.store.down': '这份日志保持 v{magic}：broker {broker} 逐条读出 v{from} 的记录，写成旧格式的消息。',
  'formats.store.rebuild':
    'v0 的内层位移是绝对值。格式虽然不变，broker {broker} 也得把位移写进每条消息，再把整个集合压缩一遍。',
  'formats.store.checked': '{codec} 批次解压只为检查记录，存下的还是压缩后的字节。',
  'formats.fetch.as-stored': '消费者 {consumer} 用 Fetch 版本 {version} 能读 v{magic}：字节从页缓存直接进 socket。',
  'formats.fetch.down':
    '消费者 {consumer} 用 Fetch 版本 {version}，最多读到 v{magic}，日志里是 v{from}。broker {broker} 把每个批次降级转换，每个消费者、每次拉取都重来一遍。',

  'formats.closed.no-api-versions':
    '客户端 {client} 先问 broker 支持哪些版本；broker {broker} 听不懂这个请求，直接断开连接。',
  'formats.closed.client-too-new':
    '客户端 {client} 不问就发 {api} 版本 {version}；broker {broker} 只认到 {theirs}，直接断开连接：升级要先升 broker。',
  'formats.closed.client-too-old':
    '客户端 {client} 发来 {api} 版本 {version}；broker {broker} 只认 {oldest} 到 {theirs}，不回答就断开连接（KIP-896）。',
  'formats.unsupported.client-too-old':
    '客户端 {client} 的 {api} 最高到版本 {own}，broker {broker} 从版本 {oldest} 起。客户端找不到共同的版本（KIP-896）。',
  'formats.unsupported.client-too-new':
    '客户端 {client} 的 {api} 从版本 {oldest} 起，broker {broker} 最高到版本 {theirs}。客户端找不到共同的版本（KIP-896）。',
  'formats.unsupported.idempotence':
    'broker {broker} 收的是 v{magic} 格式，里面没有生产者 id。幂等生产者只能放弃，设 enable.idempotence=false 才能跑。',
  'formats.unsupported.zstd-consumer':
    '消费者 {consumer} 用 Fetch 版本 {version}，不认识 zstd（版本 10 起才有）：字节拿到了，却解不开。如果主题自己的 compression.type 就是 zstd，broker 会以 UNSUPPORTED_COMPRESSION_TYPE 拒绝。',
  'formats.unsupported.down-conversion-off':
    '消费者 {consumer} 要 v{magic} 格式，而 message.downconversion.enable=false 不许转换。',

  'formats.note.below-baseline': '{older} 和 {newer} 的版本号还对得上，但 Kafka 4.x 对早于 2.1 的另一方不作保证。',
  'formats.note.no-timestamp': 'v0 格式没有时间，存下的记录时间是 −1。',
  'formats.note.no-zero-copy':
    '转换后的字节在 broker 的内存里，不在页缓存里，sendfile 用不上。有几个旧消费者，就要转换几遍。',
  'formats.note.format-ignored':
    'broker 间协议到了 3.0，broker {broker} 就不再理会 log.message.format.version（KIP-724）。',
  'formats.note.format-removed': 'broker {broker} 已没有 log.message.format.version：4.0 把它去掉了（KIP-724）。',
};
