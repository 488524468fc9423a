import 'reflect-metadata';
import { startEmbedded } from '../embedded/services.js';
import { loadConfig } from '../kernel/config.js';
import { migrate } from '../kernel/database.js';
import { OperatorFault } from '../accounts/members-admin.service.js';
import { seedBulk } from '../seed/bulk.js';
import { command, type Options } from './command.js';

const text = { type: 'string' } as const;

await command(
  {
    name: 'seed',
    usage: 'npm run seed -- --members N --communities N --threads N --posts N [--seed S]',
    about: 'Bulk data for benchmarks; the same seed gives the same rows.',
    options: { members: text, communities: text, threads: text, posts: text, seed: text },
  },
  async (_words, options) => {
    const wishes = {
      members: count(options, 'members', 1_000),
      communities: count(options, 'communities', 20),
      threads: count(options, 'threads', 1_000),
      posts: count(options, 'posts', 10_000),
      seed: count(options, 'seed', 1),
    };
    if (wishes.posts < wishes.threads)
      throw new OperatorFault('--posts must be at least --threads: a thread has an opening post.');
    const config = loadConfig();
    if (config.production) throw new OperatorFault('Bulk data is refused in production.');
    const embedded = await startEmbedded(config, 'database-only');
    try {
      await migrate(config.DATABASE_URL ?? '');
      const began = performance.now();
      await seedBulk(config.DATABASE_URL ?? '', wishes, bar);
      return `\n${wishes.posts} posts, ${wishes.threads} threads, ${wishes.members} members in ${Math.round((performance.now() - began) / 100) / 10} s`;
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
  process.stdout.write(
    `\r${what.padEnd(12)} [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${Math.round((done / all) * 100)} % `,
  );
  if (done >= all) process.stdout.write('\n');
}
