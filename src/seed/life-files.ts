import { readFileSync } from 'node:fs';
import type { Tier } from '../triage/risk.js';
import type { ReasonSource } from '../review/review-cases.js';

/** A case about a demo post, identified by the title of its thread and its number. */
export interface LifeCase {
  thread: string;
  number: number;
  tier: Tier | 'unknown';
  hoursAgo: number;
  /** Negative if it is overdue. */
  dueInHours: number;
  why: [ReasonSource, string][];
  reports?: { by: string; reason: string; note: string }[];
  note?: string;
  claimedBy?: string;
}

/** A thread visible only to moderators. */
export interface LifeThread {
  community: string;
  author: string;
  title: string;
  body: string;
  kind: string;
  replyWish: string;
}

export interface TakenThread extends LifeThread {
  daysAgo: number;
  rule: string;
  reason: string;
  report: [by: string, reason: string, note: string];
}

export interface LifeCases {
  open: LifeCase[];
  held: (LifeThread & { hoursAgo: number })[];
  strategy: {
    slug: string;
    reason: string;
    by: string;
    note: string;
    hoursAgo: number;
    dueInHours: number;
  };
  member: { handle: string; hoursAgo: number; dueInHours: number };
  closing: {
    removed: TakenThread & { note: string };
    appealed: TakenThread & { statement: string };
    notes: string[];
  };
}

export interface LifeOfPeople {
  items: { strategy?: string; name?: string; steps?: string[]; note: string; used: number }[];
  collection: { name: string; items: string[] };
  days: { daysAgo: number; level: number; word: string; note: string }[];
  uses: { strategy: string; daysAgo: number; before: number; after: number; note: string }[];
  card: Record<'people' | 'lines' | 'reasons', string>;
  plan: Record<
    'signs' | 'alone' | 'places' | 'people' | 'professionals' | 'safer' | 'reasons',
    string
  > & { items: string[] };
  saved: string[];
  draft: {
    community: string;
    title: string;
    body: string;
    kind: string;
    replyWish: string;
    daysAgo: number;
  };
  /** Weekly number of replies, by community. */
  supporter: Record<string, number>;
  asksToJoin: { handle: string; community: string; note: string; hoursAgo: number }[];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./life/${name}.json`, import.meta.url), 'utf8'));
}

export const lifeCases = (): LifeCases => read('cases') as LifeCases;
export const lifeOfPeople = (): LifeOfPeople => read('people') as LifeOfPeople;

/** Members who only occur in cases. */
export function lifeHandles(): string[] {
  const { held, closing } = lifeCases();
  return [...held, closing.removed, closing.appealed].map(({ author }) => author);
}
