/** Why the compression lab cannot answer: where it is, and what would be right. */
export const packFail = {
  'pack.fail.sample': 'There is no sample "{name}". There are: {known}.',
  'pack.fail.file': '{name} cannot be read: {error}',
  'pack.fail.empty': '{name} has no records. One line is one record; paste or drop at least one.',
  'pack.fail.too-large': '{name} has {bytes|n} bytes. The lab takes up to {max|n} (10 MB): leave some lines out.',
  'pack.fail.too-many': '{name} has {records|n} lines. The lab takes up to {max|n}: leave some out.',
  'pack.fail.record':
    '{name}, line {line}: as a record it takes {bytes|n} bytes. A producer sends at most {max|n} with the batch around it (max.request.size): cut the line.',
  'pack.fail.batch-size': 'batch.size = {value}: a whole number from 0 to {max|n} would be right.',
  'pack.fail.linger': 'linger.ms = {value}: a whole number from 0 to {max|n} would be right.',
  'pack.fail.rate': 'Records per second = {value}: a whole number from 1 to {max|n} would be right.',
  'pack.fail.codec': 'compression.type = {value}: one of {known} would be right.',
  'pack.fail.topic-codec': 'compression.type of the topic = {value}: one of {known} would be right.',
  'pack.fail.magic': 'Format {value}: 0, 1 or 2 would be right.',
  'pack.fail.level': 'compression.{codec}.level = {value}: {valid} would be right.',
  'pack.fail.no-level': '{codec} has no levels: leave the level out.',
  'pack.fail.zstd-format':
    'zstd came with format v2 (KIP-110, Kafka 2.1): no client writes it in v{magic}. Choose another codec, or v2.',
  'pack.fail.not-sent':
    '{failed|n} of {records|n} records were not stored: {error}. Smaller batches or a longer linger.ms may help.',
  'pack.fail.unfinished':
    'After {us|s} of the cluster’s time {pending|n} of {records|n} records were still on their way.',
};
