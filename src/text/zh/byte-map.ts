import type { byteMap as english } from '../en/byte-map.ts';

/** 批次的字节：读到哪里为止、什么写不进去、改动被谁发现。 */
export const byteMap: Record<keyof typeof english, string> = {
  'byte-map.failure.length': '长度写的是 {length}。一个批次或一条消息至少是 {least}，Kafka 读到这里就停。',
  'byte-map.failure.magic': '魔数是 {magic}，Kafka 只认识 0、1、2。',
  'byte-map.failure.incomplete': '这里有 {left} 字节，需要 {needed} 字节。Kafka 把这样的残段当作数据的末尾，直接丢弃。',
  'byte-map.failure.short-batch': '批次只有 {size} 字节，比它的头部（{least} 字节）还短。',
  'byte-map.failure.compression': '压缩编号 {number} 不对应任何算法：0 none，1 gzip，2 snappy，3 lz4，4 zstd。',
  'byte-map.failure.negative-count': '批次声称有 {count} 条消息。',
  'byte-map.failure.underflow': '下一个字段要 {size} 字节，只剩 {left} 字节。',
  'byte-map.failure.varint': '这里的变长整数没有按时结束。',
  'byte-map.failure.field-past-end': '{name} 应有 {size} 字节，只剩 {left} 字节。',
  'byte-map.failure.record-past-end': '第 {index} 条消息应有 {size} 字节，只剩 {left} 字节。',
  'byte-map.failure.record-size': '第 {index} 条消息声称有 {size} 字节，字段实际占 {read} 字节。',
  'byte-map.failure.headers-count': '第 {index} 条消息声称有 {count} 个 header，此时只剩 {left} 字节。',
  'byte-map.failure.header-key': '第 {index} 条消息的 header {header} 的 key 长度是 {size}，header 必须有 key。',
  'byte-map.failure.bytes-left': '{count} 条消息读完之后还剩 {left} 字节。',
  'byte-map.failure.zstd-wrapper': 'v{magic} 格式没有 zstd。',
  'byte-map.failure.null-wrapper': 'v{magic} 格式的压缩消息把内层消息放在 value 里，而这个 value 是 null。',
  'byte-map.failure.message-size': '内层消息的长度写的是 {size}，小于最小值 14。',
  'byte-map.failure.inner-compressed': '内层第 {index} 条消息又压缩了一次。',
  'byte-map.failure.no-inner-records': '解压出来的内容里没有消息。',
  'byte-map.failure.wrapper-offset': '外层位移是 {offset}，小于内层最后一条的 {last}，又不是 0。',
  'byte-map.failure.codec-missing': '这里没有加载 {codec}，消息保持压缩状态。',
  'byte-map.failure.unpack': '{codec} 数据流在第 {position} 字节处断开。',

  'byte-map.problem.no-field': '这些字节里没有字段 {path}。',
  'byte-map.problem.no-null': '{name} 不能是 null，只有 key 和 value 可以。',
  'byte-map.problem.no-bits': '字段 {path} 没有叫 {name} 的位。',
  'byte-map.problem.bits': '{name} 不能是“{text}”。可以是 {values}，或 0 到 {most} 的数。',
  'byte-map.problem.no-payload': '这里没有可以读写的压缩内容。',
  'byte-map.problem.codec': '这里没有加载 {codec}，无法重新压缩。',
  'byte-map.problem.hex': '{name} 要写十六进制字节，每字节两位：00 ff。',
  'byte-map.problem.crc': '{name} 最多八位十六进制：1a2b3c4d。',
  'byte-map.problem.number': '{name} 不能是“{text}”，要写 {least} 到 {most} 的整数。',

  'byte-map.why.crc': '批次里写的校验和是 {stored}，按它的字节算出来是 {computed}。',
  'byte-map.why.out-of-order': '它的最后位移是 {offset}，没有超过 {last}。',
  'byte-map.why.unexpected-offset': '它从位移 {first} 开始，而日志已有 {expected} 以下的全部内容。',
  'byte-map.why.leader-epoch': 'leader epoch {epoch} 或负的位移，写不进日志的 epoch 列表。',
  'byte-map.why.marker-key': '控制消息的 key 有 {size} 字节，版本和类型需要 4 字节。',
  'byte-map.why.marker-version': '控制消息的版本是 {version}。',
  'byte-map.why.marker-type': '控制消息类型 {type} 不是事务的结束：0 是 ABORT，1 是 COMMIT。',
  'byte-map.why.marker-value': '事务标记的 value 有 {size} 字节，版本和协调者 epoch 需要 6 字节。',
  'byte-map.why.length': '长度写的是 {length}，小于最小值 {least}。',
  'byte-map.why.before-segment': '它的最后位移 {offset} 在分段的起点之前。',

  'byte-map.producer-broker.takes':
    '收下这个批次（{records} 条消息），定位移为 {offset}、leader epoch 为 {epoch}，应答没有错误。',
  'byte-map.producer-broker.takes-unpacked':
    '解压检查后收下 {records} 条消息，定位移为 {offset}、leader epoch 为 {epoch}，应答没有错误。',
  'byte-map.producer-broker.stores-nothing': '找不到完整的批次，什么也没写。',
  'byte-map.producer-broker.refuses': '应答 {error}（{exception}），什么也没写。',
  'byte-map.producer-broker.refuses-again':
    '应答 {error}（{exception}），什么也没写。生产者认为这是暂时的，重发自己手里完好的批次，直到 delivery.timeout.ms 用完。',
  'byte-map.producer-broker.codec-missing': '需要解压 {codec}，而这里没有加载它。',
  'byte-map.follower.takes':
    '从 {first} 起原样追加，日志末端变为 {next}（原来是 {expected}）。它只看头部和校验和，从不看消息。',
  'byte-map.follower.takes-gap':
    '日志末端是 {expected}，仍把批次追加在 {first}，末端变为 {next}。它只拒绝自己已有的位移。',
  'byte-map.follower.skips':
    '它以 leader epoch {fetchEpoch} 拉取，批次写的是 {epoch}：不声不响地略过，再问同一个位移。',
  'byte-map.follower.waits': '把这 {bytes} 字节当作没传完的批次，什么也不追加，再问同一个位移。',
  'byte-map.follower.retries':
    '{exception}：这次的内容一点也不追加，过 replica.fetch.backoff.ms（1 秒）再拉取这个分区。',
  'byte-map.follower.fails': '{exception}：拉取线程把分区标为失败，不再拉取，直到换 leader 或 broker 重启。',
  'byte-map.follower.codec-missing': '需要解压 {codec}，而这里没有加载它。',
  'byte-map.consumer.reads': '照常交出 {records} 条消息。它从 {position} 问起，接下去问 {next}。',
  'byte-map.consumer.fails':
    'poll() 抛出 {exception}，这个批次一条也没交出。位置停在 {next}，以后每次 poll() 都再抛，直到有人 seek 越过它。',
  'byte-map.consumer.fails-later':
    '先交出 {records} 条消息，然后 poll() 抛出 {exception}。位置停在 {next}，直到有人 seek 越过这个批次。',
  'byte-map.consumer.breaks':
    '边解压边读：断开之前的消息（至少 {records} 条）可能先交出来，然后 poll() 抛出 {exception}，以后每次 poll() 都再抛，直到有人 seek 越过这个批次。',
  'byte-map.consumer.no-batch': 'poll() 抛出 {exception}：应答里有字节，却没有完整的批次。位置停在 {next}。',
  'byte-map.consumer.codec-missing': '需要解压 {codec}，而这里没有加载它。',
  'byte-map.recovery.keeps': '保留这个批次，日志末端是 {end}。它只看头部和校验和，从不看消息。',
  'byte-map.recovery.cuts':
    '在这个批次之前截断日志：{bytes} 字节和后面的分段都删掉，日志末端是 {end}。其他副本还有的，靠拉取补回来。',
  'byte-map.recovery.cuts-end': '把最后 {bytes} 字节当作没写完的批次截掉，日志末端是 {end}。',
  'byte-map.recovery.stops': '{exception}：这个日志加载失败，broker 启动不了。',
  'byte-map.recovery.codec-missing': '需要解压 {codec}，而这里没有加载它。',
};
