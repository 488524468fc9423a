// Keyboard shortcuts for moderators, if the display settings enable them: j and k move through a
// list, o opens the focused item.
(() => {
  if (!('keys' in document.documentElement.dataset)) return;
  const items = [...document.querySelectorAll('[data-key-item]')];
  const open = document.querySelector('[data-key-open]');
  const typing = 'input, textarea, select, [contenteditable]';

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing)
      return;
    if (event.target.closest && event.target.closest(typing)) return;
    const at = items.indexOf(document.activeElement);
    if (event.key === 'j') items[Math.min(at + 1, items.length - 1)]?.focus();
    else if (event.key === 'k') items[Math.max(at - 1, 0)]?.focus();
    else if (event.key === 'o') (items[at] || open)?.click();
    else return;
    event.preventDefault();
  });
})();
