// Closes folding menus on Escape and when something outside them is clicked or focused.
(() => {
  const close = (except) => {
    for (const fold of document.querySelectorAll('details[data-fold][open]'))
      if (!fold.contains(except)) fold.open = false;
  };
  document.addEventListener('click', (event) => close(event.target));
  document.addEventListener('focusin', (event) => close(event.target));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const fold =
      document.activeElement && document.activeElement.closest('details[data-fold][open]');
    if (!fold) return;
    fold.open = false;
    fold.querySelector('summary').focus();
  });
})();
