/**
 * Made from the ConfigDefs of Kafka 4.3.1, not by hand: the parameters of clients
 * that the registries do not hold. Known by name, so that a file that sets one is told that it does nothing here yet.
 * known-keys.ts says how a line is read.
 */
export const KNOWN_CLIENTS: readonly (readonly [scopes: string, lines: string])[] = [
  [
    'producer consumer admin',
    `client.dns.lookup|s|use_all_dns_ips|=use_all_dns_ips,resolve_canonical_bootstrap_servers_only
config.providers|L||*
metric.reporters|L|org.apache.kafka.common.metrics.JmxReporter|*
metrics.recording.level|s|INFO|=INFO,DEBUG,TRACE
metrics.sample.window.ms|l|30000|0..
sasl.jaas.config|p|~
sasl.kerberos.kinit.cmd|s|/usr/bin/kinit
sasl.kerberos.min.time.before.relogin|l|60000
sasl.kerberos.service.name|s|~
sasl.kerberos.ticket.renew.jitter|d|0.05
sasl.kerberos.ticket.renew.window.factor|d|0.8
sasl.login.refresh.buffer.seconds|h|300|0..3600
sasl.login.refresh.min.period.seconds|h|60|0..900
sasl.login.refresh.window.factor|d|0.8|0.5..1.0
sasl.login.refresh.window.jitter|d|0.05|0.0..0.25
sasl.mechanism|s|GSSAPI
sasl.oauthbearer.header.urlencode|b|false
security.protocol|s|PLAINTEXT|^PLAINTEXT,SASL_PLAINTEXT,SASL_SSL,SSL
send.buffer.bytes|i|131072|-1..
ssl.cipher.suites|L||*
ssl.enabled.protocols|L|TLSv1.2,TLSv1.3|*
ssl.endpoint.identification.algorithm|s|https
ssl.engine.factory.class|c|~
ssl.key.password|p|~
ssl.keymanager.algorithm|s|SunX509
ssl.keystore.certificate.chain|p|~
ssl.keystore.key|p|~
ssl.keystore.location|s|~
ssl.keystore.password|p|~
ssl.keystore.type|s|JKS
ssl.protocol|s|TLSv1.3
ssl.provider|s|~
ssl.secure.random.implementation|s|~
ssl.trustmanager.algorithm|s|PKIX
ssl.truststore.certificates|p|~
ssl.truststore.location|s|~
ssl.truststore.password|p|~
ssl.truststore.type|s|JKS`,
  ],
  ['producer consumer', `enable.metrics.push|b|true`],
  ['producer', `receive.buffer.bytes|i|32768|-1..`],
  ['consumer', `internal.throw.on.fetch.stable.offset.unsupported|b|false||i`],
  ['consumer admin', `receive.buffer.bytes|i|65536|-1..`],
  [
    'admin',
    `bootstrap.controllers|L||*
bootstrap.servers|L||*
client.id|s
connections.max.idle.ms|l|300000
default.api.timeout.ms|i|60000|0..
enable.metrics.push|b|false
metadata.max.age.ms|l|300000|0..
metadata.recovery.rebootstrap.trigger.ms|l|300000|0..
metadata.recovery.strategy|s|rebootstrap|^NONE,REBOOTSTRAP
reconnect.backoff.max.ms|l|1000|0..
reconnect.backoff.ms|l|50|0..
request.timeout.ms|i|30000|0..
retries|i|2147483647|0..2147483647
retry.backoff.max.ms|l|1000|0..
retry.backoff.ms|l|100|0..`,
  ],
];
