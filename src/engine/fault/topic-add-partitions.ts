import type { CreatePartitionsRequest } from '../../kafka/api/messages.ts';
import { adminRequest } from './admin.ts';
import { registerVerb } from './register.ts';

registerVerb('topic.addPartitions', (w, { topic, total }) => {
  const body: CreatePartitionsRequest = {
    topics: [{ name: topic, count: total, assignments: null }],
    timeoutMs: 30_000,
  };
  adminRequest(w, 37, body);
  return null;
});
