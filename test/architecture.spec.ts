import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = resolve('.');
const SRC = join(ROOT, 'src');

/**
 * The layer of each room. A room may import from lower layers, and within its own only what is
 * listed.
 */
const LAYERS: Record<string, number> = {
  kernel: 0,
  content: 0,
  helplines: 1,
  i18n: 1,
  queue: 1,
  triage: 1,
  vault: 1,
  disclosure: 2,
  outbox: 2,
  rendering: 2,
  'safety-plans': 2,
  http: 3,
  mail: 3,
  review: 3,
  backup: 3,
  'site-export': 4,
  accounts: 4,
  communities: 5,
  posts: 5,
  polls: 4,
  threads: 6,
  posting: 6,
  'coping-strategies': 6,
  resources: 6,
  reporting: 6,
  'group-requests': 6,
  folders: 7,
  'thread-changes': 7,
  replies: 7,
  toolkit: 7,
  search: 7,
  feed: 7,
  visits: 7,
  discovery: 8,
  prompts: 8,
  moderation: 8,
  'peer-support': 8,
  notifications: 9,
  'account-data': 9,
  'site-closure': 9,
  administration: 9,
  'first-run': 9,
  home: 9,
  site: 9,
  operations: 9,
  syndication: 9,
  webhooks: 9,
  digests: 10,
  'reply-by-mail': 10,
  api: 10,
  dev: 11,
  embedded: 11,
  worker: 11,
  seed: 11,
  import: 11,
  cli: 11,
  bench: 11,
  entry: 12,
};
/** The command line and the benchmarks may use these siblings. */
const NAMED = [
  'cli -> entry',
  'cli -> bench',
  'cli -> embedded',
  'cli -> import',
  'cli -> seed',
  'cli -> worker',
  'bench -> embedded',
  'bench -> seed',
  'bench -> worker',
];
/** Rooms with wings: a wing may import from lower wings of its room only. */
const WINGS: Record<string, Record<string, number>> = {
  'coping-strategies': { core: 0, library: 1, tagging: 1, authoring: 2, packs: 3 },
  disclosure: { detectors: 0 },
  moderation: {
    core: 0,
    'on-call': 1,
    'word-rules': 1,
    transparency: 1,
    decisions: 1,
    queue: 2,
    wellbeing: 2,
    'case-page': 3,
  },
  notifications: { preferences: 0, inbox: 1, notify: 1, email: 2, push: 3 },
  toolkit: {
    core: 0,
    items: 1,
    'check-ins': 2,
    plan: 2,
    appointments: 3,
    'look-back': 3,
    export: 4,
    pages: 4,
  },
};
/** Private to their feature, with exceptions. */
const PRIVATE = /\.(entity|dto|policy|queries|view)\.ts$/;
const PUBLIC = [
  'accounts/member.entity.ts',
  'accounts/settings.view.ts',
  // Rows of lists, posts and cards look the same wherever they are shown.
  'communities/communities.queries.ts',
  'communities/communities.view.ts',
  'notifications/inbox/notifications.view.ts',
  'posts/post.dto.ts',
  'posts/post-actions.view.ts',
  'posts/post.view.ts',
  'posts/post-quote.view.ts',
  'posts/post-quotes.queries.ts',
  'posts/posts.policy.ts',
  'posts/text-language.view.ts',
  'posts/author-card.view.ts',
  'posts/compose.view.ts',
  'posts/disclosure-review.view.ts',
  // A form has one set of rules, for every controller that takes it.
  'posting/new-thread.dto.ts',
  'replies/reply.dto.ts',
  'reporting/reporting.dto.ts',
  'toolkit/core/toolkit.dto.ts',
  'threads/thread-list.queries.ts',
  'threads/thread-list.view.ts',
  'threads/threads.policy.ts',
];

/** Folders of the repository to check, besides the files at its root. */
const OWN = ['src', 'migrations', 'views', 'test', 'docs', 'deploy', '.ci'];

