import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Conflict, NotFound } from '../kernel/errors.js';
import { LinkChecks } from './link-checks.service.js';
import { ResourceForm } from './resource.dto.js';
import { knownResources, Resources } from './resources.service.js';

describe('resources', () => {
  let db: TestDatabase;
  let resources: Resources;
  let links: LinkChecks;
  let admin: string;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock, make } = db;
    clock.freeze();
    resources = new Resources(database, sql, clock);
    links = new LinkChecks(database, sql, clock);
    admin = await make.member('admin', { role: 'admin' });
  });
  afterAll(() => db.close());
  beforeEach(() => db.make.rows('delete from resources'));

  const form = (values: Partial<ResourceForm> = {}): ResourceForm =>
    Object.assign(new ResourceForm(), {
      name: 'The listening house',
      kind: knownResources()[0]?.kind,
      summary: 'People who listen.',
      url: 'https://listening.example',
      countries: ['GB'],
      languages: ['en'],
      shown: true,
      version: 1,
      ...values,
    });
  let admins = 0;
  /** By another administrator each time, as what one sends twice is one. */
  const add = (entry: ResourceForm): Promise<string> => resources.add(String(++admins), entry);
  const names = async (filter: { country?: string; need?: string }): Promise<string[]> => {
    const all = { country: '', need: '', language: '', kind: '' };
    return (await resources.list({ ...all, ...filter })).map(({ name }) => name);
  };

  it('are loaded only into an empty table', async () => {
    expect(await resources.load()).toBe(knownResources().length);
    expect(await resources.load()).toBe(0);
    expect(await resources.all()).toHaveLength(knownResources().length);
  });

  it('sent twice by one administrator are one', async () => {
    const entry = form({ name: 'Sent twice' });
    const ids = await Promise.all([resources.add('999', entry), resources.add('999', entry)]);
    expect(new Set(ids).size).toBe(1);
  });

  it('list the country’s before worldwide ones, without hidden ones', async () => {
    await add(form({ name: 'A world line', countries: ['ZZ'] }));
    await add(form({ name: 'British line' }));
    await add(form({ name: 'Spanish line', countries: ['ES'] }));
    await add(form({ name: 'Hidden line', shown: false }));
    expect(await names({ country: 'GB' })).toEqual(['British line', 'A world line']);
  });

  it('keep past versions, and resolve open reports on an edit', async () => {
    const id = await add(form());
    const [{ slug } = { slug: '' }] = await resources.all();
    await resources.report(slug, 'moved', 'It is elsewhere now.');
    expect((await resources.byId(id)).reports).toHaveLength(1);
    await resources.change(admin, id, form({ summary: 'Other words.' }));
    expect(await resources.byId(id)).toMatchObject({
      summary: 'Other words.',
      version: 2,
      reports: null,
    });
    expect(await resources.pastVersions(id)).toMatchObject([
      { version: 1, handle: 'admin', wording: { summary: 'People who listen.' } },
    ]);
  });

  it('reject a conflicting edit without changes', async () => {
    const id = await add(form());
    await resources.change(admin, id, form({ summary: 'First.' }));
    await expect(resources.change(admin, id, form({ summary: 'Late.' }))).rejects.toThrow(Conflict);
    expect(await resources.byId(id)).toMatchObject({ summary: 'First.', version: 2 });
    expect(await resources.pastVersions(id)).toHaveLength(1);
  });

  it('give entries with the same name different slugs', async () => {
    await add(form());
    await add(form());
    const slugs = (await resources.all()).map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(2);
  });

  it('cannot be found or reported while hidden', async () => {
    await add(form({ shown: false }));
    const [{ slug } = { slug: '' }] = await resources.all();
    await expect(resources.bySlug(slug)).rejects.toThrow(NotFound);
    await expect(resources.report(slug, 'dead', '')).rejects.toThrow(NotFound);
  });

  it('get one report if their link is gone, and a date if it works', async () => {
    const gone = await add(form({ name: 'Gone', url: 'https://gone.example' }));
    const works = await add(form({ name: 'Works', url: 'https://works.example' }));
    const ask = (url: string): Promise<number> => Promise.resolve(url.includes('gone') ? 404 : 200);
    await links.run(ask);
    await links.run(ask);
    expect(await resources.byId(gone)).toMatchObject({
      checkedOn: null,
      reports: [{ problem: 'dead' }],
    });
    const checked = await resources.byId(works);
    expect(checked.reports).toBeNull();
    expect(checked.checkedOn).not.toBeNull();
  });
});
