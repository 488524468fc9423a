// Updates the unread count beside "Inbox" over server-sent events: one connection per visible page,
// none for a page in the background.
(() => {
  const link = document.querySelector('[data-unread]');
  if (!link || !window.EventSource) return;
  let source = null;
  const close = () => {
    if (source) source.close();
    source = null;
  };
  const listen = () => {
    if (document.hidden) close();
    else if (!source) {
      source = new EventSource('/notifications/stream');
      source.onmessage = (event) => {
        link.textContent = JSON.parse(event.data).label;
      };
    }
  };
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', close);
  addEventListener('pageshow', listen);
})();
