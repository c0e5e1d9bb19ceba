/** For tests: codecs at once, without waiting for a part to load. */
import { gunzipSync, gzipSync } from 'fflate';
import { isCodecRegistered, registerCodec } from '../kafka/records/codec.ts';

if (!isCodecRegistered('gzip')) {
  registerCodec({
    type: 'gzip',
    compress: (bytes, level = -1) => gzipSync(bytes, { level: (level < 0 ? 6 : level) as 6, mtime: 0 }),
    decompress: (bytes) => gunzipSync(bytes),
  });
}
