import type { AccessibleCommunity } from '../communities/community-access.js';
import { formView, type FormView } from '../http/form-page.js';
import type { InvalidForm } from '../http/form.js';
import type { TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { AccessibleThread } from '../threads/thread-access.js';
import type { ThreadRow } from '../threads/thread-list.queries.js';
import { threadItem, type ThreadItem } from '../threads/thread-list.view.js';
import type { FolderChoiceRow, FolderRow } from './folders.queries.js';

interface Place {
  slug: string;
  name: string;
}

interface FoldersView {
  place: Place;
  folders: { href: string; name: string; summary: string }[];
  /** The form for a new folder; null if the viewer is not a moderator. */
  form: FormView | null;
}

interface FolderView {
  place: Place;
  id: string;
  name: string;
  summary: string;
  threads: ThreadItem[];
  form: FormView | null;
}

interface ThreadFoldersView {
  place: Place;
  threadId: string;
  title: string;
  folders: TickOption[];
}

const placeOf = ({ slug, name }: AccessibleCommunity): Place => ({ slug, name });

export function foldersView(
  facts: { community: AccessibleCommunity; folders: readonly FolderRow[]; moderates: boolean },
  i18n: Translator,
  faulty?: InvalidForm,
): FoldersView {
  const { community, folders, moderates } = facts;
  return {
    place: placeOf(community),
    folders: folders.map(({ id, name, summary }) => ({
      href: `/c/${community.slug}/folders/${id}`,
      name,
      summary,
    })),
    form: moderates ? formView(i18n, faulty) : null,
  };
}

export function folderView(
  facts: {
    community: AccessibleCommunity;
    folder: FolderRow;
    threads: readonly ThreadRow[];
    moderates: boolean;
  },
  i18n: Translator,
  faulty?: InvalidForm,
): FolderView {
  const { community, folder, threads, moderates } = facts;
  const { id, name, summary } = folder;
  return {
    place: placeOf(community),
    id,
    name,
    summary,
    threads: threads.map((row) => threadItem(row, i18n)),
    form: moderates ? formView(i18n, faulty, { name, summary }) : null,
  };
}

export function threadFoldersView(
  thread: AccessibleThread,
  choices: readonly FolderChoiceRow[],
): ThreadFoldersView {
  return {
    place: { slug: thread.slug, name: thread.communityName },
    threadId: thread.id,
    title: thread.title,
    folders: choices.map(({ id, name, summary, chosen }) => ({
      value: id,
      label: name,
      hint: summary === '' ? undefined : summary,
      checked: chosen,
    })),
  };
}
