import { errorCode } from '../../../kafka/api/errors.ts';
import type { DeleteTopicsRequest, TopicResultsResponse } from '../../../kafka/api/messages.ts';
import { registerApi, respond } from '../../net/network.ts';
import { deleteTopic } from '../topic-creation.ts';

const TOPIC_DELETION_DISABLED = errorCode('TOPIC_DELETION_DISABLED');

/** ControllerApis.deleteTopics: with delete.topic.enable=false nothing is deleted, whatever the request names. */
registerApi('controller', 20, (w, _node, _connection, request) => {
  const body = request.body as DeleteTopicsRequest;
  const disabled = { errorCode: TOPIC_DELETION_DISABLED, errorMessage: 'Topic deletion is disabled.' };
  const allowed = w.controller.settings.deleteTopicEnable;
  const topics = body.topicNames.map((name) => ({ name, ...(allowed ? deleteTopic(w, name) : disabled) }));
  const answer: TopicResultsResponse = {
    topics,
    errors: topics.filter((t) => t.errorCode !== 0).map((t) => t.errorCode),
  };
  respond(w, request, answer, 60);
});
