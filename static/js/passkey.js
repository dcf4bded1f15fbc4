// Passkeys: ask the device, and send its answer with the form around the button. Without support for them the button
// that logs in stays away; where there is no other way, the page says so.

const forms = document.querySelectorAll("[data-passkey]");
const isSupported = Boolean(window.PublicKeyCredential && window.isSecureContext);

for (const form of forms) {
  if (!isSupported) {
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form);
  });
}

async function answer(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const credential = await ask(form);
    form.elements.credential.value = JSON.stringify(credential);
  } catch {
    failed.hidden = false;
    return;
  }
  // Not requestSubmit: this is the answer, not another question.
  form.submit();
}

async function ask(form) {
  if (form.dataset.passkey === "add") {
    const { publicKey } = given().creation_options;
    const selection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
    const options = { ...publicKey, authenticatorSelection: selection };
    options.challenge = bytes(options.challenge);
    options.user = { ...options.user, id: bytes(options.user.id) };
    options.excludeCredentials = known(options.excludeCredentials);
    return written(await navigator.credentials.create({ publicKey: options }));
  }
  const { publicKey } = form.dataset.passkey === "login" ? await fetched(form.action) : given().request_options;
  const options = { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) };
  return written(await navigator.credentials.get({ publicKey: options }));
}

function given() {
  return JSON.parse(document.getElementById("passkey-data").textContent);
}

async function fetched(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    throw new Error(String(response.status));
  }
  return (await response.json()).request_options;
}

function known(list) {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  if (!buffer) {
    return null;
  }
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// What django-allauth reads: the answer of the device with its bytes as text.
function written(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  if (credential.response.attestationObject) {
    response.attestationObject = text(credential.response.attestationObject);
    response.transports = credential.response.getTransports?.() ?? [];
  } else {
    response.authenticatorData = text(credential.response.authenticatorData);
    response.signature = text(credential.response.signature);
    response.userHandle = text(credential.response.userHandle);
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
