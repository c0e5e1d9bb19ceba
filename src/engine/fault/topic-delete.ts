import type { DeleteTopicsRequest } from '../../kafka/api/messages.ts';
import { adminRequest } from './admin.ts';
import { registerVerb } from './register.ts';

registerVerb('topic.delete', (w, { topic }) => {
  const body: DeleteTopicsRequest = { topicNames: [topic], timeoutMs: 30_000 };
  adminRequest(w, 20, body);
  return null;
});
