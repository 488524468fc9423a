import { OperatorFault } from '../accounts/members-admin.service.js';
import type { Relay } from '../outbox/relay.js';
import { QUEUES, type JobFilter, type Queues } from '../queue/queues.js';
import { requireOption, type Options } from './command.js';

export async function listFailed(queues: Queues, options: Options): Promise<string> {
  const failed = await queues.failed(filterOf(options));
  const lines = failed.map(({ queue, name, id, reason, attempts, failedAt }) =>
    [failedAt?.toISOString() ?? '-', queue, name, id, reason, `${attempts} attempts`].join('  '),
  );
  return lines.length === 0 ? 'No job has failed.' : lines.join('\n');
}

export async function retryFailed(queues: Queues, options: Options): Promise<string> {
  return `${await queues.retryFailed(filterOf(options))} jobs put back.`;
}

export async function replayOutbox(relay: Relay, options: Options): Promise<string> {
  const since = new Date(requireOption(options, 'since'));
  if (Number.isNaN(since.getTime()))
    throw new OperatorFault('--since is a time such as 2026-01-31T12:00Z.');
  return `${await relay.replay(since)} events are queued again.`;
}

function filterOf(options: Options): JobFilter {
  const queue = QUEUES.find((known) => known === options.queue);
  if (options.queue !== undefined && queue === undefined)
    throw new OperatorFault(`--queue is one of ${QUEUES.join(', ')}.`);
  return {
    ...(queue === undefined ? {} : { queue }),
    ...(typeof options.name === 'string' ? { name: options.name } : {}),
  };
}
