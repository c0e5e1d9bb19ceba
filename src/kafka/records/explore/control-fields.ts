/** Keys and values of control records, field by field (ControlRecordType, EndTransactionMarker, the quorum's own messages). */
import { hexOf } from '../bytes.ts';
import { CONTROL_RECORD_TYPES, type ControlRecordType } from '../control-record.ts';
import { type FieldList, type IntType, intSize, take, takeBlob, takeInt } from './field-list.ts';

/** The fixed beginning of each type's value; what follows (arrays, tagged fields) stays one field. */
const VALUES: Readonly<Record<ControlRecordType, readonly (readonly [string, IntType])[]>> = {
  ABORT: [
    ['version', 'int16'],
    ['coordinatorEpoch', 'int32'],
  ],
  COMMIT: [
    ['version', 'int16'],
    ['coordinatorEpoch', 'int32'],
  ],
  LEADER_CHANGE: [
    ['version', 'int16'],
    ['leaderId', 'int32'],
  ],
  SNAPSHOT_HEADER: [
    ['version', 'int16'],
    ['lastContainedLogTimestamp', 'int64'],
  ],
  SNAPSHOT_FOOTER: [['version', 'int16']],
  KRAFT_VERSION: [
    ['version', 'int16'],
    ['kRaftVersion', 'int16'],
  ],
  KRAFT_VOTERS: [['version', 'int16']],
};

const KEY_SIZE = 4;

/** The key of `size` bytes: version and type. Returns the type, null for a key that is too short or a type that is unknown. */
export function takeControlKey(list: FieldList, size: number): ControlRecordType | null {
  const end = list.position + size;
  if (size < KEY_SIZE || end > list.end) {
    takeBlob(list, 'key', size);
    return null;
  }
  takeInt(list, 'key.version', 'int16');
  const type = takeInt(list, 'key.type', 'int16', (number) => [
    { name: 'type', shift: 0, width: 16, value: CONTROL_RECORD_TYPES[number] ?? 'UNKNOWN' },
  ]);
  takeTail(list, 'key.rest', end);
  return CONTROL_RECORD_TYPES[type] ?? null;
}

/** The value of `size` bytes; one that is shorter than its fields stays as it is. */
export function takeControlValue(list: FieldList, size: number, type: ControlRecordType | null): void {
  const fields = type === null ? [] : VALUES[type];
  const least = fields.reduce((sum, [, int]) => sum + intSize(int), 0);
  const end = list.position + size;
  if (least === 0 || size < least || end > list.end) {
    takeBlob(list, 'value', size);
    return;
  }
  for (const [name, int] of fields) takeInt(list, `value.${name}`, int);
  takeTail(list, 'value.rest', end);
}

function takeTail(list: FieldList, name: string, end: number): void {
  if (list.position >= end) return;
  take(list, name, 'bytes', end - list.position, hexOf(list.bytes.subarray(list.position, end)));
}
