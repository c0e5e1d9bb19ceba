/** What stands in a batch's bytes: why reading stopped, what cannot be written, and who notices a change. */
export const byteMap = {
  'byte-map.failure.length':
    'The length says {length}. The least that a batch or a message has is {least}; Kafka’s reader stops here.',
  'byte-map.failure.magic': 'The magic byte is {magic}. Kafka knows 0, 1 and 2.',
  'byte-map.failure.incomplete':
    'Here are {left} bytes, and {needed} are needed. Kafka takes such a piece for the end of what it was sent and drops it.',
  'byte-map.failure.short-batch': 'With {size} bytes the batch is shorter than its header, which has {least}.',
  'byte-map.failure.compression': 'Compression number {number} is no codec: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.',
  'byte-map.failure.negative-count': 'The batch says it has {count} records.',
  'byte-map.failure.underflow': 'The next field has {size} bytes, and {left} are left.',
  'byte-map.failure.varint': 'A number of variable length does not end here in time.',
  'byte-map.failure.field-past-end': '{name} should have {size} bytes, and {left} are left.',
  'byte-map.failure.record-past-end': 'Record {index} should have {size} bytes, and {left} are left.',
  'byte-map.failure.record-size': 'Record {index} says it has {size} bytes; its fields take {read}.',
  'byte-map.failure.headers-count': 'Record {index} says it has {count} headers, with {left} bytes left.',
  'byte-map.failure.header-key': 'Header {header} of record {index} has a key of {size} bytes; a header needs a key.',
  'byte-map.failure.bytes-left':
    'After the last of {count} {count|plural|record|records}, {left} {left|plural|byte is|bytes are} left.',
  'byte-map.failure.zstd-wrapper': 'Format v{magic} does not know zstd.',
  'byte-map.failure.null-wrapper':
    'A compressed message of format v{magic} has its messages in its value, and that is null.',
  'byte-map.failure.message-size': 'The size of a message inside says {size}, below the least of 14.',
  'byte-map.failure.inner-compressed': 'Message {index} inside is compressed once more.',
  'byte-map.failure.no-inner-records': 'What was compressed holds no message.',
  'byte-map.failure.wrapper-offset':
    'The outer offset is {offset}, below that of the last message inside, {last}, and not 0.',
  'byte-map.failure.codec-missing': 'The codec {codec} is not loaded here, so the records stay packed.',
  'byte-map.failure.unpack': 'The {codec} stream breaks at byte {position}.',

  'byte-map.problem.no-field': 'There is no field {path} in these bytes.',
  'byte-map.problem.no-null': '{name} cannot be null: only a key and a value can.',
  'byte-map.problem.no-bits': 'The field {path} has no bits called {name}.',
  'byte-map.problem.bits': '{name} cannot be “{text}”. It is one of {values}, or a number from 0 to {most}.',
  'byte-map.problem.no-payload': 'There is no compressed payload that could be read and written.',
  'byte-map.problem.codec': 'The codec {codec} is not loaded here, so nothing can be packed again.',
  'byte-map.problem.hex': '{name} takes bytes in hexadecimal, two digits each: 00 ff.',
  'byte-map.problem.crc': '{name} takes up to eight hexadecimal digits: 1a2b3c4d.',
  'byte-map.problem.number': '{name} cannot be “{text}”. It takes a whole number from {least} to {most}.',

  'byte-map.why.crc': 'The batch says {stored}; over its bytes the checksum is {computed}.',
  'byte-map.why.out-of-order': 'Its last offset is {offset}, not above {last}.',
  'byte-map.why.unexpected-offset': 'It begins at offset {first}, and the log has everything below {expected}.',
  'byte-map.why.leader-epoch':
    'Leader epoch {epoch}, or a negative offset, cannot be kept in the log’s list of epochs.',
  'byte-map.why.marker-key': 'The key of the control record has {size} bytes; version and type take 4.',
  'byte-map.why.marker-version': 'A control record of version {version}.',
  'byte-map.why.marker-type': 'Control record type {type} ends no transaction: 0 is ABORT, 1 is COMMIT.',
  'byte-map.why.marker-value': 'The value of the marker has {size} bytes; version and coordinator epoch take 6.',
  'byte-map.why.length': 'The length says {length}, below the least of {least}.',
  'byte-map.why.before-segment': 'Its last offset, {offset}, lies before the segment begins.',

  'byte-map.producer-broker.takes':
    'Takes the batch ({records} {records|plural|record|records}), gives it offset {offset} and leader epoch {epoch}, and answers without an error.',
  'byte-map.producer-broker.takes-unpacked':
    'Unpacks the batch to check it, takes its {records} {records|plural|record|records} at offset {offset} with leader epoch {epoch}, and answers without an error.',
  'byte-map.producer-broker.stores-nothing': 'Finds no whole batch, and stores nothing.',
  'byte-map.producer-broker.refuses': 'Answers {error} ({exception}) and stores nothing.',
  'byte-map.producer-broker.refuses-again':
    'Answers {error} ({exception}) and stores nothing. The producer takes that for a passing fault and sends its own, whole batch again until delivery.timeout.ms is over.',
  'byte-map.producer-broker.codec-missing': 'Would have to unpack {codec}, which is not loaded here.',
  'byte-map.follower.takes':
    'Appends the batch as it came, at {first}; its log then ends at {next} (it ended at {expected}). It looks at header and checksum, never at the records.',
  'byte-map.follower.takes-gap':
    'Appends the batch at {first} although its log ends at {expected}; it then ends at {next}. It only refuses offsets that it has already.',
  'byte-map.follower.skips':
    'Fetches with leader epoch {fetchEpoch} and the batch says {epoch}: it leaves the batch out without a word, and asks for the same offset again.',
  'byte-map.follower.waits':
    'Takes the {bytes} bytes for a batch that is cut off, appends nothing and asks for the same offset again.',
  'byte-map.follower.retries':
    '{exception}: appends nothing of this answer and fetches the partition again after replica.fetch.backoff.ms (1 s).',
  'byte-map.follower.fails':
    '{exception}: its fetcher marks the partition as failed and fetches it no more, until leadership changes or the broker starts again.',
  'byte-map.follower.codec-missing': 'Would have to unpack {codec}, which is not loaded here.',
  'byte-map.consumer.reads':
    'Hands out {records} {records|plural|record|records} as if nothing were wrong. It asked from {position} on; next it asks from {next} on.',
  'byte-map.consumer.fails':
    'poll() throws {exception} and hands out nothing of the batch. The position stays {next}, and every further poll() throws again until somebody seeks past the batch.',
  'byte-map.consumer.fails-later':
    'Hands out {records} {records|plural|record|records}, then poll() throws {exception}. The position stays {next} until somebody seeks past the batch.',
  'byte-map.consumer.breaks':
    'Unpacks while it reads: what lies before the break ({records} {records|plural|record|records} or more) may come out, then poll() throws {exception}, and again at every poll() until somebody seeks past the batch.',
  'byte-map.consumer.no-batch':
    'poll() throws {exception}: the answer has bytes and no whole batch. The position stays {next}.',
  'byte-map.consumer.codec-missing': 'Would have to unpack {codec}, which is not loaded here.',
  'byte-map.recovery.keeps':
    'Keeps the batch; the log ends at {end}. It looks at header and checksum, never at the records.',
  'byte-map.recovery.cuts':
    'Cuts the log before this batch: {bytes} bytes and all later segments go, and the log ends at {end}. What followers still have comes back by fetching.',
  'byte-map.recovery.cuts-end':
    'Takes the last {bytes} bytes for a batch that was not written to its end and cuts them; the log ends at {end}.',
  'byte-map.recovery.stops': '{exception}: loading this log fails, and the broker does not start.',
  'byte-map.recovery.codec-missing': 'Would have to unpack {codec}, which is not loaded here.',
};
