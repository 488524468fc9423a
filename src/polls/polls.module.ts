import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Poll } from './poll.entity.js';
import { PollOption } from './poll-option.entity.js';
import { PollVote } from './poll-vote.entity.js';
import { Polls } from './polls.js';

@Module({
  imports: [TypeOrmModule.forFeature([Poll, PollOption, PollVote])],
  providers: [Polls],
  exports: [Polls],
})
export class PollsModule {}
