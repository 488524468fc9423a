import { Controller, Param, Post } from '@nestjs/common';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { AppError } from '../kernel/errors.js';
import type { Words } from '../kernel/words.js';
import { CaseDoor, mustModerate } from './case-access.js';
import { CaseMovedOn } from './case-moved-on.js';
import { CasePage } from './case-page.js';
import { NoteForm, SecondForm, TeamMessage } from './decide.dto.js';
import { Outreach } from './outreach.service.js';
import { SecondPeople } from './second-people.service.js';

/** Beside the case: what moderators say to each other, and the second person's answer. */
@Controller('mod/cases/:id')
export class CaseRoomController {
  constructor(
    private readonly door: CaseDoor,
    private readonly seconds: SecondPeople,
    private readonly outreach: Outreach,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cases: CasePage,
  ) {}

  @Post('notes')
  async note(
    @Member() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(NoteForm) form: Submitted<NoteForm>,
  ): Promise<SeeOther> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    if (!form.valid) throw new AppError(422, form.faults[0]?.key ?? 'moderation.error.note');
    await this.database.inTransaction(async (tx) => {
      await tx.query(
        'insert into case_notes (case_id, author_id, body, created_at) values ($1, $2, $3, $4)',
        [id, viewer.memberId, form.value.body, this.clock.now()],
      );
    });
    return seeOther(`/mod/cases/${id}#room`, 'moderation.notice.noted');
  }

  @Post('messages')
  async write(
    @Member() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(TeamMessage) form: Submitted<TeamMessage>,
  ): Promise<SeeOther> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    if (!form.valid) throw new AppError(422, form.faults[0]?.key ?? 'moderation.error.note');
    await this.outreach.fromTeam(viewer, id, form.value.decision, form.value.body);
    return seeOther(`/mod/cases/${id}#messages`, 'moderation.notice.written');
  }

  @Post('second')
  async second(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Form(SecondForm) form: Submitted<SecondForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    try {
      await this.seconds.answerProposal(viewer, id, form.value.answer, form.value.note);
    } catch (error) {
      if (!(error instanceof CaseMovedOn)) throw error;
      return this.cases.show(viewer, words, id, { open: true, movedOn: true });
    }
    return seeOther(`/mod/cases/${id}`, 'moderation.notice.seconded');
  }

  @Post('look')
  async look(
    @Member() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(SecondForm) form: Submitted<SecondForm>,
  ): Promise<SeeOther> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.seconds.look(viewer, id, form.value.answer, form.value.note);
    return seeOther(
      `/mod/cases/${id}`,
      form.value.answer === 'agree' ? 'moderation.notice.looked' : 'moderation.notice.reopened',
    );
  }
}
