import type { NotYet } from './not-yet.ts';
import type { NoteCode, RefusalCode } from './texts.ts';

/** The Chinese sentences of not-yet.ts and texts.ts, in a file of their own so that they load only when they are read. */
export const NOT_YET_ZH: Readonly<Record<NotYet, string>> = {
  groups: '这里有经典协议和新协议的组，但这个参数还不起作用。',
  transactions: '事务尚未模拟。',
  shareGroups: '这里的共享组（share group）用不到它。',
  retention: '日志段一删，文件立刻消失。',
  quotas: '配额尚未模拟。',
  diskFaults: '磁盘尚不会写满或损坏；host.powerLoss（断电）有效。',
  versions: '目前所有节点和客户端都是 4.3。',
  raft: '目前仲裁只有一个 controller。',
  security: '连接是明文：没有加密、登录和访问控制。',
  tieredStorage: '远程存储尚未模拟。',
  metrics: '指标上报未模拟。',
  code: '它指向 Java 类，这里不运行 Java 类。',
  corruption: '运行中的集群里字节尚不会损坏，校验与否没有差别。',
  followerFetching: '消费者只读 leader；就近读副本尚未模拟。',
  fetchers: 'follower 对每个 leader 只有一个拉取线程。',
  idle: '这里空闲连接不会关闭。',
  rebootstrap: '客户端连不上任何 broker 时会一直重试，尚不会回到最初的地址列表。',
  racks: 'broker 所在的机架由 cluster.racks 决定。',
  noNotes: '这里的成员提交位移时不附说明，长度不起作用。',
  names: '这里客户端以其 id 命名，并且知道集群的全部 broker。',
  host: '它属于真实的机器及其 Java 进程，这里没有。',
  addresses: '这里的节点以编号互相找到：没有主机、端口、监听器和 DNS。',
  threads: '除压缩外，这里处理请求本身不花时间，没有线程和队列可配。',
  buffers: '这里的网络按链路设延迟和速率（network.set），没有套接字缓冲区。',
  connectionLimits: '这里 broker 接受任意多的连接。',
  folders: '这里每个 broker 只有一块盘，不分目录。',
  identity: '有哪些节点、各是什么角色，由场景本身决定。',
  files: '它改变的是真实磁盘上文件的样子，对消息没有影响。',
  compaction: '这里的清理器不花时间也不占内存，没有什么限制它。',
  streams: 'Streams 组尚未模拟。',
  metadataLog: '这里的元数据日志是一条列表，没有分段、快照和空记录。',
  tidying: '它只决定何时释放已完成请求占的内存，不影响任何请求。',
  serverLog: '它只改变 Kafka 写进自己日志文件的内容。',
  admin: '这里的工具只发一次请求并等待应答，尚无自己的配置。',
  policies: '它指定审核请求的 Java 类，这里不运行 Java 类。',
  experiments: '它打开尚未发布的功能；这里的节点都是正式发布的 4.3。',
  recovery: '这里 broker 启动需 3 秒，与要从磁盘重读多少无关。',
  notAsked: '这里没有谁发送它所限制的请求。',
  other: 'Kafka 有此参数，这里尚无作用。',
};

