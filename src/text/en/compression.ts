/** Compression in the cluster: who packs and unpacks, what it saves and what it costs. */
export const compression = {
  // ---- compression.log.*, compression.broker.*: logs and leaders ------------------------------------------------------
  'compression.log.codecs': 'codecs in the log',
  'compression.log.ratio': 'compression',
  'compression.log.times': '{ratio}× ({plain|bytes} of records in {packed|bytes})',
  'compression.log.batch': '{codec}: {plain|bytes} without compression',
  'compression.log.says': '{codec} {ratio}×',
  'compression.broker.validated': 'batches looked through',
  'compression.broker.kept': 'kept as they came',
  'compression.broker.repacked': 'packed anew',
  'compression.broker.time': 'time spent',
  'compression.broker.times': '{unpack|n} µs unpacking, {pack|n} µs packing',
  'compression.broker.bytes': 'bytes',
  'compression.broker.sizes': '{came|bytes} came, {stored|bytes} stored ({plain|bytes} without compression)',
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
