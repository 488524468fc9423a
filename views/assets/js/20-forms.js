// A form is sent once; errors get the focus. Values stay, because a button is only marked after the form has been read.
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
    // A download or a lost connection leaves this page standing: allow another try.
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

  // After the browser has gone to the anchor of the address, which takes the focus.
  const summary = document.querySelector('[data-focus]');
  if (summary) {
    summary.focus();
    addEventListener('load', () => setTimeout(() => summary.focus()));
  }
})();
