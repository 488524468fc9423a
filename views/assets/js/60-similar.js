// Shows similar threads while a thread is being written (debounced). Fails silently, since there
// is a button as well.
(() => {
  const QUIET = 1800;

  for (const form of document.querySelectorAll('form[data-similar]')) {
    const region = form.querySelector('[data-similar-here]');
    let timer;
    let asked = '';
    let request;

    const words = () =>
      ['title', 'body']
        .map((name) => form.elements[name].value.trim())
        .join('\n')
        .slice(0, 4000);
    const ask = async () => {
      const now = words();
      if (now === asked || now.split(/\s+/).length < 3) return;
      asked = now;
      if (request) request.abort();
      request = new AbortController();
      const [title, ...body] = now.split('\n');
      try {
        const answer = await fetch(form.dataset.similar, {
          method: 'POST',
          body: new URLSearchParams({
            _csrf: form.elements._csrf.value,
            title,
            body: body.join('\n'),
          }),
          signal: request.signal,
        });
        if (answer.ok && (answer.headers.get('Content-Type') || '').startsWith('text/html'))
          region.innerHTML = await answer.text();
      } catch {
        asked = '';
      }
    };
    form.addEventListener('input', (event) => {
      if (event.target.name !== 'title' && event.target.name !== 'body') return;
      clearTimeout(timer);
      timer = setTimeout(ask, QUIET);
    });
    form.addEventListener('submit', () => clearTimeout(timer));
    addEventListener('sameboat:leave', () => {
      clearTimeout(timer);
      region.textContent = '';
    });
  }
})();
