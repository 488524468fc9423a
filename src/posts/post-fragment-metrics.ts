import { Injectable } from '@nestjs/common';
import { RequestMetrics } from '../http/request-metrics.js';
import { PostFragments } from './post-fragments.js';

/** Publishes metrics about the post-fragment cache. */
@Injectable()
export class PostFragmentMetrics {
  constructor(metrics: RequestMetrics, fragments: PostFragments) {
    metrics.add(
      'post_fragments',
      'Prepared posts: the bytes they take, and posts that were rendered or reused since the start',
      () => ({ bytes: fragments.bytes, ...fragments.counts }),
    );
  }
}