export const REFUSALS_ZH: Readonly<Record<RefusalCode, string>> = {
  'unknown-key': 'Kafka 4.3 的 {scope} 没有参数 {key}。',
  'not-whole': '{key} = {value} 不是整数。',
  'not-number': '{key} = {value} 不是数字。',
  'too-big-for-type': '{key} = {value} 放不下：Java 的 {type} 只能是 {min} 到 {max}。',
  'below-min': '{key} = {value} 太小，最小为 {min}。',
  'above-max': '{key} = {value} 太大，最大为 {max}。',
  'out-of-range': '{key} = {value} 超出范围：{min} 到 {max}，或 {or}。',
  'not-boolean': '{key} = {value}：只能是 true 或 false。',
  'not-one-of': '{key} = {value}：只能是 {values} 之一。',
  'wrong-case': '{key} = {value}：这里区分大小写，应写 {right}。',
  empty: '{key} 为空，需要一个值。',
  'empty-item': '{key} = {value} 的逗号之间有空项。',
  'not-offset-reset': '{key} = {value}：只能是 {values} 之一，或 by_duration: 加时长，如 PT1H。',
  'not-throttled-replicas': '{key} = {value}：只能是 *，或 分区:broker 列表，如 0:1,1:2。',
  'not-voters': '{key} = {value}：应是 id@host:port 的列表。',
  'not-host-ports': '{key} = {value}：应是 host:port 的列表。',
  'idempotence-needs-acks': 'enable.idempotence 为 true，而 acks 为 {acks}：幂等生产者需要 acks = all。二者改一个。',
  'idempotence-needs-retries': 'enable.idempotence 为 true，而 retries 为 0：幂等生产者必须能重发。',
  'idempotence-in-flight':
    'max.in.flight.requests.per.connection = {value}：幂等生产者最多为 5。调小它，或把 enable.idempotence 设为 false。',
  'transactional-needs-idempotence':
    '设了 transactional.id，但幂等性已关闭：事务需要 enable.idempotence、acks = all 和重试。',
  'two-phase-no-timeout': 'transaction.timeout.ms 不能与 transaction.two.phase.commit.enable 同用：这种事务不会超时。',
  'delivery-too-short':
    'delivery.timeout.ms = {value} 小于 linger.ms + request.timeout.ms = {least}：调大它，或调小其中之一。',
  'auto-commit-without-group': 'enable.auto.commit 为 true 却没有 group.id：没有地方可提交。',
  'not-with-protocol': '{key} 不能与 group.protocol = {protocol} 同用。',
  'fetch-wait-above-socket':
    'replica.fetch.wait.max.ms = {value} 大于 replica.socket.timeout.ms = {limit}：等待中的拉取都会超时。',
  'fetch-wait-above-lag':
    'replica.fetch.wait.max.ms = {value} 大于 replica.lag.time.max.ms = {limit}：空闲的 follower 会离开 ISR。',
  'at-least': '{key} = {value} 小于 {other} = {limit}：调大到不小于它，或调小 {other}。',
  'at-most': '{key} = {value} 大于 {other} = {limit}：调小到不大于它，或调大 {other}。',
  below: '{key} = {value} 必须小于 {other} = {limit}：调小它，或调大 {other}。',
  'retention-zero': '{key} = 0 等于什么也不留：应为 -1（永久保留）或不小于 1。',
  'no-cleaner-threads': 'log.cleaner.threads = 0：Kafka 要用它去除缓冲区，无法启动。请设为 1 或更大。',
  'dedupe-buffer':
    'log.cleaner.dedupe.buffer.size = {value} 不够 {threads} 个清理线程用：每个线程要超过 1 MiB，至少 {least}。',
  'no-connections':
    'max.connections.per.ip = 0 谁也连不进来：只有在 max.connections.per.ip.overrides 里写了地址时才可为 0。',
  'only-one-of': '{key} 和 {other} 都设了：Kafka 只接受其中一个。',
  'auto-join-broker': 'controller.quorum.auto.join.enable = true 只用于 controller；单纯的 broker 不能带着它启动。',
  'sasl-mechanism':
    'sasl.mechanism.inter.broker.protocol = {value} 不在 sasl.enabled.mechanisms 中：broker 之间无法登录。',
  'one-assignor': 'group.share.assignors 写了 {count} 个分配器：共享组只接受一个。',
  'no-remote-storage': 'remote.storage.enable = true 需要 broker 先设 remote.log.storage.system.enable = true。',
  'remote-needs-delete': 'cleanup.policy = {value} 不能用于远程存储：应为 delete 或留空。',
  'local-unlimited': '{key} = -1 在本地无限保留，而 {other} = {limit} 有限：设为不大于它，或设 -2 表示相同。',
  'copy-off-differs': 'remote.log.copy.disable 为 true 时 {key} = {value} 必须等于 {other} = {limit}：不再有数据拷走。',
  'heartbeat-not-below-session':
    'heartbeat.interval.ms = {value} 不小于 session.timeout.ms = {limit}：调到它的三分之一。',
  'empty-group': 'group.id 为空：给组起个名字，或去掉这个参数。',
  'bad-instance-id':
    'group.instance.id = {value} 不是合法名字：只能用字母、数字、点、_ 和 -，最长 249，且不能是 . 或 ..',
  'compaction-lags': 'min.compaction.lag.ms = {value} 大于 max.compaction.lag.ms = {limit}。',
  'min-isr-with-elr': '启用 ELR 时不能单独设置某个 broker 的 min.insync.replicas。请在集群或主题上设置。',
};

export const NOTES_ZH: Readonly<Record<NoteCode, string>> = {
  'idempotence-off-acks': 'acks 为 {acks} 而不是 all，幂等性随之关闭。',
  'idempotence-off-retries': 'retries 为 0，幂等性随之关闭。',
  'delivery-raised': 'delivery.timeout.ms 随之从 {from} 变为 {to}，以容纳 linger.ms + request.timeout.ms。',
  'reconnect-constant': '只设了 reconnect.backoff.ms，reconnect.backoff.max.ms 随之为 {to}。',
  'retry-constant': 'retry.backoff.ms = {from} 大于 retry.backoff.max.ms，每次重试都等 {to} 毫秒。',
  'setup-constant': 'socket.connection.setup.timeout.ms = {from} 大于其上限，每次建立连接最多 {to} 毫秒。',
  'auto-commit-off': '没有 group.id 可提交，enable.auto.commit 随之关闭。',
  'duplicates-dropped': '{key}：重复的项已去掉，剩下 {to}。',
  'heartbeat-too-slow':
    'broker.heartbeat.interval.ms = {from} 超过 broker.session.timeout.ms = {to} 的一半：晚一次心跳，broker 就可能被隔离。',
  'api-timeout-raised': 'default.api.timeout.ms 随之从 {from} 变为 {to}，不短于 request.timeout.ms。',
  'sessions-crossed':
    'group.min.session.timeout.ms = {from} 大于 group.max.session.timeout.ms = {to}：classic 协议的成员都会被拒绝。',
  'wait-outlasts-request': 'fetch.max.wait.ms = {from} 不小于 request.timeout.ms = {to}：等消息的请求都会以超时告终。',
  'batch-of-one': 'batch.size = 0 表示每条消息单独发送。',
};
