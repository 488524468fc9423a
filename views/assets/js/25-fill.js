// A template goes into its field with one press, after what is there; without this file the server puts it there.
(() => {
  for (const button of document.querySelectorAll('button[data-fill]')) {
    const text = button.previousElementSibling;
    const field = document.getElementById(button.dataset.fill);
    if (!field || !text) continue;
    button.addEventListener('click', (event) => {
      event.preventDefault();
      field.value = (field.value ? `${field.value}\n\n` : '') + text.textContent.trim();
      field.focus();
    });
  }
})();
