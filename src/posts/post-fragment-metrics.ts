import { Injectable } from '@nestjs/common';
import { avatarsKept } from '../accounts/avatar.js';
import { RequestMetrics } from '../http/request-metrics.js';
import { PostFragments } from './post-fragments.js';

/** Publishes metrics about what is kept of posts: fragments, and avatars of their authors. */
@Injectable()
export class PostFragmentMetrics {
  constructor(metrics: RequestMetrics, fragments: PostFragments) {
    metrics.add(
      'post_fragments',
      'Prepared posts: the bytes they take, and posts that were rendered or reused since the start',
      () => ({ bytes: fragments.bytes, ...fragments.counts }),
    );
    metrics.add('avatars', 'Avatars in memory: their number and bytes', avatarsKept);
  }
}
