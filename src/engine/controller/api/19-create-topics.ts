import type { CreateTopicsRequest, TopicResultsResponse } from '../../../kafka/api/messages.ts';
import { registerApi, respond } from '../../net/network.ts';
import { createTopic } from '../topic-creation.ts';

registerApi('controller', 19, (w, _node, _connection, request) => {
  const body = request.body as CreateTopicsRequest;
  const topics = body.topics.map((t) => ({ name: t.name, ...createTopic(w, t) }));
  const answer: TopicResultsResponse = {
    topics,
    errors: topics.filter((t) => t.errorCode !== 0).map((t) => t.errorCode),
  };
  respond(w, request, answer, 60);
});
