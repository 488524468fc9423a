import { tagBoxes } from '../communities/tag-choices.js';
import { formView, type FormView } from '../http/form-page.js';
import { listOf } from '../http/form-values.js';
import type { InvalidForm, Values } from '../http/form.js';
import { selectOptions, type SelectOption, type TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { KINDS } from './resource-options.js';
import type { EditableResource, PastVersion } from './resources.queries.js';
import { isDue, resourceView, type ResourceView } from './resources.view.js';

interface AdminListView {
  resources: (ResourceView & {
    href: string;
    due: boolean;
    hidden: boolean;
    reports: string[];
  })[];
  /** Number of entries due for a check; null if there are none. */
  due: string | null;
}

interface EditorView {
  action: string;
  title: string;
  form: FormView;
  kinds: SelectOption[];
  needs: TickOption[];
  shown: boolean;
  checked: boolean;
  /** Undefined for a new entry. */
  history?: VersionView[];
  reports?: string[];
}

interface VersionView {
  title: string;
  fields: { label: string; value: string }[];
}

export function adminListView(
  rows: readonly EditableResource[],
  now: Date,
  i18n: Translator,
): AdminListView {
  const due = rows.filter((row) => row.shown && isDue(row, now)).length;
  return {
    resources: rows.map((row) => ({
      href: `/admin/resources/${row.id}`,
      ...resourceView(row, i18n),
      due: isDue(row, now),
      hidden: !row.shown,
      reports: reportLines(row, i18n),
    })),
    due: due === 0 ? null : i18n.t('resources.admin.due', { count: due }),
  };
}

/** The form for a new entry. */
export function newResourceView(i18n: Translator, faulty?: InvalidForm): EditorView {
  return {
    action: '/admin/resources',
    title: i18n.t('resources.admin.new'),
    ...fieldsView(i18n, { kind: 'directory', shown: 'on', version: '0' }, faulty),
  };
}

/** The form of an entry, with its past versions and open reports. */
export function editResourceView(
  row: EditableResource,
  past: readonly PastVersion[],
  i18n: Translator,
  faulty?: InvalidForm,
): EditorView {
  return {
    action: `/admin/resources/${row.id}`,
    title: row.name,
    ...fieldsView(i18n, storedValues(row), faulty),
    history: past.map((version) => versionView(version, i18n)),
    reports: reportLines(row, i18n),
  };
}

function fieldsView(
  i18n: Translator,
  stored: Values,
  faulty?: InvalidForm,
): Omit<EditorView, 'action' | 'title' | 'history' | 'reports'> {
  const form = formView(i18n, faulty, stored);
  const { kind, needs, shown, checked } = form.values;
  return {
    form,
    kinds: selectOptions(KINDS, kind, (value) => i18n.t(`resources.kind.${value}`)),
    needs: tagBoxes(i18n, 'difficulty', listOf(needs)),
    shown: shown === 'on',
    checked: checked === 'on',
  };
}

function versionView(
  { version, wording, handle, replacedAt }: PastVersion,
  i18n: Translator,
): VersionView {
  return {
    title: i18n.t('resources.admin.version', {
      number: version,
      when: i18n.when(replacedAt),
      name: handle ?? i18n.t('posts.author.gone'),
    }),
    fields: ['name', 'summary', 'url'].map((name) => ({
      label: i18n.t(`resources.field.${name}`),
      value: typeof wording[name] === 'string' ? wording[name] : '',
    })),
  };
}

function reportLines(row: EditableResource, i18n: Translator): string[] {
  return (row.reports ?? []).map(({ problem, note, at }) => {
    const line = `${i18n.when(new Date(at))}: ${i18n.t(`resources.problem.${problem}`)}`;
    return note === '' ? line : `${line} – ${note}`;
  });
}

function storedValues(row: EditableResource): Values {
  return {
    name: row.name,
    kind: row.kind,
    summary: row.summary,
    url: row.url,
    countries: row.countries.join(' '),
    languages: row.languages.join(' '),
    needs: row.needs,
    shown: row.shown ? 'on' : '',
    version: String(row.version),
  };
}
