import { DataSource } from 'typeorm';
import { Clock } from '../kernel/clock.js';
import { dataSourceOptions } from '../kernel/database.js';
import { AuditLog } from '../review/audit-log.js';
import type { ImportReport } from './report.js';

/** Records in the audit log how many posts were imported, and from where. */
export async function logImport(url: string, source: string, report: ImportReport): Promise<void> {
  const database = await new DataSource(dataSourceOptions(url, 1)).initialize();
  try {
    await database.transaction((tx) =>
      new AuditLog(new Clock()).write(tx, null, {
        action: 'operator.posts-imported',
        detail: { source, ...report.made },
      }),
    );
  } finally {
    await database.destroy();
  }
}
