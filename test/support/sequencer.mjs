/**
 * The slowest specs, slowest first. They start first, so that no core waits for one of them at the
 * end of a run.
 */
const LONGEST = [
  'linear-time.spec',
  'pages.browser-spec',
  'start.e2e-spec',
  'access.e2e-spec',
  'visibility.e2e-spec',
  'backup.db.spec',
  'face.browser-spec',
  'queue.e2e-spec',
  'offline.browser-spec',
  'toolkit.browser-spec',
  'moderation.browser-spec',
  'strategies.browser-spec',
  'hostile-markup.browser-spec',
  'administration.browser-spec',
  'reply-by-mail.e2e-spec',
];

const size = ({ path, context }) => context.hasteFS.getSize(path) ?? 0;

function place({ path }) {
  const at = LONGEST.findIndex((name) => path.endsWith(`/${name}.ts`));
  return at === -1 ? LONGEST.length : at;
}

/** A fixed order of the specs, independent of the machine and of earlier runs. */
export default class Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => place(a) - place(b) || size(b) - size(a));
  }

  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, at) => at % shardCount === shardIndex - 1);
  }

  allFailedTests() {
    return [];
  }

  cacheResults() {
    // Nothing is cached: the list above defines the order.
  }
}
