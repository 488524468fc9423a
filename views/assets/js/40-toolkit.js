// A timer beside a step. It can be extended, hidden and stopped; at its end it only says so.
(() => {
  for (const place of document.querySelectorAll('[data-timer]')) {
    const words = place.dataset;
    let left = Number(words.timer) * 60;
    let ends = 0;
    let clock;
    const say = document.createElement('p');
    say.setAttribute('role', 'timer');
    say.hidden = true;
    const button = (text, act) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'button button--text';
      made.textContent = text;
      made.addEventListener('click', act);
      return made;
    };
    const show = () => {
      left = Math.max(0, Math.round((ends - performance.now()) / 1000));
      say.textContent =
        left === 0
          ? words.over
          : words.left.replace(
              '0:00',
              `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`,
            );
      if (left > 0) return;
      clearInterval(clock);
      say.setAttribute('role', 'status');
      start.hidden = false;
    };
    const run = () => {
      clearInterval(clock);
      if (left === 0) left = Number(words.timer) * 60;
      ends = performance.now() + left * 1000;
      say.setAttribute('role', 'timer');
      clock = setInterval(show, 1000);
      show();
      start.hidden = true;
      for (const part of [say, more, hide, stop]) part.hidden = false;
    };
    const start = button(words.start, run);
    const more = button(words.more, () => {
      left += 60;
      run();
    });
    const hide = button(words.hide, () => {
      say.hidden = !say.hidden;
      hide.textContent = say.hidden ? words.show : words.hide;
    });
    const stop = button(words.stop, () => {
      clearInterval(clock);
      left = 0;
      start.hidden = false;
      for (const part of [say, more, hide, stop]) part.hidden = true;
    });
    for (const part of [more, hide, stop]) part.hidden = true;
    const row = document.createElement('div');
    row.className = 'row';
    row.append(start, more, hide, stop);
    place.append(say, row);
  }
})();
// Shows the print button. Without this script the browser's own print command does the same.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
