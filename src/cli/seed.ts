import 'reflect-metadata';
import { startEmbedded } from '../embedded/services.js';
import { loadConfig } from '../kernel/config.js';
import { migrate } from '../kernel/database.js';
import { OperatorFault } from '../accounts/members-admin.service.js';
import { seedBulk } from '../seed/bulk.js';
import { command, type Options } from './command.js';

const text = { type: 'string' } as const;

void command(
  {
    name: 'seed',
    usage: 'npm run seed -- --members N --communities N --threads N --posts N [--seed S]',
    about: 'Bulk data for benchmarks; the same seed gives the same rows.',
    options: { members: text, communities: text, threads: text, posts: text, seed: text },
  },
  async (_words, options) => {
    const counts = {
      members: count(options, 'members', 1_000),
      communities: count(options, 'communities', 20),
      threads: count(options, 'threads', 1_000),
      posts: count(options, 'posts', 10_000),
      seed: count(options, 'seed', 1),
    };
    if (counts.posts < counts.threads)
      throw new OperatorFault('--posts must be at least --threads: every thread has a first post.');
    const config = loadConfig();
    if (config.production) throw new OperatorFault('Bulk data cannot be created in production.');
    const embedded = await startEmbedded(config, 'database-only');
    try {
      await migrate(config.directUrl);
      const began = performance.now();
      await seedBulk(config.directUrl, counts, bar);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      return `\n${counts.posts} posts, ${counts.threads} threads, ${counts.members} members in ${seconds} s`;
    } finally {
      await embedded.stop();
    }
  },
);

function count(options: Options, name: string, otherwise: number): number {
  const value = options[name];
  if (value === undefined) return otherwise;
  if (typeof value !== 'string' || !/^[1-9]\d{0,8}$/.test(value))
    throw new OperatorFault(`--${name} takes a whole number.`);
  return Number(value);
}

function bar(what: string, done: number, all: number): void {
  const width = 30;
  const full = Math.round((done / all) * width);
  const filled = '#'.repeat(full) + '.'.repeat(width - full);
  process.stdout.write(`\r${what.padEnd(12)} [${filled}] ${Math.round((done / all) * 100)}% `);
  if (done >= all) process.stdout.write('\n');
}
