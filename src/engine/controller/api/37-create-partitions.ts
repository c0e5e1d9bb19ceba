import type { CreatePartitionsRequest, TopicResultsResponse } from '../../../kafka/api/messages.ts';
import { registerApi, respond } from '../../net/network.ts';
import { createPartitions } from '../topic-creation.ts';

registerApi('controller', 37, (w, _node, _connection, request) => {
  const body = request.body as CreatePartitionsRequest;
  const topics = body.topics.map((t) => ({ name: t.name, ...createPartitions(w, t.name, t.count, t.assignments) }));
  const answer: TopicResultsResponse = {
    topics,
    errors: topics.filter((t) => t.errorCode !== 0).map((t) => t.errorCode),
  };
  respond(w, request, answer, 60);
});
