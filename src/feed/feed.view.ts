import type { Translator } from '../i18n/translator.js';
import { threadItem } from '../threads/thread-list.view.js';
import type { FeedPage } from './combined-feed.service.js';

interface FeedView {
  threads: ReturnType<typeof threadItem>[];
  next: string | null;
}

export function feedView({ threads, next }: FeedPage, i18n: Translator): FeedView {
  return {
    threads: threads.map((row) => threadItem(row, i18n)),
    next: next === null ? null : `/feed?after=${next}`,
  };
}