function every(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? every(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function files(folder: string): string[] {
  return every(folder).filter((path) => path.endsWith('.ts'));
}

const sources = files(SRC);
const code = sources.filter((path) => !/\.spec\.ts$/.test(path));

function feature(path: string): string {
  const [first = '', second] = relative(SRC, path).split('/');
  return second === undefined ? 'entry' : first;
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, target]) =>
    resolve(dirname(path), (target ?? '').replace(/\.js$/, '.ts')),
  );
}

/** The routes of a file, with the decorators of controller and handler. */
function routesOf(text: string): { path: string; decorators: string }[] {
  const joined = (...parts: string[]): string =>
    `/${parts.filter((part) => part !== '').join('/')}`;
  const classes = text.matchAll(/((?:^@\w+\(.*\)\n)+)export class([\s\S]*?)^\}/gm);
  return [...classes].flatMap(([, head = '', body = '']) => {
    const prefix = /^@Controller\((?:'([^']*)')?\)/m.exec(head);
    if (prefix === null) return [];
    return [...body.matchAll(/((?:^ {2}@\w+\(.*\)\n)+)/gm)].flatMap(([block]) => {
      const route = /@(?:Get|Post|Put|Patch|Delete|All)\((?:'([^']*)')?\)/.exec(block);
      if (route === null) return [];
      return [{ path: joined(prefix[1] ?? '', route[1] ?? ''), decorators: head + block }];
    });
  });
}

