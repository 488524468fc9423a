import { Agent, request } from 'node:http';

export interface Measured {
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  requests: number;
  failures: number;
}

export interface Shot {
  path: string;
  cookie?: string;
  body?: string;
}

export interface LoadOptions {
  connections: number;
  /** Milliseconds; the loop also ends after `most` requests. */
  time: number;
  most: number;
  /** The status that counts as success. */
  expect: number;
}

/** Asks as fast as the answers come, over so many connections, on loopback only. */
export async function load(base: string, next: () => Shot, wishes: LoadOptions): Promise<Measured> {
  const { hostname, port } = new URL(base);
  if (hostname !== '127.0.0.1') throw new Error('benchmarks stay on loopback');
  const agent = new Agent({ keepAlive: true, maxSockets: wishes.connections });
  const times: number[] = [];
  let failures = 0;
  const end = performance.now() + wishes.time;
  const one = async (): Promise<void> => {
    while (performance.now() < end && times.length < wishes.most) {
      const began = performance.now();
      const status = await ask(agent, Number(port), next());
      times.push(performance.now() - began);
      if (status !== wishes.expect) failures += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: wishes.connections }, one));
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    perSecond: times.length / seconds,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    requests: times.length,
    failures,
  };
}

function ask(agent: Agent, port: number, shot: Shot): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { accept: 'text/html' };
    if (shot.cookie !== undefined) headers.cookie = shot.cookie;
    if (shot.body !== undefined) {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      headers['content-length'] = String(Buffer.byteLength(shot.body));
    }
    const req = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: shot.path,
        method: shot.body === undefined ? 'GET' : 'POST',
        headers,
      },
      (res) => {
        res.on('data', () => undefined);
        res.on('end', () => resolve(res.statusCode ?? 0));
        res.on('error', reject);
      },
    );
    req.on('error', reject);
    req.end(shot.body);
  });
}
