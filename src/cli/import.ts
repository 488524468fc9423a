import type { ImportReport } from '../import/report.js';
import { ImportFault } from '../import/import-fault.js';
import { runImport } from '../import/run-import.js';
import { SOURCES } from '../import/sources.js';
import { Messages } from '../i18n/messages.js';
import { urlOf, type DatabaseVerb } from './backup.js';
import type { Options } from './command.js';
import { progressBar } from './progress.js';

const NAMES = Object.keys(SOURCES).join('|');

export const importVerbs: Record<string, DatabaseVerb> = {
  import: {
    help:
      `import ${NAMES} FILE --community SLUG|SLUG=CATEGORY… [--origin NAME] [--language en|es] ` +
      '[--dry-run] [--losses FILE] [--json]    ' +
      'imports the accounts and posts of another forum (docs/import.md); run it again to continue',
    database: 'join',
    run: async (config, options, [source, file, ...more]) => {
      const open = SOURCES[source ?? ''];
      if (source === undefined || open === undefined)
        throw new ImportFault(`Name the source: import ${NAMES} FILE --community SLUG`);
      if (file === undefined || more.length > 0)
        throw new ImportFault(`Name one file: import ${source} FILE --community SLUG`);
      const dryRun = options['dry-run'] === true;
      const report = await runImport(
        urlOf(config),
        {
          ...{ source, open, file, dryRun },
          communities: texts(options.community),
          origin: text(options, 'origin') ?? source,
          language: text(options, 'language'),
          losses: text(options, 'losses'),
          secrets: config.secrets,
        },
        new Messages(),
        progressBar,
      );
      return options.json === true
        ? JSON.stringify({ source, file, dryRun, ...report.toJSON() })
        : pageOf(report, dryRun);
    },
  },
};

function text(options: Options, name: string): string | null {
  const value = options[name];
  if (value === undefined) return null;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new ImportFault(`--${name} needs a value.`);
}

function texts(value: Options[string]): string[] {
  return Array.isArray(value) ? value : [];
}

/** Formats the report for a terminal. */
function pageOf(report: ImportReport, dryRun: boolean): string {
  const { made, there, communities, losses } = report;
  const counts = (numbers: typeof made): string =>
    `${numbers.members} accounts, ${numbers.threads} threads and ${numbers.posts} posts`;
  const known =
    there.members + there.posts === 0
      ? []
      : [`Already here: ${there.members} accounts and ${there.posts} posts.`];
  const where = [...communities.values()].map(
    ({ slug, made: isNew, threads, posts }) =>
      `  /c/${slug}${isNew ? ', created by the import' : ''}: ${threads} threads, ${posts} posts`,
  );
  const closed = [...communities.values()].some(({ made: isNew }) => isNew);
  const left = [...losses].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    dryRun
      ? `Nothing was written. A run would import ${counts(made)}.`
      : `Imported: ${counts(made)}.`,
    ...known,
    ...where,
    ...(left.length === 0 ? ['Nothing was lost.'] : ['Left out or changed:']),
    ...left.map(([what, { count, ids }]) => {
      const more = count > ids.length && ids.length > 0 ? ', …' : '';
      return `  ${what}: ${count}${ids.length === 0 ? '' : ` (${ids.join(', ')}${more})`}`;
    }),
    ...(made.posts > 0 && !dryRun ? ['All of it is found by search now.'] : []),
    ...(closed && !dryRun
      ? ['New communities are unlisted and archived until an administrator opens them.']
      : []),
  ].join('\n');
}
