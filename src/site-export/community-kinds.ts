import { kind, type Kind } from './kind.js';

/** Communities and who belongs to them. */
export const COMMUNITIES: readonly Kind[] = [
  kind('communities', 'communities', 'Groups, with what is said and set about them', {
    leftOut: { finder_words: 'made anew from the name, summary, purpose and topics' },
  }),
  kind('community-guidelines', 'community_guidelines', 'Each version of a group’s own rules'),
  kind('guideline-acknowledgements', 'guideline_acknowledgements', 'Who has seen which version'),
  kind('memberships', 'memberships', 'Who belongs to which group, as what'),
  kind('supporters', 'supporters', 'Members who offer to answer those who wait for an answer'),
  kind('join-answers', 'member_answers', 'What members were answered when they wished to join', {
    fields: { words: 'text' },
  }),
  kind('group-requests', 'group_requests', 'Wishes for new groups'),
  kind('community-prompts', 'community_prompts', 'Questions that are posted every week'),
  kind('prompt-threads', 'prompt_threads', 'The threads that came of them'),
  kind('site-settings', 'site_settings', 'What administrators changed while it runs'),
];

/** What people wrote, and what others did with it. Communities and threads come first. */
export const WRITING: readonly Kind[] = [
  kind('threads', 'threads', 'Conversations', { fields: { next_number: 'nextPostNumber' } }),
  kind('thread-folders', 'thread_folders', 'Folders of a group, and what they are for'),
  kind('polls', 'polls', 'Polls in the openings of threads'),
  kind('poll-options', 'poll_options', 'What can be chosen in a poll'),
  kind('poll-votes', 'poll_votes', 'Who chose what in a poll'),
  kind('folder-threads', 'folder_threads', 'Which threads are in which folder'),
  kind('thread-aliases', 'thread_aliases', 'Names under which members write within one thread'),
  kind('posts', 'posts', 'What people wrote, as Markdown and as HTML', {
    fields: {
      same_boat: 'sameBoatCount',
      with_you: 'withYouCount',
      thank_you: 'thankYouCount',
      helped: 'helpedCount',
    },
  }),
  kind('post-versions', 'post_versions', 'What a post said before it was edited'),
  kind('post-quotes', 'post_quotes', 'Which posts a post quotes'),
  kind('post-mentions', 'post_mentions', 'Whom a post mentions'),
  kind('post-strategies', 'post_strategies', 'Strategies of which a post tells'),
  kind('reactions', 'reactions', 'Who stands by which post'),
  kind('author-answers', 'author_answers', 'What became of it, as the author says'),
  kind('thread-updates', 'thread_updates', 'How it went on, in the words of the author'),
  kind('thread-steps', 'thread_steps', 'What a thread asks for next'),
  kind('thread-saves', 'thread_saves', 'Threads that a member keeps at hand'),
  kind('supporter-requests', 'askings', 'Who was asked to answer in which thread', {
    fields: { asked_at: 'requestedAt' },
  }),
  kind('passed-on-threads', 'threads_passed_on', 'Threads that waited and went to others'),
  kind('imports', 'imports', 'Forums from which something was brought over'),
  kind('import-communities', 'import_communities', 'Groups that an import made'),
  kind('imported-members', 'imported_members', 'Which account came from which one elsewhere'),
  kind('imported-threads', 'imported_threads', 'Which conversation came from which one elsewhere'),
  kind('imported-posts', 'imported_posts', 'Which post came from which one elsewhere'),
];

/** Strategies, help beyond this place, and help lines. */
export const STRATEGIES: readonly Kind[] = [
  kind('strategies', 'coping_strategies', 'The library of coping strategies'),
  kind('strategy-versions', 'coping_strategy_versions', 'What a strategy said before'),
  kind('strategy-feedback', 'strategy_feedback', 'Whom a strategy helped'),
  kind('hidden-strategies', 'strategy_hides', 'Strategies that a member does not want to see'),
  kind('strategy-suggestions', 'strategy_wishes', 'Posts from which a strategy may be made', {
    fields: { asked_by: 'requestedBy' },
  }),
  kind('resources', 'resources', 'Professional help and directories'),
  kind('resource-versions', 'resource_versions', 'What an entry said before'),
  kind('resource-reports', 'resource_reports', 'What members found wrong with an entry'),
  kind('helplines', 'helplines', 'Crisis lines by country'),
];
