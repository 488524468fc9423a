// The page /keep: stores help and the member's own pages offline, shows when they were saved, and
// removes them. Without service worker support the form stays hidden, and the page says so.
(() => {
  const form = document.querySelector('form[data-keep]');
  if (!form || !navigator.serviceWorker) return;
  const status = form.querySelector('[data-keep-status]');
  const remove = form.querySelector('[data-keep-remove]');
  const words = form.dataset;

  const send = (worker, message) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      worker.postMessage(message, [port2]);
    });
  const field = (name) => form.elements.namedItem(name);
  /** @returns the query string of the own pages to store, or null for none */
  const own = () => {
    const chosen = new URLSearchParams();
    if (field('plan')?.checked) chosen.set('plan', 'on');
    if (field('toolkit')?.value) chosen.set('toolkit', field('toolkit').value);
    return chosen.size === 0 ? null : `?${chosen}`;
  };
  const show = (state) => {
    remove.hidden = !state;
    if (!state) return;
    const chosen = new URLSearchParams(state.own ?? '');
    if (field('plan')) field('plan').checked = chosen.has('plan');
    if (field('toolkit')) field('toolkit').value = chosen.get('toolkit') ?? '';
    const { lang } = document.documentElement;
    const date = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, {
      dateStyle: 'long',
      timeStyle: 'short',
    }).format(state.savedAt);
    status.textContent = words.saved.replace('{date}', date);
  };

  form.hidden = false;
  document.querySelector('[data-keep-without]').hidden = true;
  navigator.serviceWorker.getRegistration().then(async (registration) => {
    if (registration?.active) show((await send(registration.active, { action: 'state' })).state);
  });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    status.textContent = words.saving;
    try {
      await navigator.serviceWorker.register('/worker.js', { updateViaCache: 'none' });
      const { active } = await navigator.serviceWorker.ready;
      const message = { action: 'keep', own: own(), away: words.away };
      const { state, shared } = await send(active, message);
      if (state) show(state);
      else status.textContent = shared ? words.shared : words.failed;
    } catch {
      status.textContent = words.failed;
    }
  });
  remove.addEventListener('click', async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (registration?.active) await send(registration.active, { action: 'remove' });
    remove.hidden = true;
    status.textContent = words.removed;
  });
})();
