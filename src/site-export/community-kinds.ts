import { kind, type Kind } from './kind.js';

/** Communities and their members. */
export const COMMUNITIES: readonly Kind[] = [
  kind('communities', 'communities', 'Communities, with their descriptions and settings', {
    leftOut: { finder_words: 'derived from the name, summary, purpose and topics' },
  }),
  kind('community-guidelines', 'community_guidelines', 'Each version of a community’s guidelines'),
  kind(
    'guideline-acknowledgements',
    'guideline_acknowledgements',
    'Who has agreed to which version',
  ),
  kind('memberships', 'memberships', 'Who belongs to which community, in which role'),
  kind('supporters', 'supporters', 'Members who offer to reply to people who are waiting'),
  kind('join-answers', 'member_answers', 'Answers to requests to join and offers of support', {
    fields: { words: 'text' },
  }),
  kind('group-requests', 'group_requests', 'Requests for new communities'),
  kind('community-prompts', 'community_prompts', 'Weekly threads and their texts'),
  kind('prompt-threads', 'prompt_threads', 'The threads that were posted from them'),
  kind('site-settings', 'site_settings', 'Settings that administrators changed'),
];

/** Members' posts and the reactions to them. Communities and threads come first. */
export const WRITING_KINDS: readonly Kind[] = [
  kind('threads', 'threads', 'Threads, with their titles and settings', {
    fields: { next_number: 'nextPostNumber' },
  }),
  kind('thread-folders', 'thread_folders', 'Folders of a community, and what they are for'),
  kind('polls', 'polls', 'Polls in the first posts of threads'),
  kind('poll-options', 'poll_options', 'The options of a poll'),
  kind('poll-votes', 'poll_votes', 'Who voted for what in a poll'),
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
  kind('former-places', 'former_places', 'Where posts were before they moved to other threads'),
  kind('post-versions', 'post_versions', 'What a post said before it was edited'),
  kind('post-quotes', 'post_quotes', 'Which posts a post quotes'),
  kind('post-mentions', 'post_mentions', 'Who a post mentions'),
  kind('post-strategies', 'post_strategies', 'Strategies that a post is about'),
  kind('reactions', 'reactions', 'Reactions to posts, and whose they are'),
  kind('author-answers', 'author_answers', 'Authors’ answers on their crisis card'),
  kind('thread-updates', 'thread_updates', 'Updates from the team in a thread'),
  kind('thread-steps', 'thread_steps', 'Steps towards professional help that a story is about'),
  kind('thread-saves', 'thread_saves', 'Threads that a member saved'),
  kind('supporter-requests', 'askings', 'Who was asked to reply to which thread', {
    fields: { asked_at: 'requestedAt' },
  }),
  kind('passed-on-threads', 'threads_passed_on', 'Threads without a reply that were passed on'),
  kind('imports', 'imports', 'Forums that were imported'),
  kind('import-communities', 'import_communities', 'Communities that an import created'),
  kind('imported-members', 'imported_members', 'Which account was imported from which'),
  kind('imported-threads', 'imported_threads', 'Which thread was imported from which'),
  kind('imported-posts', 'imported_posts', 'Which post was imported from which'),
];

/** Strategies, external resources and helplines. */
export const STRATEGIES: readonly Kind[] = [
  kind('strategies', 'coping_strategies', 'The library of coping strategies'),
  kind('strategy-versions', 'coping_strategy_versions', 'Earlier versions of strategies'),
  kind('strategy-feedback', 'strategy_feedback', 'Who a strategy helped'),
  kind('hidden-strategies', 'strategy_hides', 'Strategies that a member does not want to see'),
  kind('strategy-suggestions', 'strategy_wishes', 'Posts that could become a strategy', {
    fields: { asked_by: 'requestedBy' },
  }),
  kind('resources', 'resources', 'Professional help and directories'),
  kind('resource-versions', 'resource_versions', 'Earlier versions of entries'),
  kind('resource-reports', 'resource_reports', 'Problems with an entry that people reported'),
  kind('helplines', 'helplines', 'Crisis lines by country'),
];
