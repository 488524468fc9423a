import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { SafetyModule } from '../safety/safety.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { AftercareController } from './aftercare.controller.js';
import { GiveAftercareJob } from './aftercare.job.js';
import { Aftercare } from './aftercare.service.js';
import { CallOutJob, MailAlarmJob, RaiseAlarmsJob } from './alarms.job.js';
import { Alarms } from './alarms.service.js';
import { AppealAnswers } from './appeal-answers.js';
import { Appeals } from './appeals.service.js';
import { CaseDoor } from './case-access.js';
import { CasePage } from './case-page.js';
import { CaseRoomController } from './case-room.controller.js';
import { CaseController } from './case.controller.js';
import { Claims } from './claims.service.js';
import { Deciding } from './deciding.service.js';
import { Effects } from './effects.service.js';
import { EscalationController } from './escalation.controller.js';
import { Escalations } from './escalations.service.js';
import { ForgetSignalsJob } from './forget-signals.job.js';
import { LogController } from './log.controller.js';
import { MemberPageController } from './member-page.controller.js';
import { ModerationLog } from './moderation-log.js';
import { Outreach } from './outreach.service.js';
import { OwnCareController } from './own-care.controller.js';
import { OwnCare } from './own-care.service.js';
import { Pairing, PairingController } from './pairing.js';
import { QueueController } from './queue.controller.js';
import { RemindAfterCrisisJob } from './remind-after-crisis.job.js';
import { Reversals } from './reversals.service.js';
import { SecondPeople } from './second-people.service.js';
import { ShiftsController } from './shifts.controller.js';
import { Shifts } from './shifts.service.js';
import { StandingController } from './standing.controller.js';
import { StatementController } from './statement.controller.js';
import { StatsController } from './stats.controller.js';
import { UnmaskingAliases } from './unmasking.service.js';
import { WordRulesController } from './word-rules.controller.js';
import { WordRules } from './word-rules.service.js';
import { WordingsController } from './wordings.controller.js';

@Module({
  imports: [AccountsModule, CommunitiesModule, PostsModule, SafetyModule, ThreadsModule],
  providers: [
    Aftercare,
    GiveAftercareJob,
    OwnCare,
    Pairing,
    RemindAfterCrisisJob,
    Shifts,
    Alarms,
    CallOutJob,
    MailAlarmJob,
    RaiseAlarmsJob,
    AppealAnswers,
    Appeals,
    CaseDoor,
    CasePage,
    Claims,
    Deciding,
    Effects,
    Escalations,
    ForgetSignalsJob,
    ModerationLog,
    Outreach,
    Reversals,
    SecondPeople,
    UnmaskingAliases,
    WordRules,
  ],
  exports: [
    Aftercare,
    OwnCare,
    Pairing,
    Shifts,
    AppealAnswers,
    Appeals,
    CaseDoor,
    CasePage,
    Claims,
    Deciding,
    Effects,
    Escalations,
    ModerationLog,
    Outreach,
    SecondPeople,
    UnmaskingAliases,
    WordRules,
  ],
})
export class ModerationModule {}

@Module({
  imports: [CommunitiesModule, ModerationModule, SafetyModule],
  controllers: [
    AftercareController,
    OwnCareController,
    PairingController,
    ShiftsController,
    QueueController,
    LogController,
    MemberPageController,
    StatsController,
    WordRulesController,
    WordingsController,
    CaseController,
    CaseRoomController,
    EscalationController,
    StandingController,
    StatementController,
  ],
})
export class ModerationWebModule {}
