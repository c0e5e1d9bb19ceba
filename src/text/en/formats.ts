/** Message formats v0, v1 and v2: why a broker refuses records, and what happens where old and new versions meet. */
export const formats = {
  // ---- formats.refused.*: what was wrong with the bytes ------------------------------------------------------------------
  'formats.refused.base-offset': 'A producer counts offsets from 0; this batch begins at {offset}.',
  'formats.refused.codec-unknown': 'The attributes name codec {number}; codecs are 0 to 4.',
  'formats.refused.control': 'The batch says it holds control records. Only brokers may write those.',
  'formats.refused.count': 'The header says {count} records.',
  'formats.refused.count-differs': 'Offsets {base} to {last} are not {count} records.',
  'formats.refused.crc': 'The checksum stored in the batch is {stored}, that of its bytes is {computed}.',
  'formats.refused.cut-off': 'The bytes end before record {index}.',
  'formats.refused.field-too-long': 'The {field} claims {size|n} bytes; {left|n} are left.',
  'formats.refused.headers-in-legacy': 'Record headers have no place in format v{magic}.',
  'formats.refused.idempotent-in-legacy':
    'Format v{magic} has no producer id and no sequence; an idempotent batch does not fit.',
  'formats.refused.left-over': '{left|n} bytes are left after the last of {count} records.',
  'formats.refused.length': 'The length is {size|n}; the smallest possible is {least}.',
  'formats.refused.log-append-time': 'The batch says LogAppendTime. That is the broker’s to say.',
  'formats.refused.magic': 'The magic byte is {magic}; formats are 0, 1 and 2.',
  'formats.refused.magic-inner': 'A message of format v{magic} lies in a wrapper of format v{outer}.',
  'formats.refused.magic-mixed': 'A batch of format v{magic} follows one of format v{first}.',
  'formats.refused.no-batch': 'The request holds {bytes|n} bytes and no whole batch.',
  'formats.refused.no-key': 'The topic is compacted, and the record has no key.',
  'formats.refused.no-timestamp-type': 'Format v{magic} needs to know whose time it carries.',
  'formats.refused.no-transactional-id':
    'The batch says it is transactional, and the request names no transactional.id. The whole request fails, before any checksum is looked at.',
  'formats.refused.not-v2': 'Produce version {version} takes record batches v2; this has magic {magic}.',
  'formats.refused.offset-deltas':
    'The offsets inside are not 0, 1, 2, …: the batch would have to be built anew, but its records were read without keys and values.',
  'formats.refused.offset-order': 'Offset {offset} follows {last}; offsets must rise.',
  'formats.refused.offset-range': 'Offsets {base} to {last} are no range.',
  'formats.refused.offset-too-far': 'Offset {offset} is more than 2,147,483,647 above the base offset {base}.',
  'formats.refused.outside': 'Following the sizes, the {field} would lie outside of the message.',
  'formats.refused.pack': 'The records could not be compressed with {codec}.',
  'formats.refused.producer-epoch': 'Producer {producerId} comes without an epoch.',
  'formats.refused.record-size': 'Record {index} claims {size|n} bytes; {left|n} are left.',
  'formats.refused.record-size-read': 'Record {index} claims {size|n} bytes; its fields take {read|n}.',
  'formats.refused.record-structure': 'The fields of record {index} do not add up.',
  'formats.refused.records': '{count} {count|plural|record is|records are} not acceptable; so the batch is not.',
  'formats.refused.second-batch': 'Produce version {version} takes one batch for a partition; here is a second.',
  'formats.refused.second-compressed':
    'A second batch follows; a compressed batch or one of format v2 has to come alone.',
  'formats.refused.segment': '{size|bytes} do not fit a segment of {max|bytes}.',
  'formats.refused.sequence': 'Producer {producerId} sends sequence {sequence}.',
  'formats.refused.timestamp': 'The record’s time {timestamp} lies outside of {from} to {to}.',
  'formats.refused.timestamp-negative': 'The time {timestamp} is negative.',
  'formats.refused.timestamps':
    'Of {count} refused {count|plural|record|records} at least one has an impossible time; so the batch is refused.',
  'formats.refused.too-large': 'The batch has {size|bytes}; max.message.bytes is {max|bytes}.',
  'formats.refused.too-large-stored':
    'As the topic wants it the batch has {size|bytes}; max.message.bytes is {max|bytes}.',
  'formats.refused.transactional-in-legacy': 'Format v{magic} has no transactions.',
  'formats.refused.transactional-no-producer': 'A transactional batch has no producer id.',
  'formats.refused.unpack': 'The records cannot be unpacked with {codec}.',
  'formats.refused.varint': 'The size of record {index} does not end.',
  'formats.refused.wrapper-empty': 'The message says it is compressed and has no value.',
  'formats.refused.wrapper-nested': 'A message inside of a compressed set is compressed again ({codec}).',
  'formats.refused.wrapper-nothing-inside': 'The compressed set holds no message.',
  'formats.refused.wrapper-offset': 'The wrapper’s offset {offset} is below that of its last message, {inner}.',
  'formats.refused.zstd-in-legacy': 'Format v{magic} does not know zstd.',
  'formats.refused.zstd-too-new':
    'Produce version {version} does not know zstd, which came with version 7 (Kafka 2.1).',

  // ---- formats.hop.*, cost, lost: an old client meets a new broker ---------------------------------------------------------
  'formats.hop.send': 'producer → broker',
  'formats.hop.store': 'broker → log',
  'formats.hop.fetch': 'log → consumer',
  'formats.cost.unpack': 'records unpacked',
  'formats.cost.repack': 'records compressed again',
  'formats.cost.rebuild': 'every record copied into a new batch',
  'formats.cost.no-zero-copy': 'zero copy lost',
  'formats.lost.headers': 'headers lost',
  'formats.lost.timestamps': 'timestamps lost',
  'formats.lost.control-records': 'transaction markers left out',

  'formats.send.own': 'The producer {producer} writes format v{magic} and sends it with Produce version {version}.',
  'formats.send.older':
    'The broker {broker} goes up to Produce version {version}. So the producer {producer} writes format v{magic} from the start.',
  'formats.store.none':
    'The broker {broker} stores format v{magic} as it came: offsets and epoch are written over the header.',
  'formats.store.up':
    'The broker {broker} stores format v{magic}: it reads every message of v{from} and writes it into a new batch.',
  'formats.store.down':
    'This log keeps format v{magic}: the broker {broker} reads every record of v{from} and writes it as an older message.',
  'formats.store.rebuild':
    'Inner offsets of format v0 are absolute. The broker {broker} has to write each into its message and compress the set again, though the format stays.',
  'formats.store.checked': 'It unpacks the {codec} batch only to check the records, and stores the compressed bytes.',
  'formats.fetch.as-stored':
    'With Fetch version {version} the consumer {consumer} reads format v{magic}: the bytes go from the page cache to the socket.',
  'formats.fetch.down':
    'The consumer {consumer} asks with Fetch version {version} and reads up to format v{magic}; the log holds v{from}. The broker {broker} converts each batch down, for each consumer and each fetch anew.',

  'formats.closed.no-api-versions':
    'The client {client} asks first which versions the broker speaks. Broker {broker} does not know that question and closes the connection.',
  'formats.closed.client-too-new':
    'The client {client} does not ask and sends {api} version {version}. Broker {broker} knows up to {theirs} and closes the connection: brokers are upgraded first.',
  'formats.closed.client-too-old':
    'The client {client} sends {api} version {version}. Broker {broker} knows {oldest} to {theirs} and closes the connection without an answer (KIP-896).',
  'formats.unsupported.client-too-old':
    'The client {client} speaks {api} up to version {own}, broker {broker} from version {oldest} on. The client finds no common version (KIP-896).',
  'formats.unsupported.client-too-new':
    'The client {client} speaks {api} from version {oldest} on, broker {broker} up to version {theirs}. The client finds no common version (KIP-896).',
  'formats.unsupported.idempotence':
    'Broker {broker} takes format v{magic}, which has no producer id. An idempotent producer gives up; it runs only with enable.idempotence=false.',
  'formats.unsupported.zstd-consumer':
    'The consumer {consumer} fetches with version {version} and does not know zstd, which came with version 10. It gets the bytes and cannot unpack them. If the topic’s own compression.type is zstd, the broker refuses with UNSUPPORTED_COMPRESSION_TYPE.',
  'formats.unsupported.down-conversion-off':
    'The consumer {consumer} needs format v{magic}, and message.downconversion.enable=false forbids the conversion.',

  'formats.note.below-baseline':
    'Version numbers of {older} and {newer} still meet. Kafka 4.x promises nothing for partners older than 2.1.',
  'formats.note.no-timestamp': 'Format v0 has no time: the stored records say −1.',
  'formats.note.no-zero-copy':
    'Converted bytes lie in the broker’s memory, not in the page cache: sendfile is no help here. With several old consumers the work is done several times.',
  'formats.note.format-ignored':
    'Broker {broker} ignores log.message.format.version once the inter-broker protocol is 3.0 or newer (KIP-724).',
  'formats.note.format-removed':
    'Broker {broker} no longer knows log.message.format.version: 4.0 took it out (KIP-724).',
};
