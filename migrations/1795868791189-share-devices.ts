import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ShareDevices1795868791189 implements MigrationInterface {
  name = 'ShareDevices1795868791189';

  async up(db: QueryRunner): Promise<void> {
    // The device belongs to several people: the session is short, and its pages are neutral.
    await db.query('alter table sessions add column shared boolean not null default false');
    // Who reads what of a profile.
    await db.query(`
      alter table members
      add column about_audience text not null default 'members'
        check (about_audience in ('members', 'communities', 'nobody')),
      add column since_audience text not null default 'members'
        check (since_audience in ('members', 'communities', 'nobody'))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table members drop column about_audience, drop column since_audience`);
    await db.query('alter table sessions drop column shared');
  }
}
