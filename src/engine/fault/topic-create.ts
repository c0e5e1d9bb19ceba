import type { CreateTopicsRequest } from '../../kafka/api/messages.ts';
import { adminRequest } from './admin.ts';
import { registerVerb } from './register.ts';

registerVerb('topic.create', (w, t) => {
  const topic = {
    name: t.name,
    numPartitions: t.partitions,
    replicationFactor: t.replicationFactor,
    assignments: t.assignment ?? [],
    configs: t.config,
  };
  const body: CreateTopicsRequest = { topics: [topic], timeoutMs: 30_000 };
  adminRequest(w, 19, body);
  return null;
});
