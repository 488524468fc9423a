import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { SentinelRedis } from './sentinel-redis.js';
import { address, type Kind } from './settings.js';

/** A parsed Redis address: one server, Sentinels that locate the server, or nodes of a cluster. */
export interface RedisAddress {
  readonly mode: 'server' | 'sentinel' | 'cluster';
  readonly tls: boolean;
  readonly nodes: readonly { host: string; port: number }[];
  readonly username?: string;
  readonly password?: string;
  /** The name under which Sentinels know the server. */
  readonly name?: string;
  readonly db: number;
  /** Password of the Sentinels themselves. */
  readonly sentinelPassword?: string;
}

const SEVERAL =
  /^(rediss?)\+(sentinel|cluster):\/\/(?:([^:@/?#]*)(?::([^@/?#]*))?@)?([^@/?#]+)(?:\/([^?#]*))?(?:\?sentinelPassword=([^&#]+))?$/;
const NODE = /^([\w.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i;
const PORTS = { sentinel: 26_379, cluster: 6_379 };

/**
 * Parses `redis+sentinel://user:password@host:26379,host/NAME/DB?sentinelPassword=…` or
 * `redis+cluster://user:password@host:6379,host`; `rediss+…` for TLS.
 * @returns null if the URL is neither
 */
export function sentinelOrCluster(url: string): RedisAddress | null {
  const [, scheme, kind, username, password, hosts = '', path = '', sentinelPassword] =
    SEVERAL.exec(url) ?? [];
  if (kind !== 'sentinel' && kind !== 'cluster') return null;
  const nodes = hosts.split(',').map((each) => {
    const [, host, port] = NODE.exec(each.trim()) ?? [];
    return { host: host?.replace(/^\[|\]$/g, '') ?? '', port: Number(port ?? PORTS[kind]) };
  });
  if (nodes.some(({ host, port }) => host === '' || port < 1 || port > 65_535)) return null;
  // A cluster has only one database and no server name.
  const [, name, db] =
    (kind === 'sentinel' ? /^([\w.-]+)(?:\/(\d{1,4}))?$/ : /^()()$/).exec(path) ?? [];
  if (name === undefined || (kind === 'cluster' && sentinelPassword !== undefined)) return null;
  return {
    mode: kind,
    tls: scheme === 'rediss',
    nodes,
    username: decoded(username),
    password: decoded(password),
    name: decoded(name),
    db: Number(db ?? 0),
    sentinelPassword: decoded(sentinelPassword),
  };
}

const one = address('redis', 'rediss');

/** One server, several Sentinels or several nodes of a cluster. */
export const redisAddress: Kind<string> = {
  expected: `${one.expected}, redis+sentinel://host,host/name or redis+cluster://host,host`,
  accepts: (text) =>
    /^rediss?\+/.test(text) ? sentinelOrCluster(text) !== null : one.accepts(text),
};

/**
 * Opens a connection to a server, through Sentinels or to a cluster.
 * @param options of each connection
 */
export function openRedis(url: string, options: RedisOptions): Redis | Cluster {
  const several = sentinelOrCluster(url);
  if (several === null) return new Redis(url, options);
  const { mode, nodes, username, password, name, db, sentinelPassword } = several;
  const tls = several.tls ? {} : undefined;
  if (mode === 'cluster')
    return new Cluster([...nodes], {
      enableOfflineQueue: options.enableOfflineQueue ?? true,
      redisOptions: { ...options, username, password, tls },
    });
  return new SentinelRedis({
    ...options,
    sentinels: [...nodes],
    name,
    username,
    password,
    db,
    tls,
    sentinelPassword,
    sentinelTLS: tls,
    enableTLSForSentinelMode: several.tls,
    // Otherwise a connection blocked by a hanging server would not notice a failover.
    failoverDetector: true,
  });
}

/**
 * The prefix of BullMQ's keys. In a cluster a script can only access keys of one slot, and the
 * braces map all keys to the same slot.
 */
export function queuePrefix(url: string): string {
  return sentinelOrCluster(url)?.mode === 'cluster' ? '{bull}' : 'bull';
}

function decoded(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : safely(text);
}

function safely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing is a literal.
    return text;
  }
}
