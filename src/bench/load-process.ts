import { randomBytes } from 'node:crypto';
import autocannon from 'autocannon';
import type { LoadOrder, LoadResult, RequestTemplate } from './load.js';

// The process that sends requests. load.ts starts it and sends it the load over IPC.

function requestOf(template: RequestTemplate): autocannon.Request {
  const headers: Record<string, string> = { accept: 'text/html' };
  if (template.cookie !== undefined) headers.cookie = template.cookie;
  if (template.body === undefined) return { method: 'GET', path: template.path, headers };
  headers['content-type'] = 'application/x-www-form-urlencoded';
  const body = template.body.replace('=KEY', `=${randomBytes(9).toString('hex')}`);
  return { method: 'POST', path: template.path, headers, body };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

let next = 0;

async function take(order: LoadOrder): Promise<Omit<LoadResult, 'cpu'>> {
  const { base, requests, connections, time, expect } = order;
  const times: number[] = [];
  let failures = 0;
  const began = performance.now();
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(
      {
        url: base,
        connections,
        duration: time / 1_000,
        // How often it checks whether the time is up.
        sampleInt: Math.min(1_000, time),
        timeout: 30,
        requests: [
          {
            setupRequest: (request) => {
              next += 1;
              const template = requests[next % requests.length];
              return template === undefined ? request : { ...request, ...requestOf(template) };
            },
          },
        ],
      },
      (error: Error | null, taken: autocannon.Result) => {
        if (error === null) resolve(taken);
        else reject(error);
      },
    );
    running.on('response', (_client, status, _bytes, duration) => {
      times.push(duration);
      if (status !== expect) failures += 1;
    });
  });
  const seconds = (performance.now() - began) / 1_000;
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
    requests: times.length,
    failures: failures + result.errors + result.timeouts,
  };
}

process.on('message', (order: LoadOrder) => {
  void take(order).then((measured) => process.send?.(measured));
});
process.on('disconnect', () => process.exit(0));
