/** Vectors of variable-length integers. */
import { bytesOfHex, hexOf } from '../../kafka/records/bytes.ts';
import {
  type ByteCursor,
  readUnsignedVarint,
  readUnsignedVarlong,
  readVarint,
  readVarlong,
  sizeOfUnsignedVarint,
  sizeOfUnsignedVarlong,
  sizeOfVarint,
  sizeOfVarlong,
  VarintError,
  writeUnsignedVarint,
  writeUnsignedVarlong,
  writeVarint,
  writeVarlong,
} from '../../kafka/records/varint.ts';
import { type CaseCheck, type CaseResult, checkList, type Fields, type VectorFile } from './case-check.ts';

type Write<T> = (bytes: Uint8Array, at: number, value: T) => number;
type Read<T> = (cursor: ByteCursor) => T;

function writtenHex<T>(write: Write<T>, value: T): string {
  const bytes = new Uint8Array(16);
  return hexOf(bytes.slice(0, write(bytes, 0, value)));
}

function readHex<T>(read: Read<T>, hex: string): T {
  const bytes = bytesOfHex(hex);
  return read({ bytes, position: 0, end: bytes.length });
}

function checkInt32(entry: Fields, result: CaseCheck): string {
  const value = entry.number('value');
  result.same('varint bytes', entry.raw('varintHex'), writtenHex(writeVarint, value));
  result.same('sizeOfVarint', entry.raw('sizeOfVarint'), sizeOfVarint(value));
  result.same('varint read', value, readHex(readVarint, entry.text('varintHex')));
  result.same('unsigned varint bytes', entry.raw('unsignedVarintHex'), writtenHex(writeUnsignedVarint, value));
  result.same('sizeOfUnsignedVarint', entry.raw('sizeOfUnsignedVarint'), sizeOfUnsignedVarint(value));
  result.same('unsigned varint read', value, readHex(readUnsignedVarint, entry.text('unsignedVarintHex')));
  return `int32 ${value}`;
}

function checkInt64(entry: Fields, result: CaseCheck): string {
  const value = entry.bigint('value');
  const forms: (number | bigint)[] = Number.isSafeInteger(Number(value)) ? [Number(value), value] : [value];
  for (const form of forms) {
    result.same(`varlong bytes of a ${typeof form}`, entry.raw('varlongHex'), writtenHex(writeVarlong, form));
    result.same(`sizeOfVarlong of a ${typeof form}`, entry.raw('sizeOfVarlong'), sizeOfVarlong(form));
  }
  result.same('varlong read', `${value}`, `${readHex(readVarlong, entry.text('varlongHex'))}`);
  result.same('unsigned varlong bytes', entry.raw('unsignedVarlongHex'), writtenHex(writeUnsignedVarlong, value));
  result.same('sizeOfUnsignedVarlong', entry.raw('sizeOfUnsignedVarlong'), sizeOfUnsignedVarlong(value));
  const unsigned = readHex(readUnsignedVarlong, entry.text('unsignedVarlongHex'));
  result.same('unsigned varlong read', `${value}`, `${BigInt.asIntN(64, unsigned)}`);
  return `int64 ${value}`;
}

const READERS: Readonly<Record<string, Read<number | string>>> = {
  readVarint,
  readUnsignedVarint,
  readVarlong: (cursor) => `${readVarlong(cursor)}`,
  readUnsignedVarlong: (cursor) => `${BigInt.asIntN(64, readUnsignedVarlong(cursor))}`,
};

function checkRead(entry: Fields, result: CaseCheck): string {
  const name = entry.text('fn');
  const read = READERS[name];
  if (read === undefined) throw new Error(`the function ${name} is unknown`);
  const bytes = bytesOfHex(entry.text('hex'));
  const cursor = { bytes, position: 0, end: bytes.length };
  try {
    result.same('result', entry.raw('result'), read(cursor));
    result.same('consumed', entry.raw('consumed'), cursor.position);
  } catch (error) {
    if (!(error instanceof VarintError)) throw error;
    result.same('result', entry.raw('result'), `error:${error.name}`);
  }
  return `${name} of ${entry.text('hex')}`;
}

export function checkVarints(file: VectorFile): CaseResult[] {
  const values = checkList(file.cases, 'cases', (entry, result) => {
    const kind = entry.text('kind');
    if (kind === 'int32') return checkInt32(entry, result);
    if (kind === 'int64') return checkInt64(entry, result);
    throw new Error(`the kind ${kind} is unknown`);
  });
  return [...values, ...checkList(file.reads, 'reads', checkRead)];
}
