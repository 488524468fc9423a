// The service worker. Only the pages /keep and /settings/devices register it. It stores Help now
// for offline reading and, if the member chose so, their own pages, encrypted with a
// non-extractable key. It stores no other page. It also shows the push notifications that
// /settings/devices turns on: push messages carry no payload, so it shows a text that this
// page stored here beforehand.
const NAME = 'kept';
const HELP = '/keep/help';
const OWN = '/toolkit/kept';
const DAY = 86_400_000;
/** Response headers stored with the member's own pages and sent again when they are shown. */
const HEADERS = ['content-type', 'content-security-policy', 'referrer-policy'];

/** Set once everything has been removed: write nothing until the member opts in again. */
let removed = false;
/** Whether to ask the server who is logged in here: at start-up and after each form. */
let due = true;
/** Whether the stored pages may be stale. */
let changed = false;

const promised = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const inStore = async (mode, work) => {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
  const database = await promised(opening);
  try {
    const transaction = database.transaction(NAME, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await promised(work(transaction.objectStore(NAME)));
    await done;
    return result;
  } finally {
    database.close();
  }
};
const read = (key) => inStore('readonly', (store) => store.get(key));
const write = (key, value) => inStore('readwrite', (store) => store.put(value, key));
const forget = (key) => inStore('readwrite', (store) => store.delete(key));

const unsubscribe = async () => {
  const subscription = await registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
};

const remove = async () => {
  removed = true;
  await Promise.allSettled([
    unsubscribe(),
    caches.delete(NAME),
    promised(indexedDB.deleteDatabase(NAME)),
    registration.unregister(),
  ]);
};

const load = async (path) => {
  const answer = await fetch(path, {
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'manual',
  });
  return answer.ok ? answer : null;
};

/** Caches the assets that the page refers to and evicts those of earlier versions. */
const keepAssets = async (cache, html) => {
  const paths = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  await cache.addAll([...new Set(paths)]);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== HELP && !paths.includes(pathname)) await cache.delete(request);
  }
};

const keepHelp = async (own) => {
  const help = await load(own ? `${HELP}?own=on` : HELP);
  if (help === null) return false;
  const html = await help.clone().text();
  if (removed) return false;
  const cache = await caches.open(NAME);
  await cache.put(HELP, help);
  await keepAssets(cache, html);
  return true;
};

const keyOfDevice = async () => {
  const known = await read('key');
  if (known !== undefined) return known;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await write('key', key);
  return key;
};

const keepOwn = async (query) => {
  const page = await load(OWN + query);
  if (page === null || removed) return false;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOfDevice();
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    key,
    await page.arrayBuffer(),
  );
  if (removed) return false;
  const headers = HEADERS.map((name) => [name, page.headers.get(name) ?? '']);
  await write('own', { iv, sealed, headers });
  return true;
};

const ownPage = async () => {
  const own = await read('own');
  if (own === undefined) return undefined;
  const key = await read('key');
  const html = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: own.iv }, key, own.sealed);
  return new Response(html, { headers: own.headers });
};

/** The logged-in member, null for a guest, or undefined on a shared device (nothing is stored). */
const currentOwner = async () => {
  const answer = await load('/keep/state');
  if (answer === null) throw new Error('no answer');
  const { owner, shared } = await answer.json();
  if (!shared) return owner;
  await remove();
  return undefined;
};

/** @param own the query string of the own pages to store, or null for none */
const keep = async ({ own, away }) => {
  removed = false;
  const owner = await currentOwner();
  if (owner === undefined) return { shared: true };
  if (own === null) await Promise.all([forget('own'), forget('key')]);
  else if (owner === null || !(await keepOwn(own))) return {};
  if (!(await keepHelp(own !== null))) return {};
  const state = { own, owner, away, savedAt: Date.now() };
  await write('state', state);
  return { state };
};

/** Stores the text and the icon of notifications. */
const notify = async ({ text, icon }) => {
  removed = false;
  const owner = await currentOwner();
  if (owner === undefined || owner === null) return {};
  await write('notification', { text, icon, owner });
  return { done: true };
};

/** Removes everything if another member is logged in; otherwise refreshes stale pages. */
const check = async () => {
  due = false;
  if (removed) return;
  const [state, notification] = [await read('state'), await read('notification')];
  const owners = [state?.owner, notification?.owner].filter((each) => Boolean(each));
  if (state === undefined && notification === undefined) return;
  const owner = await currentOwner();
  if (owner === undefined) return;
  if (owner !== null && owners.some((each) => each !== owner)) return remove();
  if (state === undefined) return;
  if (!changed && Date.now() - state.savedAt < DAY) return;
  // While the private area is locked or its owner is logged out, keep the stored copy.
  const isOwn = state.own !== null && owner === state.owner;
  const renewed = !isOwn || (await keepOwn(state.own));
  if ((await keepHelp(state.own !== null)) && renewed && !removed)
    await write('state', { ...state, savedAt: Date.now() });
  changed = false;
  // Race: `remove` may have run between a check of `removed` and the write.
  if (removed) await remove();
};

const kept = async (path) => {
  const own = path.startsWith('/toolkit') ? await ownPage() : undefined;
  return own ?? (await caches.match(HELP)) ?? Response.error();
};

const navigate = async (event, { pathname, search }) => {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return removed ? Response.error() : kept(pathname);
  }
  if (pathname === '/help-now' && search !== '') changed = due = true;
  if (due || pathname.startsWith('/login')) {
    // Retry an interrupted check on the next navigation.
    const again = () => {
      due = true;
    };
    event.waitUntil(check().catch(again));
  }
  return answer;
};

const leave = async (event) => {
  const state = await read('state').catch(() => undefined);
  const [answer] = await Promise.allSettled([fetch(event.request), remove()]);
  if (answer.status === 'fulfilled') return answer.value;
  return state === undefined ? Response.error() : Response.redirect(state.away);
};

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode !== 'navigate') {
    if (!url.pathname.startsWith('/assets/')) return;
    event.respondWith(
      fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()),
    );
  } else if (request.method !== 'GET') {
    // Never intercept a form: when offline, the browser itself offers to send it again.
    due = true;
    if (url.pathname.startsWith('/toolkit')) changed = true;
    if (url.pathname === '/logout') event.waitUntil(remove());
  } else if (url.pathname === '/leave') event.respondWith(leave(event));
  else event.respondWith(navigate(event, url));
});

self.addEventListener('push', (event) => {
  const show = async () => {
    const kept = removed ? undefined : await read('notification');
    // Browsers require a visible notification for every push message.
    await registration.showNotification(kept?.text ?? '\u2026', { icon: kept?.icon, tag: NAME });
  };
  event.waitUntil(show());
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow('/notifications'));
});

const answers = {
  keep,
  notify,
  state: async () => ({ state: await read('state') }),
  remove: async () => (await remove(), {}),
};
self.addEventListener('message', (event) => {
  const [port] = event.ports;
  const work = answers[event.data.action](event.data).catch(() => ({}));
  event.waitUntil(work.then((result) => port.postMessage(result)));
});
