/** Compression in the cluster: who packs and unpacks, what it saves and what it costs. */
export const compression = {
  // ---- compression.log.*, compression.broker.*: logs and leaders ------------------------------------------------------
  'compression.log.codecs': 'codecs in the log',
  'compression.log.ratio': 'compression',
  'compression.log.times': '{ratio}× ({plain|bytes} of records in {packed|bytes})',
  'compression.log.batch': ' · {codec} of {plain|bytes}',
  'compression.log.says': '{codec} {ratio}×',
  'compression.broker.validated': 'batches looked through',
  'compression.broker.kept': 'kept as they came',
  'compression.broker.repacked': 'packed anew',
  'compression.broker.time': 'time spent',
  'compression.broker.times': '{unpack|n} µs unpacking, {pack|n} µs packing',
  'compression.broker.bytes': 'bytes',
  'compression.broker.sizes': '{came|bytes} came, {stored|bytes} stored ({plain|bytes} without compression)',
  // ---- panel.stories.*: shipped scenarios -------------------------------------------------------------------------------
  'panel.stories.compression': 'Compression and limits',
  'panel.stories.e1-codecs': 'Five producers, four codecs',
  'panel.stories.e1-codecs.look':
    'The same 2,000 log lines plain and under each codec: what each log takes beside its partition’s name.',
  'panel.stories.e1-topic-codecs': 'The topic’s codec against the producer’s',
  'panel.stories.e1-topic-codecs.look':
    'Three leaders pack anew, one keeps what came. Select a broker, then State: batches, time, bytes.',
  'panel.stories.f1-too-large': 'Too large, on either side',
  'panel.stories.f1-too-large.look':
    'send() refuses at max.request.size, the leader at max.message.bytes; a batch of many is split and sent again.',
  'panel.stories.f1-broker-limits': 'Small when it comes, too large unpacked',
  'panel.stories.f1-broker-limits.look':
    'The leader asks for the size twice: of what came, and of what it made of it. Small fetches still come on.',
  // ---- compression.client.*: producers and consumers ---------------------------------------------------------------------
  'compression.client.packed': 'compressed',
  'compression.client.unpacked': 'unpacked',
  'compression.client.times': '{ratio}×: {plain|bytes} of records as {packed|bytes}, in {batches|n} batches',
  'compression.client.time': 'processor time for it',
  'compression.client.now': 'at it now',
  'compression.client.until': 'until {atUs|s}',
  'compression.client.expected': 'expects batches at',
  'compression.client.expects': '{topics} of their records',
  'compression.client.splits': 'batches split as too large',
};
