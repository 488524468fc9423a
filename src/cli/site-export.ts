import { OperatorFault } from '../accounts/members-admin.service.js';
import { exportSite } from '../site-export/export-site.js';
import { importSite } from '../site-export/import-site.js';
import type { Manifest } from '../site-export/manifest.js';
import { missingKeys, urlOf, type DatabaseVerb } from './backup.js';
import { requireOption } from './command.js';
import { progressBar } from './progress.js';

export const siteExportVerbs: Record<string, DatabaseVerb> = {
  'export-site': {
    help:
      'export-site FOLDER --reason WHY [--json]    ' +
      'writes the whole site in an open format (docs/site-export.md), not encrypted',
    database: 'join',
    run: async (config, options, [folder]) => {
      if (folder === undefined)
        throw new OperatorFault('Name the folder: export-site FOLDER --reason WHY');
      const reason = requireOption(options, 'reason');
      const manifest = await exportSite(urlOf(config), folder, progressBar, reason);
      if (options.json === true) return JSON.stringify({ folder, ...counts(manifest) });
      return [
        `${counts(manifest).records} records of ${manifest.kinds.length} kinds are in ${folder}.`,
        'It is not encrypted, and shows who wrote what under which alias: keep it safe.',
      ].join('\n');
    },
  },
  'import-site': {
    help: 'import-site FOLDER [--json]    fills an empty database from an export, completely or not at all',
    database: 'database-only',
    run: async (config, options, [folder]) => {
      if (folder === undefined) throw new OperatorFault('Name the folder: import-site FOLDER');
      const manifest = await importSite(urlOf(config), folder, progressBar);
      const missing = missingKeys(config, manifest.keys);
      if (options.json === true) return JSON.stringify({ ...counts(manifest), missing });
      return [
        `${counts(manifest).records} records of ${manifest.kinds.length} kinds were imported.`,
        ...missing.map(
          (mark) =>
            `Data encrypted with the key ${mark} cannot be read: that key is not set here. ` +
            'Set the PRIVATE_KEY (or SECRET_KEY) of that time.',
        ),
      ].join('\n');
    },
  },
};

function counts({ kinds, exportedAt }: Manifest): {
  kinds: number;
  records: number;
  exportedAt: string;
} {
  const records = kinds.reduce((sum, kind) => sum + kind.records, 0);
  return { kinds: kinds.length, records, exportedAt };
}
