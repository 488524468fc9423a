import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface DemoReply {
  author: string;
  anonymous: boolean;
  afterHours: number;
  replyTo: number | null;
  contentWarnings: string[];
  body: string;
  reactions?: Record<string, number>;
  /** Slugs of starter pack strategies with which the post is tagged. */
  strategies?: string[];
}

export interface DemoThread {
  title: string;
  kind: string;
  replyWish: string;
  author: string;
  anonymous: boolean;
  contentWarnings: string[];
  summary: string | null;
  daysAgo: number;
  pinned: boolean;
  locked: boolean;
  topic: string | null;
  body: string;
  reactions?: Record<string, number>;
  strategies?: string[];
  replies: DemoReply[];
}

export interface DemoCommunity {
  slug: string;
  name: string;
  summary: string;
  purpose: string;
  visibility: string;
  language: string;
  sensitive: boolean;
  aliases: boolean;
  difficulties: string[];
  situations: string[];
  formats: string[];
  topics: string[];
  hours: object;
  joinQuestion: string | null;
  welcome: string;
  guidelines: string[];
  supporters: string[];
  moderators: string[];
  threads: DemoThread[];
}

const FOLDER = fileURLToPath(new URL('./demo/', import.meta.url));

/** The demo communities, sorted by name. */
export function demoCommunities(): DemoCommunity[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8')) as DemoCommunity);
}
