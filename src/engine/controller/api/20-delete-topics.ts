import type { DeleteTopicsRequest, TopicResultsResponse } from '../../../kafka/api/messages.ts';
import { registerApi, respond } from '../../net/network.ts';
import { deleteTopic } from '../topic-creation.ts';

registerApi('controller', 20, (w, _node, _connection, request) => {
  const body = request.body as DeleteTopicsRequest;
  const topics = body.topicNames.map((name) => ({ name, ...deleteTopic(w, name) }));
  const answer: TopicResultsResponse = {
    topics,
    errors: topics.filter((t) => t.errorCode !== 0).map((t) => t.errorCode),
  };
  respond(w, request, answer, 60);
});
