// The page /settings/devices: subscribes the browser to its push service and submits the endpoint
// with the form. Without push support the form stays hidden, and the page says so.
(() => {
  const form = document.querySelector('form[data-push]');
  if (!form || !navigator.serviceWorker || !('PushManager' in window)) return;
  const field = form.elements.namedItem('endpoint');
  const status = form.querySelector('[data-push-status]');
  const words = form.dataset;

  const send = (worker, message) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      worker.postMessage(message, [port2]);
    });
  const subscribe = async () => {
    await navigator.serviceWorker.register('/worker.js', { updateViaCache: 'none' });
    const { active, pushManager } = await navigator.serviceWorker.ready;
    // `subscribe` fails if a subscription for an earlier server key exists.
    const earlier = await pushManager.getSubscription();
    if (earlier) await earlier.unsubscribe();
    const { endpoint } = await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: words.push,
    });
    const { done } = await send(active, { action: 'notify', text: words.text, icon: words.icon });
    if (!done) throw new Error('not kept');
    return endpoint;
  };

  form.hidden = false;
  document.querySelector('[data-push-without]').hidden = true;
  form.addEventListener('submit', async (event) => {
    if (field.value) return;
    event.preventDefault();
    status.textContent = '';
    try {
      field.value = await subscribe();
      form.requestSubmit();
    } catch {
      status.textContent =
        window.Notification?.permission === 'denied' ? words.denied : words.failed;
    }
  });
})();
