import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Decision } from './decisions/decision.entity.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ReviewModule } from '../review/review.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { AftercareController } from './wellbeing/aftercare.controller.js';
import { GiveAftercareJob } from './wellbeing/aftercare.job.js';
import { Aftercare } from './wellbeing/aftercare.service.js';
import { SendAlertJob, MailAlarmJob, RaiseAlarmsJob } from './on-call/alarms.job.js';
import { Alarms } from './on-call/alarms.service.js';
import { AppealAnswers } from './decisions/appeal-answers.js';
import { Appeals } from './decisions/appeals.service.js';
import { CaseAccess } from './core/case-access.js';
import { CasePage } from './case-page/case-page.js';
import { CaseActionsController } from './case-page/case-actions.controller.js';
import { CaseController } from './case-page/case.controller.js';
import { Claims } from './queue/claims.service.js';
import { Deciding } from './decisions/deciding.service.js';
import { DecisionRecord } from './decisions/decision-record.service.js';
import { Effects } from './decisions/effects.service.js';
import { EscalationController } from './case-page/escalation.controller.js';
import { Exposures } from './core/exposure.service.js';
import { AuditLogEntries } from './transparency/audit-log.service.js';
import { ModerationStats } from './transparency/stats.service.js';
import { CaseNotes } from './case-page/case-notes.service.js';
import { ModeratedMembers } from './case-page/moderated-members.service.js';
import { ReplyTemplates } from './decisions/reply-templates.service.js';
import { Statements } from './decisions/statement.service.js';
import { Queue } from './queue/queue.service.js';
import { Escalations } from './case-page/escalations.service.js';
import { ForgetSignalsJob } from './transparency/forget-signals.job.js';
import { AuditLogController } from './transparency/audit-log.controller.js';
import { MemberPageController } from './case-page/member-page.controller.js';
import { Outreach } from './decisions/outreach.service.js';
import { ModeratorWellbeingController } from './wellbeing/moderator-wellbeing.controller.js';
import { ModeratorWellbeing } from './wellbeing/moderator-wellbeing.service.js';
import { Pairing, PairingController } from './case-page/pairing.js';
import { BulkController } from './queue/bulk.controller.js';
import { BulkDeciding } from './queue/bulk-deciding.service.js';
import { QueueController } from './queue/queue.controller.js';
import { RemindAfterCrisisJob } from './wellbeing/remind-after-crisis.job.js';
import { Reversals } from './decisions/reversals.service.js';
import { DualControl } from './decisions/dual-control.service.js';
import { ShiftsController } from './on-call/shifts.controller.js';
import { Shifts } from './on-call/shifts.service.js';
import { OwnRecordController } from './decisions/own-record.controller.js';
import { StatementController } from './decisions/statement.controller.js';
import { StatsController } from './transparency/stats.controller.js';
import { UnmaskingAliases } from './case-page/unmasking.service.js';
import { WordRulesController } from './word-rules/word-rules.controller.js';
import { WordRules } from './word-rules/word-rules.service.js';
import { ReplyTemplatesController } from './decisions/reply-templates.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Decision]),
    AccountsModule,
    CommunitiesModule,
    PostsModule,
    ReviewModule,
    ThreadsModule,
  ],
  providers: [
    ReplyTemplates,
    Statements,
    AuditLogEntries,
    CaseNotes,
    ModeratedMembers,
    ModerationStats,
    Aftercare,
    GiveAftercareJob,
    ModeratorWellbeing,
    Pairing,
    RemindAfterCrisisJob,
    Shifts,
    Alarms,
    SendAlertJob,
    MailAlarmJob,
    RaiseAlarmsJob,
    AppealAnswers,
    Appeals,
    BulkDeciding,
    CaseAccess,
    CasePage,
    Claims,
    Deciding,
    DecisionRecord,
    Effects,
    Escalations,
    Exposures,
    ForgetSignalsJob,
    Queue,
    Outreach,
    Reversals,
    DualControl,
    UnmaskingAliases,
    WordRules,
  ],
  exports: [
    ReplyTemplates,
    Statements,
    AuditLogEntries,
    CaseNotes,
    ModeratedMembers,
    ModerationStats,
    Aftercare,
    ModeratorWellbeing,
    Pairing,
    Shifts,
    AppealAnswers,
    Appeals,
    BulkDeciding,
    CaseAccess,
    CasePage,
    Claims,
    Deciding,
    Effects,
    Escalations,
    Outreach,
    Queue,
    DualControl,
    UnmaskingAliases,
    WordRules,
  ],
})
export class ModerationModule {}

@Module({
  imports: [CommunitiesModule, ModerationModule, ReviewModule],
  controllers: [
    AftercareController,
    ModeratorWellbeingController,
    PairingController,
    ShiftsController,
    QueueController,
    BulkController,
    AuditLogController,
    MemberPageController,
    StatsController,
    WordRulesController,
    ReplyTemplatesController,
    CaseController,
    CaseActionsController,
    EscalationController,
    OwnRecordController,
    StatementController,
  ],
})
export class ModerationWebModule {}
