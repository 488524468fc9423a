// Appends a template to its field at one click, or replaces what is in it. Without this script the
// server does the same.
(() => {
  for (const button of document.querySelectorAll('button[data-fill]')) {
    const whole = button.dataset.fillWith;
    const text = button.previousElementSibling;
    const field = document.getElementById(button.dataset.fill);
    if (!field || !(whole || text)) continue;
    button.addEventListener('click', (event) => {
      event.preventDefault();
      if (whole) field.value = whole;
      else field.value = (field.value ? `${field.value}\n\n` : '') + text.textContent.trim();
      field.focus();
    });
  }
})();
