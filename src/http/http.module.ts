import { Global, Module } from '@nestjs/common';
import { ErrorFilter } from './error.filter.js';
import { ForgetPageChangesJob } from './forget-page-changes.job.js';
import { GracefulStop } from './graceful-stop.js';
import { PreservedForms } from './preserved-form.js';
import { Layout } from './layout.js';
import { SharedCaches } from './shared-cache.js';
import { LogInForm } from './log-in-form.js';
import { PageChanges } from './page-changes.js';
import { PageMemory } from './page-memory.js';
import { PageSender } from './page-sender.js';
import { PageVariety } from './page-variety.js';
import { PublicPages } from './public-page.js';
import { RequestMetrics } from './request-metrics.js';
import { ReadingLimit } from './reading-limit.js';
import { ReplicaReads } from './replica-reads.js';
import { RateLimits } from './rate-limit.js';
import { SiteSettings } from './site-settings.js';

@Global()
@Module({
  providers: [
    Layout,
    LogInForm,
    PageChanges,
    PageMemory,
    PageSender,
    PageVariety,
    PublicPages,
    ErrorFilter,
    ForgetPageChangesJob,
    GracefulStop,
    PreservedForms,
    RateLimits,
    ReadingLimit,
    ReplicaReads,
    RequestMetrics,
    SharedCaches,
    SiteSettings,
  ],
  exports: [
    ReplicaReads,
    GracefulStop,
    Layout,
    LogInForm,
    PageChanges,
    PageMemory,
    PageSender,
    PublicPages,
    ErrorFilter,
    PreservedForms,
    RateLimits,
    ReadingLimit,
    RequestMetrics,
    SharedCaches,
    SiteSettings,
  ],
})
export class HttpModule {}
