// Autosaves a draft to the server (debounced). All texts come from the form's data-* attributes.
(() => {
  const QUIET = 2500;
  const AGAIN = 20000;

  const keep = (form) => {
    const status =
      form.querySelector('[data-draft-status]') || form.appendChild(document.createElement('p'));
    status.classList.add('form__status');
    let timer;
    let request;
    let stopped = false;

    const body = () => {
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === 'string') fields.append(name, value);
      }
      if (form.dataset.place) fields.set('place', form.dataset.place);
      return fields.toString();
    };
    let saved = body();

    const plan = (wait) => {
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(save, wait);
    };
    const say = (text, aloud) => {
      if (aloud) status.setAttribute('role', 'status');
      else status.removeAttribute('role');
      if (status.textContent !== (text || '')) status.textContent = text || '';
    };
    const save = async () => {
      const now = body();
      if (stopped || request || now === saved) return;
      request = new AbortController();
      say(form.dataset.draftSaving, false);
      let answer;
      try {
        answer = await fetch(form.dataset.draft, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/x-www-form-urlencoded',
            Accept: 'application/json',
          },
          body: now,
          credentials: 'same-origin',
          keepalive: now.length < 60000,
          redirect: 'manual',
          signal: request.signal,
        });
      } catch {
        answer = null;
      }
      request = null;
      if (stopped) return;
      const done = answer && (answer.ok || answer.type === 'opaqueredirect');
      if (done) saved = now;
      const two = done && answer.status === 202;
      const emptied = done && answer.status === 205;
      const { draftSaved, draftTwo, draftFailed } = form.dataset;
      say(done ? (emptied ? '' : (two && draftTwo) || draftSaved) : draftFailed, two || !done);
      if (body() !== saved)
        plan(
          done
            ? QUIET
            : Math.max(AGAIN, 1000 * (Number(answer && answer.headers.get('Retry-After')) || 0)),
        );
    };
    const stop = () => {
      stopped = true;
      clearTimeout(timer);
      if (request) request.abort();
    };

    form.addEventListener('input', () => plan(QUIET));
    form.addEventListener('change', () => plan(QUIET));
    form.addEventListener('submit', stop);
    addEventListener('pageshow', () => {
      stopped = false;
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') save();
    });
    addEventListener('sameboat:leave', stop);
  };

  for (const form of document.querySelectorAll('form[data-draft]')) keep(form);
})();