describe('the architecture', () => {
  it('has a layer for every folder', () => {
    expect(code.length).toBeGreaterThan(100);
    for (const path of code) expect(Object.keys(LAYERS)).toContain(feature(path));
  });

  it('is the map of the documentation', () => {
    const map = /```\n(12 {2}entry[\s\S]*?)```/.exec(readFileSync('docs/architecture.md', 'utf8'));
    const floors = (map?.[1] ?? '').trimEnd().split('\n').slice(1);
    const drawn = floors.flatMap((line) => {
      const [floor, ...rooms] = line.trim().split(/\s+/);
      return rooms.map((room): [string, number] => [room, Number(floor)]);
    });
    expect({ ...Object.fromEntries(drawn), entry: 12 }).toEqual(LAYERS);
  });

  it('lets imports point down only', () => {
    const wrong: string[] = [];
    for (const path of code) {
      for (const target of importsOf(path).filter((each) => each.startsWith(SRC))) {
        const [from, to] = [feature(path), feature(target)];
        if (from === to || NAMED.includes(`${from} -> ${to}`)) continue;
        if ((LAYERS[to] ?? 99) >= (LAYERS[from] ?? 0))
          wrong.push(`${relative(SRC, path)} -> ${relative(SRC, target)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets the wings of a room point down only', () => {
    const wing = (path: string): string | null => {
      const [, second, third] = relative(SRC, path).split('/');
      return third === undefined ? null : (second ?? null);
    };
    const wrong: string[] = [];
    let seen = 0;
    for (const path of code) {
      const wings = WINGS[feature(path)];
      const from = wing(path);
      if (from !== null && !['rules', 'demo', 'life', 'strategies'].includes(from)) {
        if (wings?.[from] === undefined)
          wrong.push(`${relative(SRC, path)} stands in no known wing`);
      }
      if (wings === undefined || from === null) continue;
      seen += 1;
      for (const target of importsOf(path).filter((each) => feature(each) === feature(path))) {
        const to = wing(target);
        if (to !== from && (to === null || (wings[to] ?? 99) >= (wings[from] ?? 0))) {
          wrong.push(`${relative(SRC, path)} -> ${relative(SRC, target)}`);
        }
      }
    }
    expect(seen).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it('keeps entities, forms, policies, queries and views to their feature', () => {
    const wrong = code.flatMap((path) =>
      importsOf(path)
        .filter(
          (target) =>
            PRIVATE.test(target) &&
            feature(target) !== feature(path) &&
            !PUBLIC.includes(relative(SRC, target)),
        )
        .map((target) => `${relative(SRC, path)} -> ${relative(SRC, target)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no import cycle', () => {
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (path: string, trail: string[]): void => {
      if (state.get(path) === 'done') return;
      if (state.get(path) === 'open') {
        cycles.push(
          [...trail.slice(trail.indexOf(path)), path]
            .map((each) => relative(SRC, each))
            .join(' -> '),
        );
        return;
      }
      state.set(path, 'open');
      for (const target of importsOf(path).filter((each) => code.includes(each)))
        visit(target, [...trail, path]);
      state.set(path, 'done');
    };
    for (const path of code) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('has no file over 250 lines', () => {
    const long = sources
      .filter((path) => readFileSync(path, 'utf8').split('\n').length > 251)
      .map((path) => relative(ROOT, path));
    expect(long).toEqual([]);
  });

  it.each([
    ['asks the time in the clock alone', /\bnew Date\(\s*\)|\bDate\.now\b/, ['kernel/clock.ts']],
    [
      'reads the environment in the settings alone',
      /process\.env\b/,
      ['kernel/config.ts', 'embedded/cluster.ts'],
    ],
    [
      'writes the audit log in one place alone',
      /insert\s+into\s+moderation_log/i,
      ['review/audit-log.ts'],
    ],
    ['never looks a provider up behind Nest’s back', /forwardRef|ModuleRef/, []],
  ])('%s', (_what, pattern, allowed) => {
    const found = code
      .filter(
        (path) =>
          pattern.test(readFileSync(path, 'utf8')) && !allowed.includes(relative(SRC, path)),
      )
      .map((path) => relative(SRC, path));
    expect(found).toEqual([]);
  });

  it('guards every page of moderators and administrators', () => {
    const guarded: string[] = [];
    const wrong: string[] = [];
    for (const path of code) {
      for (const route of routesOf(readFileSync(path, 'utf8'))) {
        const area = /^\/(mod|admin)(?![^/])/.exec(route.path)?.[1];
        const fitting = area === 'admin' ? /@Admin\(\)/ : /@(Moderator|Staff|Admin)\(\)/;
        if (area === undefined) continue;
        guarded.push(route.path);
        if (!fitting.test(route.decorators)) wrong.push(`${relative(SRC, path)} ${route.path}`);
      }
    }
    expect(guarded.length).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });

  it('leaves roles in controllers to the guards', () => {
    const byHand = /role !== 'admin'|requireAdmin\(|(mayModerate|isStaff)\(viewer\)\) throw/;
    const wrong = code.filter((path) => {
      const text = readFileSync(path, 'utf8');
      return /^@Controller\(/m.test(text) && byHand.test(text);
    });
    expect(wrong.map((path) => relative(SRC, path))).toEqual([]);
  });

  it('lets migrations stand alone', () => {
    const migrations = files(join(ROOT, 'migrations'));
    expect(migrations.length).toBeGreaterThan(3);
    for (const path of migrations) expect(importsOf(path)).toEqual([]);
  });

  it('names no registry and no machine in its files', () => {
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
    const own = [
      ...OWN.flatMap((folder) => every(join(ROOT, folder))),
      ...readdirSync(ROOT, { withFileTypes: true })
        .filter((entry) => entry.isFile() && !['.env', '.git'].includes(entry.name))
        .map((entry) => join(ROOT, entry.name)),
    ];
    expect(own.length).toBeGreaterThan(300);
    // Absolute paths of a machine, folders beside the repository, and registries. Written so as not
    // to match itself.
    const forbidden =
      /["'`\s=(]\/(work|root|home)\/|\.\.\/share[d]\b|[r]egistry\.(npmjs|yarnpkg)|[_]authToken/;
    expect(
      own
        .filter((path) => forbidden.test(readFileSync(path, 'utf8')))
        .map((path) => relative(ROOT, path)),
    ).toEqual([]);
  });

  it('starts with npm only what is there', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const entries = Object.values(scripts).flatMap((script) =>
      [...script.matchAll(/\bdist\/([\w/-]+)\.js/g)].map(([, name]) => `${name}.ts`),
    );
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.filter((name) => !existsSync(join(SRC, name)))).toEqual([]);
  });
});
