/** The steps from bytes to a value, drawn. */
import type { FieldType } from '../../kafka/records/byte-field.ts';
import { useSay } from '../../store/use-app.tsx';
import type { How } from './how.ts';

export function HowDrawn({ how, type }: { how: How; type: FieldType }) {
  const say = useSay();
  switch (how.kind) {
    case 'int':
      return (
        <p className="kb-how">
          {say('bytes.how.int', { type, bytes: how.bits / 8 })}{' '}
          <code>
            0x{how.hex} = {how.unsigned}
          </code>
          {how.signed && (
            <>
              {'; '}
              {say('bytes.how.negative')}{' '}
              <code>
                {how.unsigned} − 2^{how.bits} = {how.value}
              </code>
            </>
          )}
        </p>
      );
    case 'varint': {
      const sum = [...how.groups]
        .map(({ number }, i) => (i === 0 ? `${number}` : `${number} × ${128 ** i}`))
        .join(' + ');
      return (
        <div className="kb-how">
          <p>{say('bytes.how.varint', { type, bytes: how.groups.length })}</p>
          <p className="kb-groups">
            {how.groups.map(({ more, bits }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
              <code key={i}>
                <i data-more={more || undefined}>{more ? 1 : 0}</i>
                {bits}
              </code>
            ))}
          </p>
          <p>
            <code>{how.groups.length > 1 && how.groups.length < 6 ? `${sum} = ${how.unsigned}` : how.unsigned}</code>{' '}
            {say(BigInt(how.unsigned) % 2n === 0n ? 'bytes.how.even' : 'bytes.how.odd')}{' '}
            <code>{zigZag(how.unsigned, how.value)}</code>
          </p>
        </div>
      );
    }
    case 'hex':
      return <p className="kb-how">{say('bytes.how.crc')}</p>;
    case 'text':
      return <p className="kb-how">{say('bytes.how.text', { bytes: how.bytes, signs: how.signs })}</p>;
    case 'bytes':
      return (
        <p className="kb-how">
          {say(type === 'compressed' ? 'bytes.how.compressed' : 'bytes.how.bytes', { bytes: how.bytes })}
        </p>
      );
    case 'none':
      return <p className="kb-how">{say(how.isNull ? 'bytes.how.null' : 'bytes.how.empty')}</p>;
  }
}

const zigZag = (unsigned: string, value: string): string =>
  BigInt(unsigned) % 2n === 0n ? `${unsigned} / 2 = ${value}` : `−(${unsigned} + 1) / 2 = ${value}`;
