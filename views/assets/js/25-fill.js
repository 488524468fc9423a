// A template goes into its field with one press, after what is there. Without this file it is copied.
(() => {
  for (const button of document.querySelectorAll('button[data-fill]')) {
    const text = button.previousElementSibling;
    const field = document.getElementById(button.dataset.fill);
    if (!field || !text) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      field.value = (field.value ? `${field.value}\n\n` : '') + text.textContent.trim();
      field.focus();
    });
  }
})();
