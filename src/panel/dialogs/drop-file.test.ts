import { expect, test } from 'vitest';
import { kindOfFile } from './drop-file.ts';

test.each([
  ['server.properties', 'anything', 'properties'],
  ['a.csv', '{"kafkascope":1}', 'records'],
  ['a.json', '{\n  "kafkascope": 1,\n "topics": [] }', 'scenario'],
  ['a.txt', '{ "kafkascope": 1, "topics": [] }', 'scenario'],
  ['a.json', '{"a":1}\n{"a":2}\n', 'records'],
  ['broken.json', '{ "kafkascope', 'scenario'],
  ['consumer', '# c\nbootstrap.servers=a:1\ngroup.id=b\nauto.offset.reset = earliest\n', 'properties'],
  ['notes.txt', 'To be, or not to be\nx = y\n', 'records'],
  ['', '', 'records'],
])('%s %j is %s', (name, head, kind) => {
  expect(kindOfFile(name, head)).toBe(kind);
});
