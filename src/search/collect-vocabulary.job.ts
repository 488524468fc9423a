import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { SearchVocabulary } from './vocabulary.service.js';

@Injectable()
@Handles('gather-search-words', 'bulk')
export class CollectVocabularyJob implements Job {
  constructor(private readonly vocabulary: SearchVocabulary) {}

  run(): Promise<void> {
    return this.vocabulary.collect();
  }
}
