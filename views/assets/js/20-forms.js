// Prevents double submission and moves the focus to the error summary. Buttons are marked in a
// timeout, after the browser has collected the form data, so that their values are still sent.
(() => {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.method !== 'post') return;
    form.dataset.sent = 'yes';
    setTimeout(() => mark(form, true));
    // After a download or a lost connection this page stays open: allow another attempt.
    setTimeout(() => release(form), 15000);
  });

  const mark = (form, on) => {
    for (const button of form.querySelectorAll('button:not([type="button"])')) {
      if (on) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  };
  const release = (form) => {
    delete form.dataset.sent;
    mark(form, false);
  };
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) release(form);
  });

  // Focus again after load: the browser moves the focus to the anchor in the URL.
  const summary = document.querySelector('[data-focus]');
  if (summary) {
    summary.focus();
    addEventListener('load', () => setTimeout(() => summary.focus()));
  }
})();
