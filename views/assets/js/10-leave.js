// Quick exit. Without this script it is a plain link; the script first blanks every open tab of
// the site.
(() => {
  const link =
    document.querySelector('.exits [data-leave]') || document.querySelector('[data-leave]');
  if (!link) return;
  const words = link.dataset;
  const others = 'BroadcastChannel' in window ? new BroadcastChannel('leave') : null;
  let gone = false;

  const leave = (tell) => {
    if (gone) return;
    gone = true;
    const cover = document.createElement('div');
    cover.className = 'leaving';
    cover.setAttribute('role', 'alert');
    cover.textContent = words.leaving || '';
    document.body.append(cover);
    for (const part of document.body.children) if (part !== cover) part.hidden = true;
    document.title = words.neutralTitle || words.leaving || '\u00a0';
    dispatchEvent(new Event('sameboat:leave'));
    if (tell && others) others.postMessage('');
    location.replace(link.href);
  };
  if (others) others.onmessage = () => leave(false);

  document.addEventListener('click', (event) => {
    if (!event.target.closest || !event.target.closest('[data-leave]')) return;
    event.preventDefault();
    leave(true);
  });

  if ('shiftOff' in document.documentElement.dataset) return;
  // Three presses of Shift within five seconds, with no other key in between, also leave. Not
  // Escape, which stops a page from loading.
  const say = document.createElement('p');
  say.className = 'visually-hidden';
  say.setAttribute('role', 'status');
  link.after(say);
  let presses = 0;
  let timer;
  let alone = false;
  const forget = (text) => {
    presses = 0;
    clearTimeout(timer);
    say.textContent = text || '';
  };
  document.addEventListener('keydown', (event) => {
    alone = event.key === 'Shift' && !event.repeat;
    if (event.key !== 'Shift' && presses) forget();
  });
  document.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift' || !alone) return;
    alone = false;
    presses += 1;
    if (presses === 1) timer = setTimeout(() => forget(words.expired), 5000);
    if (presses === 3) leave(true);
    else say.textContent = (presses === 1 ? words.twoMore : words.oneMore) || '';
  });
})();
