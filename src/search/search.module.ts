import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SavedSearch } from './saved-search.entity.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ReviewModule } from '../review/review.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { SpellingCorrection } from './spelling-correction.service.js';
import { CollectVocabularyJob } from './collect-vocabulary.job.js';
import { MineController } from './mine.controller.js';
import { OwnContent } from './mine.service.js';
import { OwnThreads } from './own-threads.service.js';
import { ReindexPostsJob } from './reindex-posts.job.js';
import { SearchPage } from './search-page.service.js';
import { OwnThreadsController } from './own-threads.controller.js';
import { SavedSearches } from './saved-searches.service.js';
import { SavedSearchesController } from './saved-searches.controller.js';
import { SearchController } from './search.controller.js';
import { Searching } from './searching.service.js';
import { SimilarController } from './similar.controller.js';
import { SimilarSearch } from './similar.service.js';
import { ThreadSearch } from './thread-search.js';
import { SearchVocabulary } from './vocabulary.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([SavedSearch]), ReviewModule],
  providers: [
    SpellingCorrection,
    CollectVocabularyJob,
    ReindexPostsJob,
    SavedSearches,
    Searching,
    SearchVocabulary,
    SimilarSearch,
    ThreadSearch,
  ],
  exports: [SavedSearches, Searching, SearchVocabulary, SimilarSearch],
})
export class SearchModule {}

@Module({
  imports: [SearchModule, CommunitiesModule, PostsModule, ReviewModule, ThreadsModule],
  providers: [OwnContent, OwnThreads, SearchPage],
  controllers: [
    MineController,
    OwnThreadsController,
    SavedSearchesController,
    SearchController,
    SimilarController,
  ],
})
export class SearchWebModule {}
