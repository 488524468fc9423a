import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReviewModule } from '../review/review.module.js';
import { Session } from './session.entity.js';
import { KnownDevice } from './known-device.entity.js';
import { OneTimeToken } from './one-time-token.entity.js';
import { CredentialChangeRow } from './credential-change.entity.js';
import { AccessTokensController } from './access-tokens.controller.js';
import { AccessTokens } from './access-tokens.service.js';
import { AccountLimits } from './account-limits.service.js';
import {
  AccountEmails,
  MailAddressChangeJob,
  MailAlreadyAMemberJob,
  MailResetJob,
  MailVerificationJob,
} from './account-mails.job.js';
import { Arrivals } from './arrivals.js';
import { BrowserSession } from './browser-session.js';
import { ConfirmationController } from './confirmation.controller.js';
import { ContactPreferences } from './contact-preferences.service.js';
import { ClearAccountsJob } from './clear-accounts.job.js';
import { CredentialChanges } from './credential-changes.js';
import { MailCredentialChangeJob } from './credential-mails.job.js';
import { Credentials } from './credentials.js';
import { GuessLimits } from './guess-limits.js';
import { HandleClaims } from './handle-claims.js';
import { KnownDevices } from './known-devices.js';
import { LocalStrategy } from './local.strategy.js';
import { LogInCompletion } from './log-in-completion.js';
import { LogInPage } from './log-in-page.js';
import { LogInController } from './log-in.controller.js';
import { Member } from './member.entity.js';
import { MembersAdmin } from './members-admin.service.js';
import { Memorials } from './memorials.service.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { OrganisationClient } from './organisation-client.js';
import { OrganisationIdentities } from './organisation-identities.service.js';
import { OrganisationController } from './organisation.controller.js';
import { OwnSettings } from './own-settings.service.js';
import { PasswordCheck } from './password-check.service.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { PasskeyLogInController } from './passkey-log-in.controller.js';
import { PasskeysController } from './passkeys.controller.js';
import { Passkeys } from './passkeys.service.js';
import { Profiles } from './profiles.service.js';
import { ProfileController } from './profile.controller.js';
import { RecoveryCodes } from './recovery-codes.js';
import { RetentionClearing } from './retention.js';
import { RecoveryController } from './recovery.controller.js';
import { ReadingPreferencesForm } from './reading-preferences.js';
import { ReadingSettingsController } from './reading-preferences.controller.js';
import { Recovery } from './recovery.service.js';
import { SecondFactorNotice } from './second-factor-notice.js';
import { SecondFactorResetsController } from './second-factor-resets.controller.js';
import { SecondFactorResets } from './second-factor-resets.service.js';
import { SecondFactor } from './second-factor.service.js';
import { SecondStepPage } from './second-step-page.js';
import { SecondStepController } from './second-step.controller.js';
import { SecurityController } from './security.controller.js';
import { Sessions } from './sessions.service.js';
import { SettingsController } from './settings.controller.js';
import { SignUpController } from './sign-up.controller.js';
import { SigningUp } from './signing-up.service.js';
import { TotpSecrets } from './totp-secrets.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Member, Session, KnownDevice, OneTimeToken, CredentialChangeRow]),
    PassportModule,
    ReviewModule,
  ],
  providers: [
    AccessTokens,
    AccountEmails,
    AccountLimits,
    Arrivals,
    BrowserSession,
    ContactPreferences,
    CredentialChanges,
    Credentials,
    GuessLimits,
    HandleClaims,
    KnownDevices,
    LocalStrategy,
    MembersAdmin,
    Memorials,
    OneTimeTokens,
    LogInCompletion,
    PasskeyChallenges,
    OwnSettings,
    Passkeys,
    PasswordCheck,
    ReadingPreferencesForm,
    Recovery,
    RecoveryCodes,
    RetentionClearing,
    SecondFactor,
    Sessions,
    SigningUp,
    TotpSecrets,
    ClearAccountsJob,
    MailCredentialChangeJob,
    MailAddressChangeJob,
    MailAlreadyAMemberJob,
    MailResetJob,
    MailVerificationJob,
  ],
  exports: [
    AccessTokens,
    AccountLimits,
    Arrivals,
    BrowserSession,
    ContactPreferences,
    Credentials,
    GuessLimits,
    HandleClaims,
    LogInCompletion,
    MembersAdmin,
    Memorials,
    OneTimeTokens,
    OwnSettings,
    Passkeys,
    ReadingPreferencesForm,
    Recovery,
    RecoveryCodes,
    SecondFactor,
    Sessions,
    SigningUp,
    TotpSecrets,
  ],
})
export class AccountsModule {}

@Module({
  imports: [AccountsModule, ReviewModule],
  providers: [
    LogInPage,
    OrganisationClient,
    OrganisationIdentities,
    Profiles,
    SecondFactorNotice,
    SecondFactorResets,
    SecondStepPage,
  ],
  controllers: [
    AccessTokensController,
    ConfirmationController,
    LogInController,
    OrganisationController,
    PasskeyLogInController,
    PasskeysController,
    ProfileController,
    ReadingSettingsController,
    RecoveryController,
    SecondFactorResetsController,
    SecondStepController,
    SecurityController,
    SettingsController,
    SignUpController,
  ],
})
export class AccountsWebModule {}
