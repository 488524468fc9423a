// Appends a template to its field at one click. Without this script the server does the same.
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
