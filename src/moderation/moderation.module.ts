import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { SafetyModule } from '../safety/safety.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { AppealAnswers } from './appeal-answers.js';
import { Appeals } from './appeals.service.js';
import { CaseDoor } from './case-access.js';
import { CasePage } from './case-page.js';
import { CaseRoomController } from './case-room.controller.js';
import { CaseController } from './case.controller.js';
import { Claims } from './claims.service.js';
import { Deciding } from './deciding.service.js';
import { Effects } from './effects.service.js';
import { ModerationLog } from './moderation-log.js';
import { Outreach } from './outreach.service.js';
import { QueueController } from './queue.controller.js';
import { SecondPeople } from './second-people.service.js';
import { StatementController } from './statement.controller.js';
import { WordRulesController } from './word-rules.controller.js';
import { WordRules } from './word-rules.service.js';

@Module({
  imports: [AccountsModule, PostsModule, SafetyModule, ThreadsModule],
  providers: [AppealAnswers, Appeals, CaseDoor, CasePage, Claims, Deciding, Effects, ModerationLog, Outreach, SecondPeople, WordRules],
  exports: [AppealAnswers, Appeals, CaseDoor, CasePage, Claims, Deciding, Effects, ModerationLog, Outreach, SecondPeople, WordRules],
})
export class ModerationModule {}

@Module({ imports: [ModerationModule], controllers: [QueueController, CaseController, CaseRoomController, StatementController, WordRulesController] })
export class ModerationWebModule {}
