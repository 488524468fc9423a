// Passkeys: runs the WebAuthn ceremony for a form and submits the credential with it.
// Without WebAuthn support the forms stay hidden.
(() => {
  if (!window.PublicKeyCredential) return;
  const bytes = (text) =>
    Uint8Array.from(window.atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) =>
      each.charCodeAt(0),
    );
  const text = (buffer) =>
    window
      .btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const create = async (options) => {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    };
    const made = await navigator.credentials.create({ publicKey });
    const { response } = made;
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
        transports: response.getTransports ? response.getTransports() : [],
      },
    };
  };
  const get = async (options) => {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    };
    const found = await navigator.credentials.get({ publicKey });
    const { response } = found;
    return {
      id: found.id,
      rawId: text(found.rawId),
      type: found.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : undefined,
      },
    };
  };

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const field = form.elements.namedItem('credential');
    const fault = form.querySelector('[data-passkey-fault]');
    const answer = 'passkeyNew' in form.dataset ? create : get;
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      if (field.value) return;
      event.preventDefault();
      fault.hidden = true;
      try {
        field.value = JSON.stringify(await answer(JSON.parse(form.dataset.passkey)));
        form.requestSubmit();
      } catch {
        // The user may have dismissed the prompt: let them press the button again.
        fault.hidden = false;
      }
    });
  }
})();
